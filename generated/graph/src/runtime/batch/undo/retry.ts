// @ts-nocheck
import {
  type Journal,
  type JournalEntry,
  JournalError,
  openEntries,
  readEntries,
} from '../journal/journal.js';
import { createPlan } from '../plan/create-plan.js';
import { runEntry } from '../run/run-entry.js';
import type { Engine, Prepare, PreparedRun } from '../run/session.js';
import { type RetryOptions, settingsFor } from '../run/start.js';
import { restOf } from './rest.js';
import type { Recording } from './types.js';

/** What a journal says of a run. */
type Replay = (entries: readonly JournalEntry[]) => Promise<Recording>;

/**
 * A run of the actions of another run that failed, were rolled back or were skipped. What touches something
 * unknown, or refers to what is not there, is not among them. The journal of the other run notes that its rest
 * was sent, so that no resume sends it again.
 *
 * @throws JournalError where that run has to be resumed first, or was retried before.
 */
export function retriedRun(
  engine: Engine,
  journal: Journal,
  options: RetryOptions,
  replay: Replay,
): Prepare<PreparedRun> {
  return async (state) => {
    const entries = await readEntries(journal);
    refuseUnended(entries);
    const recording = await replay(entries);
    const { scope, mode, ordered, onError, concurrency } = recording.run;
    const plan = createPlan(engine.dialect, restOf(recording).items, {
      mode,
      ordered,
      concurrency,
    });
    const chosen = { onError, ...options, ...scope };
    const settings = settingsFor(engine, chosen, { ...plan, stream: false });
    await markRetried(journal);
    await state.begin(runEntry(engine, settings));
    return { plan, settings, complete: true };
  };
}

async function markRetried(journal: Journal): Promise<void> {
  const entries = await openEntries(journal);
  try {
    refuseUnended(entries);
    await journal.append({ type: 'retried' });
  } finally {
    await journal.close();
  }
}

/** @throws JournalError where sending the rest would leave something behind, or send it a second time. */
function refuseUnended(entries: readonly JournalEntry[]): void {
  const drafts = new Set<string>();
  for (const entry of entries) {
    const key = 'batch' in entry && 'attempt' in entry ? `${entry.batch} ${entry.attempt}` : '';
    switch (entry.type) {
      case 'retried':
        throw new JournalError(
          'different',
          'What was left of the run was sent before, under another journal: use that one.',
        );
      case 'undone':
        throw new JournalError('different', 'The changes of the run are undone.');
      case 'draft':
        drafts.add(key);
        break;
      case 'confirm':
      case 'discard':
      case 'done':
        drafts.delete(key);
        break;
      case 'run':
      case 'batch':
      case 'planned':
      case 'others':
      case 'resumed':
      case 'submit':
      case 'withdraw':
      case 'send':
      case 'refused':
      case 'results':
      case 'before':
      case 'after':
      case 'hold':
      case 'keep':
      case 'undo':
    }
  }
  if (drafts.size > 0) {
    throw new JournalError('different', 'The run has not ended: resume the journal first.');
  }
}
