import { attribute } from '../outcome/attribute-error.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { DraftLifecycle } from './draft-executor.js';
import type { Items } from '../action/group.js';
import { launch, runEntry, type Environment, type LaunchOptions } from '../run/session.js';
import type { Conditions } from '../run/executor.js';
import type { ActionError, Reports } from '../outcome/outcome.js';
import type { Plan } from '../plan/plan.js';
import { entriesOf } from '../journal/recorded-plan.js';
import type { Run } from '../run/run.js';
import { planned } from '../plan/chunks.js';
import type { Verdict } from '../outcome/batch-result.js';
import { subjectOf, wireOf } from '../action/wire.js';

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
}

/** Batches that are on the server and do nothing until they are confirmed. */
export interface Draft<I extends Items, R extends Reports> extends Drafted {
  readonly plan: Plan<I>;
  /**
   * Runs the drafts, and what could not be drafted. With `onError: 'stop'` a draft that has problems is
   * thrown away as a whole.
   */
  confirm(): Run<I, R>;
  /** Throws the drafts away. */
  discard(): Promise<void>;
}

/** What all runs of a dialect with drafts share. */
export type DraftEnvironment = Environment<DraftLifecycle, DraftDialect>;

/** Makes drafts of all batches that refer to nothing, and leaves them on the server. */
export function makeDrafts(
  environment: DraftEnvironment,
  plan: Plan,
  conditions: Conditions,
  options: LaunchOptions,
): Promise<Drafted> {
  return launch(
    environment,
    options,
    async (log) => {
      await log.begin(runEntry(environment, conditions));
      const indexes = new Map(plan.actions.map((action, index) => [action, index]));
      for (const chunk of planned(plan, true)) {
        await log.plan(() => entriesOf(chunk, (action) => indexes.get(action) ?? -1), true);
      }
      return conditions;
    },
    async ({ lifecycle, log }) => {
      const problems: DraftProblem[] = [];
      const ids = await Promise.all(
        plan.batches.map(async ({ index: batch, actions, wave }) => {
          if (wave > 0) return undefined;
          const sent = actions.map((index) => ({ index, wire: wireOf(plan.actions[index]!) }));
          const verdict = await lifecycle.submit({
            batch,
            attempt: 0,
            actions: sent.map(({ wire }) => wire),
            synchronous: plan.mode === 'sync',
            touches: (place) => subjectOf(plan.actions[actions[place]!]!).path,
            shows: () => undefined,
          });
          if (!verdict) return log.attempt(batch, 0).id;
          for (const text of textsOf(verdict)) {
            const { failure } = environment.dialect;
            const { candidates, message } = attribute(text, failure, sent);
            const action = candidates.length === 1 ? candidates[0] : undefined;
            problems.push({ action, batch, error: { message, candidates } });
          }
          return undefined;
        }),
      );
      await lifecycle.tidy();
      const unchecked = plan.batches.filter(({ wave }) => wave > 0);
      return { ids, problems, unchecked: unchecked.flatMap(({ actions }) => actions) };
    },
  );
}

/** Throws away the drafts that a journal knows of. */
export function discardDrafts(
  environment: DraftEnvironment,
  conditions: Conditions,
  options: LaunchOptions,
): Promise<void> {
  return launch(
    environment,
    options,
    () => conditions,
    async ({ lifecycle, log, halt }) => {
      halt.abort('stopped');
      await Promise.all(log.drafts.map((draft) => lifecycle.discard(draft)));
    },
  );
}

function textsOf(verdict: Verdict): readonly string[] {
  switch (verdict.kind) {
    case 'refused':
    case 'tooLarge':
    case 'failed':
      return verdict.errors;
    case 'notSent':
      return [verdict.message ?? `not sent: ${verdict.reason}`];
    case 'unknown':
      return [verdict.message];
    case 'completed':
    case 'answered':
      return [];
  }
}
