// @ts-nocheck
import type { Items } from '../action/types.js';
import { effectOf, label } from '../action/wire.js';
import { type Journal, readEntries } from '../journal/journal.js';
import { createPlan } from '../plan/create-plan.js';
import { Footprint } from '../plan/path-order.js';
import type { Plan } from '../plan/units.js';
import { createPreview } from '../preview/preview.js';
import type { Preview } from '../preview/types.js';
import type { Guarded } from '../run/guard-maker.js';
import type { Guard } from '../run/guard.js';
import type { Engine } from '../run/session.js';
import { scopeFor } from '../run/start.js';
import { settingOf } from './effects-of.js';
import { keep } from './hold.js';
import { inverseOf, undoOf } from './inverse.js';
import { reportOf } from './journal-report.js';
import type { SafeBatch } from './on-demand.js';
import { preflight } from './preflight.js';
import { replay } from './replay.js';
import { retriedRun } from './retry.js';
import { RunGuard } from './run-guard.js';
import type { JournalReport, Recording, Undo, UndoOptions } from './types.js';
import { runUndo } from './undo-run.js';

/** The one place where the parts of previews and of undoing come together. */
export const safeBatch: SafeBatch = {
  preview,
  preflight,
  guard,
  undo,
  keep,
  readJournal,
  retriedRun: (engine, journal, options) =>
    retriedRun(engine, journal, options, (entries) => replay(engine, entries)),
};

async function preview<I extends Items>(
  engine: Engine,
  plan: Plan<I>,
  options: object,
  signal: AbortSignal | undefined,
): Promise<Preview<I>> {
  return createPreview(await settingOf(engine, scopeFor(engine, options), signal), plan);
}

function guard(engine: Engine, run: Guarded): Promise<Guard> {
  const { signal } = run;
  return RunGuard.create(engine, run, async (journal, entries) => {
    const recording = await replay(engine, entries);
    const { scope } = recording.run;
    const work = (): Promise<Undo> => workOut(engine, recording, { signal });
    return runUndo(engine, { journal, entries, scope, undo: work, signal });
  });
}

async function undo(engine: Engine, journal: Journal, options: UndoOptions): Promise<Undo> {
  return workOut(engine, await replay(engine, await readEntries(journal)), options);
}

async function workOut(
  engine: Engine,
  recording: Recording,
  { force = false, signal }: UndoOptions,
): Promise<Undo> {
  const { scope } = recording.run;
  // An undo that was killed may have left a batch that the server has not come to yet.
  await engine.quiet?.({ scope, touches: touchedBy(recording), signal });
  const setting = await settingOf(engine, scope, signal);
  const inverse = await inverseOf(setting, recording, force);
  const { items, ordered } = inverse;
  const plan = createPlan(engine.dialect, items, { ordered });
  return undoOf(await createPreview(setting, plan), inverse);
}

/** Whether a path is one that a run has touched, or is above or below one. */
function touchedBy({ plan, lookup }: Recording): (path: string) => boolean {
  const touched = new Footprint();
  for (const [index, action] of plan.actions.entries())
    touched.add(effectOf(action, (ref) => lookup(ref) ?? label(ref)).path, index, false);
  return (path) => touched.first(path) !== undefined;
}

async function readJournal(engine: Engine, journal: Journal): Promise<JournalReport> {
  return reportOf(await replay(engine, await readEntries(journal)));
}
