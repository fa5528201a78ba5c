import { planEntries } from '../batch/journal/recorded-plan.js';
import { type JournalEntry, memoryJournal } from '../batch/journal/journal.js';
import { planFor } from '../batch/plan/create-plan.js';
import type { DialectBase } from '../batch/protocol/protocol.js';
import { runEntry } from '../batch/run/run-entry.js';
import { settingsFor, type StartOptions } from '../batch/run/start.js';
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
  const { onError, concurrency, capture } = options;
  const plan = planFor(dialect, work.plan ?? work.actions, { concurrency });
  // It is for the journal of the store; which one does not matter here.
  const journal = memoryJournal();
  const asked: StartOptions = { onError, concurrency, capture, ...scope, journal };
  const settings = settingsFor({ dialect }, asked, { ...plan, stream: false });
  return {
    actions: plan.actions.length,
    entries: [runEntry({ dialect }, settings), ...planEntries(plan), { type: 'planned' }],
  };
}
