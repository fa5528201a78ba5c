import type { Items } from './action/group.js';
import { JournalError } from './journal/journal.js';
import type { Environment } from './run/session.js';
import type { Conditions } from './run/executor.js';
import type { Log, Recorded } from './journal/run-state.js';
import { planOf, type Plan } from './plan/plan.js';
import { restore } from './journal/recorded-plan.js';
import type { Prepared } from './run/run.js';

/**
 * What a journal says is to be done: its own plan, or `plan`, which must be the same.
 *
 * @throws JournalError where there is nothing to resume, or not with this plan.
 */
export function resumed<I extends Items>(
  { dialect }: Environment,
  log: Log,
  plan: Plan<I> | undefined,
): Prepared {
  const { run, batches, planned } = recordedIn(log, dialect.name);
  const conditions = conditionsOf(run);
  if (plan) {
    if (plan.mode === run.mode && plan.ordered === run.ordered) {
      return { plan, conditions, complete: true };
    }
    throw new JournalError(
      'different',
      `The journal belongs to another plan: one of mode "${run.mode}".`,
    );
  }
  if (!planned && !run.stream) {
    throw new JournalError(
      'empty',
      'The journal ends before the plan was written down; nothing was sent. Resume it with the plan, or ' +
        'delete it and run the plan anew.',
    );
  }
  const { items, actions } = restore(batches.flatMap(({ units }) => units));
  const { mode, ordered, concurrency } = conditions;
  const restored = planOf(dialect, {
    items,
    actions,
    mode,
    ordered,
    concurrency,
    batches: batches.map(({ batch, after, wave, bytes, units }) => {
      const plain = units.map((unit) => ({
        indexes: unit.actions.map(({ index }) => index),
        group: unit.group,
        name: unit.name,
      }));
      return {
        index: batch,
        actions: plain.flatMap(({ indexes }) => indexes),
        units: plain,
        after,
        wave,
        bytes,
      };
    }),
  });
  // Of a stream, the rest may come when it is resumed with its source.
  return { plan: restored, conditions, complete: planned };
}

/** What an open journal holds. */
export function recordedIn(log: Log, dialect: string): Recorded {
  const { recorded } = log;
  if (!recorded)
    throw new JournalError('empty', 'The journal is empty: there is nothing to resume.');
  if (recorded.run.dialect !== dialect) {
    throw new JournalError(
      'different',
      `The journal is one of ${recorded.run.dialect}, not of ${dialect}.`,
    );
  }
  return recorded;
}

export function conditionsOf(run: Recorded['run']): Conditions {
  const { scope, mode, ordered, onError, concurrency, stream } = run;
  return { scope, mode, ordered, onError, concurrency, stream };
}
