// @ts-nocheck
import type { JournalReport, Outcome } from '../run/client-batch.js';
import type { CallAction } from './call-action.js';
import type { CallJournal, CallRecord } from './call-journal.js';
import { CallOrder } from './call-order.js';

/** What a journal says of calls, for people and for programs. */
export async function reportOf(
  journal: CallJournal,
  actions: readonly CallAction[],
): Promise<JournalReport> {
  const { calls, isRetried } = await journal.read();
  const outcomes = actions.map((_, index) => outcomeIn(calls.get(index)));
  const counts = { applied: 0, failed: 0, rolledBack: 0, skipped: 0, unknown: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  const shown = Object.entries(counts).map(([status, number]) => `${number} ${status}`);
  const lines = outcomes.flatMap(({ status, error, message, reason }, index) =>
    status === 'applied'
      ? []
      : [`row ${actions[index]?.row}: ${status} (${error?.message ?? message ?? reason})`],
  );
  return {
    counts,
    outcomes,
    isRetried,
    retryable: await retryableOf(actions, outcomes),
    toString: () => [shown.join(', '), ...lines].join('\n'),
  };
}

function outcomeIn(record: CallRecord | undefined): Outcome {
  if (!record) return { status: 'skipped', reason: 'aborted', message: 'It was not sent.' };
  return (
    record.outcome ?? {
      status: 'unknown',
      reason: 'lost',
      message: 'It is under way, or its end was lost.',
    }
  );
}

/** What failed or was not sent, and touches nothing of which it is unknown what became of it. */
async function retryableOf(
  actions: readonly CallAction[],
  outcomes: readonly Outcome[],
): Promise<readonly number[]> {
  const ends = actions.map((action, index) => ({
    action,
    isKnown: outcomes[index]?.status !== 'unknown',
  }));
  const forwards = await clearOf(ends);
  const backwards = (await clearOf(ends.toReversed())).toReversed();
  return actions.flatMap((_, index) => {
    const status = outcomes[index]?.status;
    const isLeft = status === 'failed' || status === 'skipped';
    return isLeft && forwards[index] && backwards[index] ? [index] : [];
  });
}

interface End {
  readonly action: CallAction;
  readonly isKnown: boolean;
}

/** Whether those before each, on whose order it depends, are known. */
function clearOf(ends: readonly End[]): Promise<readonly boolean[]> {
  const order = new CallOrder();
  return Promise.all(
    ends.map(({ action, isKnown }) => order.add(action, Promise.resolve(isKnown))),
  );
}
