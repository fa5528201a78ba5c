import { appendFile } from 'node:fs/promises';
import type { PlanRow } from '../bulk/plan-file.js';
import type { Outcome } from '../run/client-batch.js';
import type { FollowedRun } from './run-tracker.js';

/** Performs the call of a row. */
export type PerformRow = (row: PlanRow) => Promise<unknown>;

type Settled = readonly (readonly [index: number, outcome: Outcome])[];

/**
 * Rows as plain calls, one after the other. Before each call its journal says that it begins, so
 * that a process that was killed leaves one row at most in doubt.
 */
export function callRun(
  rows: readonly PlanRow[],
  perform: PerformRow,
  { journal, onError }: { readonly journal: string; readonly onError: 'stop' | 'continue' },
): FollowedRun {
  const outcomes: Outcome[] = [];
  let isStopped = false;
  let settle: ((outcomes: readonly Outcome[]) => void) | undefined;
  const ended = new Promise<readonly Outcome[]>((resolve) => (settle = resolve));
  const write = (value: object): Promise<void> =>
    appendFile(journal, `${JSON.stringify(value)}\n`, { mode: 0o600 });

  async function* settling(): AsyncGenerator<{ readonly settled: Settled }> {
    for (const [index, row] of rows.entries()) {
      const outcome: Outcome = isStopped
        ? { status: 'skipped', reason: 'The run was stopped.' }
        : await one(index, row);
      outcomes[index] = outcome;
      if (outcome.status !== 'applied' && onError === 'stop') isStopped = true;
      yield { settled: [[index, outcome]] };
    }
    settle?.(outcomes);
  }

  async function one(index: number, row: PlanRow): Promise<Outcome> {
    await write({ index, row: row.row, state: 'begins' });
    const outcome = await perform(row).then(applied, failed);
    await write({ index, row: row.row, state: outcome.status, reason: outcome.error?.message });
    return outcome;
  }

  return {
    progress: settling(),
    outcomes: () => ended,
    stop: async () => void (isStopped = true),
  };
}

function applied(value: unknown): Outcome {
  return { status: 'applied', value };
}

/** The errors of the client say whether the request may have taken effect. */
function failed(error: unknown): Outcome {
  const { outcome } = error as { readonly outcome?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  return { status: outcome === 'unknown' ? 'unknown' : 'failed', error: { message } };
}
