import type { Items } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { Plan } from '../plan/units.js';
import { createPreview } from '../preview/preview.js';
import type { Preview } from '../preview/types.js';
import type { Guarded } from '../run/guard-maker.js';
import type { Guard } from '../run/guard.js';
import type { Engine } from '../run/session.js';
import { scopeFor } from '../run/start.js';
import { settingOf } from './effects-of.js';
import { keep } from './hold.js';
import { type JournalReport, readJournal } from './journal-report.js';
import { preflight } from './preflight.js';
import { entriesOf, replay } from './replay.js';
import { retriedRun } from './retry.js';
import { RunGuard } from './run-guard.js';
import { createUndo, type Undo } from './undo.js';

async function preview<I extends Items>(
  engine: Engine,
  plan: Plan<I>,
  options: object,
  signal: AbortSignal | undefined,
): Promise<Preview<I>> {
  return createPreview(await settingOf(engine, scopeFor(engine, options), signal), plan);
}

async function undo(
  engine: Engine,
  journal: Journal,
  { force = false, signal }: UndoOptions,
): Promise<Undo> {
  const recording = await replay(engine, await entriesOf(journal));
  const setting = await settingOf(engine, recording.run.scope, signal);
  return createUndo(setting, recording, force);
}

/** What undoing can be told. */
export interface UndoOptions {
  readonly signal?: AbortSignal | undefined;
  /** Restores also what somebody else has changed since. */
  readonly force?: boolean | undefined;
}

/** What a batch object loads when something asks for it: previews, and what takes runs back. */
export interface SafeBatch {
  readonly preview: typeof preview;
  readonly preflight: typeof preflight;
  readonly guard: (engine: Engine, run: Guarded) => Promise<Guard>;
  readonly undo: typeof undo;
  readonly keep: typeof keep;
  readonly readJournal: (engine: Engine, journal: Journal) => Promise<JournalReport>;
  readonly retriedRun: typeof retriedRun;
}

export const safeBatch: SafeBatch = {
  preview,
  preflight,
  guard: (engine, run) => RunGuard.create(engine, run),
  undo,
  keep,
  readJournal,
  retriedRun,
};
