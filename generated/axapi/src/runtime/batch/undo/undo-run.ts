// @ts-nocheck
import { memberAt } from '../action/members.js';
import { type Journal, type JournalEntry, JournalError, openEntries } from '../journal/journal.js';
import type { Plan } from '../plan/units.js';
import type { Undone } from '../run/guard.js';
import { Run } from '../run/run.js';
import type { Engine, SessionOptions } from '../run/session.js';
import { freshRun, resumedRun } from '../run/start.js';

/** A run that is to be undone. */
interface UndoRun {
  readonly journal: Journal;
  readonly entries: readonly JournalEntry[];
  readonly scope: Readonly<Record<string, string>>;
  /** Works out what takes the run back. */
  readonly undo: () => Promise<Plan & { readonly left: readonly unknown[] }>;
  readonly signal: AbortSignal | undefined;
}

/** Undoes a run inside of its own journal, so that a crash leaves an undo that can be resumed. */
export async function runUndo(
  engine: Engine,
  { journal, entries, scope, undo, signal }: UndoRun,
): Promise<Undone> {
  const inner = innerJournal(journal, lastIn);
  const options = { journal: inner, signal };
  const inspect = (): Promise<void> => Promise.resolve();
  const begun = entries.some(({ type }) => type === 'undo');
  const isOver = begun && (await isResumed(engine, options));
  const plan = await undo();
  const undone = plan.left.length > 0 ? 'partly' : 'undone';
  if (isOver || plan.actions.length === 0) return undone;
  // What an earlier undo has left of its plan is not in the way of this one.
  const own = innerJournal(journal, () => []);
  const prepare = freshRun(engine, plan, { ...scope, onError: 'continue', journal: own });
  const outcomes = await new Run({
    engine,
    options: { ...options, journal: own },
    prepare,
    inspect,
  }).outcomes();
  if (isDone(outcomes)) return undone;
  return isAnswered(outcomes) ? 'refused' : 'failed';
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
  return statusesOf(outcomes).every((status) => status === 'applied');
}

/** Whether the server has refused what was not applied, or what that needs. */
function isAnswered(outcomes: object): boolean {
  const answered = new Set<unknown>(['applied', 'failed', 'rolledBack', 'dependency']);
  return statusesOf(outcomes).every((status) => answered.has(status));
}

/** The status of each, or why it was skipped. */
function statusesOf(outcomes: object): readonly unknown[] {
  return Object.values(outcomes)
    .flat()
    .map((outcome: unknown) => {
      const status = memberAt(outcome, ['status']);
      return status === 'skipped' ? memberAt(outcome, ['reason']) : status;
    });
}

/** The entries of the last undo that was begun. */
function lastIn(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  let last: JournalEntry[] = [];
  for (const one of entries) {
    if (one.type !== 'undo') continue;
    if (one.entry.type === 'run') last = [];
    last.push(one.entry);
  }
  return last;
}

/** A journal within another one, which begins with what `from` finds there. */
function innerJournal(
  journal: Journal,
  from: (entries: readonly JournalEntry[]) => readonly JournalEntry[],
): Journal {
  return {
    open: async () => from(await openEntries(journal)),
    append: (entry) => journal.append({ type: 'undo', entry }),
    close: () => journal.close(),
  };
}
