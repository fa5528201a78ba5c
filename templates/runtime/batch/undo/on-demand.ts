import type { Items } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { GuardMaker, Preflight } from '../run/guard-maker.js';
import type { KeepOptions } from '../run/guard.js';
import type { Engine, Prepare, PreparedRun, SessionOptions } from '../run/session.js';
import type { JournalReport } from './journal-report.js';
import type { RetryOptions } from './retry.js';
import type { SafeBatch, UndoOptions } from './safe-batch.js';
import type { Undo } from './undo.js';

type Signal = Pick<SessionOptions, 'signal'>;

/** What most runs do without, loaded when something asks for it. */
export interface OnDemand {
  preview(plan: Plan, options: Signal): Promise<Preview<Items>>;
  undo(journal: Journal, options?: UndoOptions): Promise<Undo>;
  keep(journal: Journal, options?: KeepOptions): Promise<void>;
  readJournal(journal: Journal): Promise<JournalReport>;
  readonly retriedRun: (journal: Journal, options: RetryOptions) => Prepare<PreparedRun>;
  readonly preflight: (options: Signal) => Preflight;
  readonly guard: GuardMaker;
}

async function load(): Promise<SafeBatch> {
  return (await import('./safe-batch.js')).safeBatch;
}

/** Previews and undoing, for runs of this engine. */
export function onDemand(engine: Engine): OnDemand {
  return {
    preview: async (plan, options) => (await load()).preview(engine, plan, options, options.signal),
    undo: async (journal, options = {}) => (await load()).undo(engine, journal, options),
    keep: async (journal, options = {}) => (await load()).keep(engine, journal, options),
    readJournal: async (journal) => (await load()).readJournal(engine, journal),
    retriedRun: (journal, options) => async (state) =>
      (await load()).retriedRun(engine, journal, options)(state),
    preflight:
      ({ signal }) =>
      async (plan, settings) => {
        // A preview has steps.
        if (!('steps' in plan) && !settings.safeguards?.requireReversible) return;
        await (await load()).preflight(engine, plan, settings, signal);
      },
    guard: async (run) => (run.settings.safeguards ? (await load()).guard(engine, run) : undefined),
  };
}
