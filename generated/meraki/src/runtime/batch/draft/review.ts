// @ts-nocheck
import { effectOf, wireOf } from '../action/wire.js';
import { planEntries } from '../journal/recorded-plan.js';
import type { Attempt } from '../journal/journal.js';
import { attribute } from '../outcome/attribute-error.js';
import type { BatchResult } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { ActionError, Sent } from '../outcome/outcome.js';
import type { Unit } from '../plan/unit.js';
import type { Plan } from '../plan/units.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { BatchExecutor, RunParts, RunSettings } from '../run/executor.js';
import { runEntry } from '../run/run-entry.js';
import { type Engine, Session, type SessionOptions } from '../run/session.js';
import type { Task } from '../run/task.js';
import { narrow, type Refused } from './narrow.js';

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
    await session.state.plan(() => planEntries(plan), true);
    const parts = session.begin(settings);
    const problems: DraftProblem[] = [];
    const review: Review = { engine, plan, settings, options, parts, problems };
    const ids = await Promise.all(plan.batches.map((batch) => makeDraft(review, batch)));
    const leftDrafts = await parts.executor.cleanUp();
    const unchecked = plan.batches.filter(({ wave }) => wave > 0);
    return { ids, problems, unchecked: unchecked.flatMap(({ actions }) => actions), leftDrafts };
  } finally {
    await session.close();
  }
}

interface Review {
  readonly engine: DraftEngine;
  readonly plan: Plan;
  readonly settings: RunSettings;
  readonly options: SessionOptions;
  readonly parts: RunParts<DraftMaker>;
  readonly problems: DraftProblem[];
}

/** Makes the draft of one batch; gives its id, and adds to `problems` why there is none. */
async function makeDraft(
  review: Review,
  { index: batch, units, wave }: Plan['batches'][number],
): Promise<string | undefined> {
  if (wave > 0) return undefined;
  const { executor, state } = review.parts;
  const result = await executor.createDraft(taskFor(review.plan, batch, 0, units));
  if (!result) return state.attempt(batch, 0).id;
  const whole = { units, errors: textsOf(result) };
  const isVague = problemsOf(review, batch, whole).some(({ action }) => action === undefined);
  const refused =
    result.kind === 'refused' && isVague && units.length > 1
      ? await narrowDown(review, batch, whole)
      : [whole];
  review.problems.push(...refused.flatMap((one) => problemsOf(review, batch, one)));
  return undefined;
}

/** What the server says of units, each text with the actions that it may mean. */
function problemsOf(
  { engine, plan }: Review,
  batch: number,
  { units, errors }: Refused,
): readonly DraftProblem[] {
  const sent = sentOf(plan, units);
  return errors.map((text) => {
    const { candidates, message } = attribute(text, engine.dialect.failure, sent);
    const all = sent.length === 1 ? [sent[0]!.index] : candidates;
    const action = all.length === 1 ? all[0] : undefined;
    return { action, batch, error: { message, candidates: all } };
  });
}

/** Finds by drafts of halves which units are refused, and throws those drafts away. */
async function narrowDown(
  { engine, plan, settings, options }: Review,
  batch: number,
  whole: Refused,
): Promise<readonly Refused[]> {
  // They are no part of the run, so its journal has none of them.
  const session = await Session.open(engine, { ...options, journal: undefined });
  try {
    const { executor, state } = session.begin(settings);
    let attempts = 0;
    const refused = await narrow(whole, async (units) => {
      const attempt = attempts;
      attempts += 1;
      const result = await executor.createDraft(taskFor(plan, batch, attempt, units));
      if (result) return result.kind === 'refused' ? result.errors : undefined;
      const draft = state.attempt(batch, attempt);
      if (draft.id !== undefined) await executor.discard({ ...draft, id: draft.id });
      return undefined;
    });
    await executor.cleanUp();
    return refused;
  } finally {
    await session.close();
  }
}

function sentOf(plan: Plan, units: readonly Unit[]): readonly Sent[] {
  return units.flatMap(({ indexes }) =>
    indexes.map((index) => ({ index, wire: wireOf(plan.actions[index]!) })),
  );
}

function taskFor(plan: Plan, batch: number, attempt: number, units: readonly Unit[]): Task {
  const sent = sentOf(plan, units);
  return {
    batch,
    attempt,
    actions: sent.map(({ wire }) => wire),
    synchronous: plan.mode === 'sync',
    effectPath: (place) => effectOf(plan.actions[sent[place]!.index]!).path,
    readUrl: () => undefined,
  };
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
