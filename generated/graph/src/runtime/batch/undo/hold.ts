// @ts-nocheck
import {
  type Journal,
  type JournalEntry,
  JournalError,
  openEntries,
  readEntries,
} from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import type { Held, KeepOptions, Undone } from '../run/guard.js';
import type { Engine } from '../run/session.js';

/** Between two looks at a journal in which another process may say that the changes stay; at most a hundred are made. */
const lookMs = 5_000;
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

/** What a wait for `keep` needs. */
interface Waiting {
  readonly sleep: (ms: number) => Promise<void>;
  readonly undo: (entries: readonly JournalEntry[]) => Promise<Undone>;
}

/**
 * Waits until the changes of a run are kept, or their time is over, and then undoes them. What another
 * process writes into the journal counts.
 */
export async function hold(
  engine: Engine,
  journal: Journal,
  signal: AbortSignal | undefined,
  { sleep, undo }: Waiting,
): Promise<Held> {
  const { clock } = engine;
  for (let tries = 0; ;) {
    const entries = await entriesWhenFree(engine, journal, signal);
    const state = heldIn(entries);
    if (state.kind === 'open') return 'kept';
    if (state.kind !== 'held') return state.kind;
    const wait = state.until - dateOf(clock);
    if (wait > 0) {
      await sleep(Math.min(wait, Math.max(lookMs, wait / 100)));
      if (signal?.aborted) throw aborted(signal);
      continue;
    }
    tries += 1;
    const undone = await undo(entries);
    const isLast = tries === mostUndos;
    if (undone === 'failed' && isLast) throw notUndone();
    if (undone === 'failed' || (undone === 'refused' && !isLast)) continue;
    const isWhole = undone === 'undone';
    await append(clock, journal, { type: 'undone', ...(!isWhole && { isPartly: true }) });
    return isWhole ? 'undone' : 'partly';
  }
}

function notUndone(): JournalError {
  return new JournalError(
    'held',
    'The changes were not kept in time, and not all of them could be undone: resume the journal.',
  );
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
    if (
      state.kind === 'undone' ||
      state.kind === 'partly' ||
      (state.kind === 'held' && state.isUndoing)
    ) {
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
    if (entry.type === 'undone') return { kind: entry.isPartly ? 'partly' : 'undone' };
    if (entry.type === 'hold') state = { kind: 'held', until: entry.until, isUndoing: false };
    if (entry.type === 'undo' && state.kind === 'held') state = { ...state, isUndoing: true };
  }
  return state;
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
      return await readEntries(journal);
    } catch (error) {
      if (!(error instanceof JournalError) || error.reason !== 'in-use') throw error;
      await clock.sleep(retryMs, signal);
      if (signal?.aborted) throw aborted(signal);
    }
  }
}

function aborted(signal: AbortSignal): JournalError {
  return new JournalError(
    'held',
    'The wait for keep() was aborted; resume the journal to go on with it.',
    { cause: signal.reason },
  );
}
