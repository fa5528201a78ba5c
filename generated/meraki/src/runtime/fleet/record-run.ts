// @ts-nocheck
import { planEntries } from '../batch/journal/recorded-plan.js';
import type { JournalEntry } from '../batch/journal/journal.js';
import { planFor } from '../batch/plan/create-plan.js';
import type { DialectBase } from '../batch/protocol/protocol.js';
import type { RunSettings } from '../batch/run/executor.js';
import { runEntry } from '../batch/run/run-entry.js';
import { onErrorFor } from '../batch/run/start.js';
import type { FleetRunOptions, Work } from './types.js';

/** A run as its journal would begin. */
export interface RecordedRun {
  readonly entries: readonly JournalEntry[];
  readonly actions: number;
}

/**
 * Writes a run down as data, before anything is sent: taking it up is what `resume` does.
 *
 * @throws PlanError where the actions cannot be planned.
 */
export function recordRun(
  dialect: DialectBase,
  work: Work,
  scope: Readonly<Record<string, string>>,
  options: FleetRunOptions,
): RecordedRun {
  const { onError, concurrency, capture = false } = options;
  const plan = planFor(dialect, work.plan ?? work.actions, { concurrency });
  const settings: RunSettings = {
    scope,
    mode: plan.mode,
    ordered: plan.ordered,
    onError: onErrorFor(dialect, onError),
    concurrency: plan.concurrency,
    stream: false,
    ...(capture && { safeguards: { capture, requireReversible: false } }),
  };
  return {
    actions: plan.actions.length,
    entries: [runEntry({ dialect }, settings), ...planEntries(plan), { type: 'planned' }],
  };
}
