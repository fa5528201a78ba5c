// @ts-nocheck
import { JournalError } from './journal.js';
import { lifeOf, ownPlace, type Place } from './process-life.js';

/** Who has a journal: lines of the journal itself, so that their order decides. */
export type LockLine =
  | Holder
  | { readonly type: 'unlock'; readonly token: string }
  /** The holder lives. */
  | { readonly type: 'beat'; readonly token: string };

interface Holder extends Place {
  readonly type: 'lock';
  readonly token: string;
  /** Milliseconds between two signs of life; absent where there are none. */
  readonly beats?: number | undefined;
  /** Locks that this one takes over. */
  readonly over?: readonly string[] | undefined;
}

/** The lock of a journal's file. */
interface LockFile {
  /** Whether locks of others do not count. */
  readonly takeOver: boolean;
  /** Milliseconds between two signs of life of this process. */
  readonly heartbeat: number;
  /** Adds a line and gives all lines about locks that the file then has. */
  readonly write: (line: LockLine) => Promise<readonly LockLine[]>;
  /** How long the file is. */
  readonly size: () => Promise<number>;
}

/** Signs of life that fail to appear before a holder is taken for dead. */
const missedBeats = 6;
/** Locks of this process that have ended, even if no line could be written that says so. */
const ended = new Set<string>();

export function isLockLine(line: { readonly type: string }): line is LockLine {
  return line.type === 'lock' || line.type === 'unlock' || line.type === 'beat';
}

/**
 * Takes a journal by adding a line to it, and gives the line that lets go of it. Of two that come at the same
 * time, the first wins. What was held by a process that has ended is free. A process that cannot be seen
 * from here has ended if the file does not grow for six of its signs of life.
 *
 * @throws JournalError where somebody else has it, or it is not known.
 */
export async function takeLock(
  path: string,
  lines: readonly LockLine[],
  file: LockFile,
): Promise<LockLine> {
  const over: string[] = [];
  for (const holder of holdersIn(lines)) {
    if (!file.takeOver && !(await isDead(holder, file))) throw inUse(path, holder);
    over.push(holder.token);
  }
  const token = crypto.randomUUID();
  const unlock: LockLine = { type: 'unlock', token };
  const beats = file.heartbeat;
  const now = await file.write({ type: 'lock', token, ...(await ownPlace()), beats, over });
  const mine = now.findIndex((line) => line.token === token);
  for (const holder of holdersIn(now.slice(0, mine), now)) {
    if (over.includes(holder.token)) continue;
    await file.write(unlock);
    throw inUse(path, holder);
  }
  return unlock;
}

/** Notes that a lock of this process has ended. */
export function forgetLock({ token }: LockLine): void {
  ended.add(token);
}

/** The locks among lines that nobody has let go of, nor taken over. */
function holdersIn(lines: readonly LockLine[], all = lines): readonly Holder[] {
  const free = new Set(ended);
  for (const line of all) if (line.type === 'unlock') free.add(line.token);
  // What was taken over before counts no more.
  for (const line of lines)
    if (line.type === 'lock') for (const one of line.over ?? []) free.add(one);
  return lines.flatMap((line) => (line.type === 'lock' && !free.has(line.token) ? [line] : []));
}

async function isDead(holder: Holder, file: LockFile): Promise<boolean> {
  const life = await lifeOf(holder);
  if (life !== 'unseen' || holder.beats === undefined) return life === 'ended';
  const before = await file.size();
  for (let beat = 0; beat < 2 * missedBeats; beat += 1) {
    await new Promise((resolve) => setTimeout(resolve, holder.beats! / 2));
    if ((await file.size()) !== before) return false;
  }
  return true;
}

function inUse(path: string, { pid, host }: Holder): JournalError {
  return new JournalError(
    'in-use',
    `The journal ${path} is in use by process ${pid} on ${host}. ` +
      'If you are sure that it has ended, open the journal with takeOver: true.',
  );
}
