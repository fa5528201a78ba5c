import type { Journal, JournalEntry } from '../journal/journal.js';
import { JournalError, openEntries } from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import type { Plan } from '../plan/units.js';
import type { Held, KeepOptions } from '../run/guard.js';
import { Run } from '../run/run.js';
import type { Engine, SessionOptions } from '../run/session.js';
import { freshRun, resumedRun } from '../run/start.js';
import { settingOf } from './effects-of.js';
import { entriesOf, replay } from './replay.js';
import { createUndo } from './undo.js';

/** Between two looks at a journal that another process has. */
const retryMs = 1_000;
/** A journal that another process has is opened so often, before it is left to that. */
const mostOpens = 5;
/** An undo that cannot be sent is tried so often. */
const mostUndos = 5;

/** When changes that are held from now on are undone, in milliseconds since 1970. */
export function holdUntil(clock: Clock, ms: number): number {
  return dateOf(clock) + ms;
}

function dateOf(clock: Clock): number {
  return clock.date?.() ?? Date.now();
}

/**
 * Waits until the changes of a run are kept, or their time is over, and then undoes them. What another
 * process writes into the journal counts.
 */
export async function hold(
  engine: Engine,
  journal: Journal,
  signal: AbortSignal | undefined,
  sleep: (ms: number) => Promise<void>,
): Promise<Held> {
  const { clock } = engine;
  for (let tries = 0; ;) {
    const entries = await entriesWhenFree(engine, journal, signal);
    const state = heldIn(entries);
    if (state.kind === 'open') return 'kept';
    if (state.kind !== 'held') return state.kind;
    const wait = state.until - dateOf(clock);
    if (wait > 0) {
      await sleep(wait);
      if (signal?.aborted) throw aborted(signal);
      continue;
    }
    tries += 1;
    if (await undoNow(engine, journal, entries, signal)) {
      await append(clock, journal, { type: 'undone' });
      return 'undone';
    }
    if (tries === mostUndos) {
      throw new JournalError(
        'different',
        'The changes were not kept in time, and not all of them could be undone: resume the journal.',
      );
    }
  }
}

/**
 * Says that the changes of a run stay, or stay for longer.
 *
 * @throws JournalError where nothing is held, or another process has the journal.
 */
export async function keep(
  { clock }: Engine,
  journal: Journal,
  { confirmWithin }: KeepOptions,
): Promise<void> {
  const entries = await openSoon(clock, journal);
  try {
    const state = heldIn(entries);
    if (state.kind === 'undone' || (state.kind === 'held' && state.isUndoing)) {
      throw new JournalError('different', 'The changes were not kept in time: they are undone.');
    }
    if (state.kind === 'open') {
      throw new JournalError('different', 'The run has not ended: resume it first.');
    }
    if (state.kind === 'kept') return;
    await journal.append(
      confirmWithin === undefined
        ? { type: 'keep' }
        : { type: 'hold', until: holdUntil(clock, confirmWithin) },
    );
  } finally {
    await journal.close();
  }
}

type HeldState =
  | { readonly kind: Held }
  /** The run has not ended. */
  | { readonly kind: 'open' }
  | { readonly kind: 'held'; readonly until: number; readonly isUndoing: boolean };

/** How the changes of a run stand. */
function heldIn(entries: readonly JournalEntry[]): HeldState {
  const [run] = entries;
  const isHolding = run?.type === 'run' && run.safeguards?.confirmWithin !== undefined;
  let state: HeldState = { kind: isHolding ? 'open' : 'kept' };
  for (const entry of entries) {
    if (entry.type === 'keep') state = { kind: 'kept' };
    if (entry.type === 'undone') return { kind: 'undone' };
    if (entry.type === 'hold') state = { kind: 'held', until: entry.until, isUndoing: false };
    if (entry.type === 'undo' && state.kind === 'held') state = { ...state, isUndoing: true };
  }
  return state;
}

/** Undoes a run inside of its own journal, so that a crash leaves an undo that can be resumed. */
async function undoNow(
  engine: Engine,
  journal: Journal,
  entries: readonly JournalEntry[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const recording = await replay(engine, entries);
  const { scope } = recording.run;
  const inner = innerJournal(journal);
  const options = { journal: inner, signal };
  const inspect = (): Promise<void> => Promise.resolve();
  const begun = entries.some(({ type }) => type === 'undo');
  if (begun && (await isResumed(engine, options))) return true;
  const undo = await createUndo(await settingOf(engine, scope, signal), recording, false);
  if (undo.actions.length === 0) return true;
  // What an earlier undo has left of its plan is not in the way of this one.
  const own = begun ? undefined : inner;
  const plan: Plan = undo;
  const prepare = freshRun(engine, plan, { ...scope, onError: 'continue', journal: own });
  const outcomes = await new Run({
    engine,
    options: { ...options, journal: own },
    prepare,
    inspect,
  }).outcomes();
  return isDone(outcomes);
}

/** Ends an undo that was begun; false where something of it is left. */
async function isResumed(engine: Engine, options: SessionOptions): Promise<boolean> {
  const prepare = resumedRun(engine, undefined, {});
  try {
    const rest = new Run({ engine, options, prepare, inspect: () => Promise.resolve() });
    return isDone(await rest.outcomes());
  } catch (error) {
    // It ended before its plan was written down, so nothing was sent.
    if (error instanceof JournalError && error.reason === 'empty') return false;
    throw error;
  }
}

function isDone(outcomes: object): boolean {
  const flat: unknown[] = Object.values(outcomes).flat();
  return flat.every(
    (outcome) =>
      typeof outcome === 'object' &&
      outcome !== null &&
      'status' in outcome &&
      outcome.status === 'applied',
  );
}

/** A journal within another one. */
function innerJournal(journal: Journal): Journal {
  return {
    open: async () =>
      (await openEntries(journal)).flatMap((entry) => (entry.type === 'undo' ? [entry.entry] : [])),
    append: (entry) => journal.append({ type: 'undo', entry }),
    close: () => journal.close(),
  };
}

async function append(clock: Clock, journal: Journal, entry: JournalEntry): Promise<void> {
  await openSoon(clock, journal);
  try {
    await journal.append(entry);
  } finally {
    await journal.close();
  }
}

/** A process that holds changes looks into the journal now and then. */
async function openSoon(clock: Clock, journal: Journal): Promise<readonly JournalEntry[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openEntries(journal);
    } catch (error) {
      const isInUse = error instanceof JournalError && error.reason === 'in-use';
      if (!isInUse || tries === mostOpens) throw error;
      await clock.sleep(retryMs);
    }
  }
}

/** Another process may have the journal for a moment, to keep the changes. */
async function entriesWhenFree(
  { clock }: Engine,
  journal: Journal,
  signal: AbortSignal | undefined,
): Promise<readonly JournalEntry[]> {
  for (;;) {
    try {
      return await entriesOf(journal);
    } catch (error) {
      if (!(error instanceof JournalError) || error.reason !== 'in-use') throw error;
      await clock.sleep(retryMs, signal);
      if (signal?.aborted) throw aborted(signal);
    }
  }
}

function aborted(signal: AbortSignal): JournalError {
  return new JournalError(
    'different',
    'The wait for keep() was aborted; resume the journal to go on with it.',
    { cause: signal.reason },
  );
}
