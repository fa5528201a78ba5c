// @ts-nocheck
import type { Items } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { RunSettings } from '../run/executor.js';
import type { Guarded, GuardMaker, Preflight } from '../run/guard-maker.js';
import type { Guard, KeepOptions } from '../run/guard.js';
import type { Engine, Prepare, PreparedRun, SessionOptions } from '../run/session.js';
import type { RetryOptions } from '../run/start.js';
import type { JournalReport, Undo, UndoOptions } from './types.js';

/** What most runs do without, loaded when something asks for it. */
export interface OnDemand {
  preview(plan: Plan, options: Pick<SessionOptions, 'signal'>): Promise<Preview<Items>>;
  undo(journal: Journal, options?: UndoOptions): Promise<Undo>;
  keep(journal: Journal, options?: KeepOptions): Promise<void>;
  readJournal(journal: Journal): Promise<JournalReport>;
  readonly retriedRun: (journal: Journal, options: RetryOptions) => Prepare<PreparedRun>;
  readonly preflight: (options: Pick<SessionOptions, 'signal'>) => Preflight;
  readonly guard: GuardMaker;
}

/** What a batch object loads when something asks for it: previews, and what takes runs back. */
export interface SafeBatch {
  preview<I extends Items>(
    engine: Engine,
    plan: Plan<I>,
    options: object,
    signal: AbortSignal | undefined,
  ): Promise<Preview<I>>;
  /** @throws PlanError where the plan is out of date, or cannot be taken back and has to be. */
  preflight(
    engine: Engine,
    plan: Plan,
    settings: RunSettings,
    signal: AbortSignal | undefined,
  ): Promise<void>;
  guard(engine: Engine, run: Guarded): Promise<Guard>;
  /** @throws JournalError where it holds no run, or not all of its plan. */
  undo(engine: Engine, journal: Journal, options: UndoOptions): Promise<Undo>;
  /** @throws JournalError where nothing is held, or another process has the journal. */
  keep(engine: Engine, journal: Journal, options: KeepOptions): Promise<void>;
  /** @throws JournalError where it holds no run, or not all of its plan. */
  readJournal(engine: Engine, journal: Journal): Promise<JournalReport>;
  retriedRun(engine: Engine, journal: Journal, options: RetryOptions): Prepare<PreparedRun>;
}

/** Loads the module that has it. */
export type LoadSafeBatch = () => Promise<{ readonly safeBatch: SafeBatch }>;

/** Previews and undoing, for runs of this engine. */
export function onDemand(engine: Engine, load: LoadSafeBatch): OnDemand {
  const parts = async (): Promise<SafeBatch> => (await load()).safeBatch;
  return {
    preview: async (plan, options) =>
      (await parts()).preview(engine, plan, options, options.signal),
    undo: async (journal, options = {}) => (await parts()).undo(engine, journal, options),
    keep: async (journal, options = {}) => (await parts()).keep(engine, journal, options),
    readJournal: async (journal) => (await parts()).readJournal(engine, journal),
    retriedRun: (journal, options) => async (state) =>
      (await parts()).retriedRun(engine, journal, options)(state),
    preflight:
      ({ signal }) =>
      async (plan, settings) => {
        // A preview has steps.
        if (!('steps' in plan) && !settings.safeguards?.requireReversible) return;
        await (await parts()).preflight(engine, plan, settings, signal);
      },
    guard: async (run) =>
      run.settings.safeguards ? (await parts()).guard(engine, run) : undefined,
  };
}
