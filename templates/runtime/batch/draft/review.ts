import { effectOf, wireOf } from '../action/wire.js';
import { entriesOf } from '../journal/recorded-plan.js';
import type { Attempt, AttemptLog } from '../journal/journal.js';
import { attribute } from '../outcome/attribute-error.js';
import type { BatchResult } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { ActionError } from '../outcome/outcome.js';
import { chunkOf, type Plan } from '../plan/units.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { BatchExecutor, RunParts, RunSettings } from '../run/executor.js';
import { type Engine, runEntry, Session, type SessionOptions } from '../run/session.js';
import type { Task } from '../run/task.js';

/** What a server found wrong with a draft. */
export interface DraftProblem {
  /** Index in the plan of the action; undefined where the server's text does not tell. */
  readonly action: number | undefined;
  readonly batch: number;
  readonly error: ActionError;
}

/** What became of the drafts of a plan. */
export interface Drafted {
  /** Ids by the index of the batch in the plan; undefined where there is no draft. */
  readonly ids: readonly (string | undefined)[];
  /** What the server found wrong; empty if all is well. */
  readonly problems: readonly DraftProblem[];
  /** Indexes of actions that could not be checked, because their batch waits for the results of others. */
  readonly unchecked: readonly number[];
  /** Further drafts that may be on the server: answers with their ids were lost. */
  readonly leftDrafts: readonly LeftDraft[];
}

/** What makes drafts and throws them away. */
export interface DraftMaker extends BatchExecutor {
  /** Makes a draft. Gives a result only where there will be none. */
  createDraft(task: Task): Promise<BatchResult | undefined>;
  discard(attempt: Attempt & { readonly id: string }): Promise<void>;
}

/** What all runs of a dialect with drafts share. */
export type DraftEngine = Engine<DraftMaker, DraftDialect>;

/** Makes drafts of all batches that refer to nothing, and leaves them on the server. */
export async function makeDrafts(
  engine: DraftEngine,
  plan: Plan,
  settings: RunSettings,
  options: SessionOptions,
): Promise<Drafted> {
  const session = await Session.open(engine, options);
  try {
    await session.state.begin(runEntry(engine, settings));
    await recordPlan(session.state, plan);
    const parts = session.begin(settings);
    const problems: DraftProblem[] = [];
    const ids = await Promise.all(
      plan.batches.map((batch) => makeDraft(engine.dialect, plan, batch, parts, problems)),
    );
    const leftDrafts = await parts.executor.cleanUp();
    const unchecked = plan.batches.filter(({ wave }) => wave > 0);
    return { ids, problems, unchecked: unchecked.flatMap(({ actions }) => actions), leftDrafts };
  } finally {
    await session.close();
  }
}

async function recordPlan(state: AttemptLog, plan: Plan): Promise<void> {
  const indexes = new Map(plan.actions.map((action, index) => [action, index]));
  for (const chunk of chunkOf(plan, true)) {
    await state.plan(() => entriesOf(chunk, (action) => indexes.get(action) ?? -1), true);
  }
}

/** Makes the draft of one batch; gives its id, and adds to `problems` why there is none. */
async function makeDraft(
  { failure }: DraftDialect,
  plan: Plan,
  { index: batch, actions, wave }: Plan['batches'][number],
  { executor, state }: RunParts<DraftMaker>,
  problems: DraftProblem[],
): Promise<string | undefined> {
  if (wave > 0) return undefined;
  const sent = actions.map((index) => ({ index, wire: wireOf(plan.actions[index]!) }));
  const result = await executor.createDraft({
    batch,
    attempt: 0,
    actions: sent.map(({ wire }) => wire),
    synchronous: plan.mode === 'sync',
    effectPath: (place) => effectOf(plan.actions[actions[place]!]!).path,
    readUrl: () => undefined,
  });
  if (!result) return state.attempt(batch, 0).id;
  for (const text of textsOf(result)) {
    const { candidates, message } = attribute(text, failure, sent);
    const action = candidates.length === 1 ? candidates[0] : undefined;
    problems.push({ action, batch, error: { message, candidates } });
  }
  return undefined;
}

/** Throws away the drafts that a journal knows of. */
export async function discardDrafts(
  engine: DraftEngine,
  settings: RunSettings,
  options: SessionOptions,
): Promise<void> {
  const session = await Session.open(engine, options);
  try {
    const { executor, state, stop } = session.begin(settings);
    stop.abort('stopped');
    await Promise.all(state.drafts.map((draft) => executor.discard(draft)));
  } finally {
    await session.close();
  }
}

function textsOf(result: BatchResult): readonly string[] {
  switch (result.kind) {
    case 'refused':
    case 'tooLarge':
    case 'failed':
      return result.errors;
    case 'notSent':
      return [result.message ?? `not sent: ${result.reason}`];
    case 'unknown':
      return [result.message];
    case 'completed':
    case 'answered':
      return [];
  }
}
