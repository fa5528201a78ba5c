import { JournalError } from './journal.js';
import { hostName, ownId, runs, pidSpace, startOf } from './node-api.js';

/** Who has a journal: lines of the journal itself, so that their order decides. */
export type LockLine =
  | {
      readonly type: 'lock';
      readonly token: string;
      readonly pid: number;
      readonly host: string;
      /** Tells the process from a later one with the same id; absent where the system does not tell. */
      readonly started?: string | undefined;
      /** Where ids of processes mean the same: containers of one host name may each have an id 1. */
      readonly space?: string | undefined;
    }
  | { readonly type: 'unlock'; readonly token: string };

type Holder = LockLine & { readonly type: 'lock' };

/** Locks of this process that have ended, even if no line could be written that says so. */
const ended = new Set<string>();

/**
 * Takes a journal by adding a line to it, and gives the line that lets go of it. `write` adds a line and
 * gives all such lines that the journal then has: of two that come at the same time, the first wins. What
 * was held by a process that has ended is free.
 *
 * @throws JournalError where somebody else has it.
 */
export async function takeLock(
  path: string,
  lines: readonly LockLine[],
  write: (line: LockLine) => Promise<readonly LockLine[]>,
): Promise<LockLine> {
  await refuseIfHeld(path, lines);
  const token = crypto.randomUUID();
  const pid = await ownId();
  const started = await startOf(pid);
  const unlock: LockLine = { type: 'unlock', token };
  const now = await write({
    type: 'lock',
    token,
    pid,
    host: await hostName(),
    started,
    space: await pidSpace(),
  });
  try {
    const mine = now.findIndex((line) => line.token === token);
    await refuseIfHeld(path, now.slice(0, mine));
  } catch (error) {
    await write(unlock);
    throw error;
  }
  return unlock;
}

/** Notes that a lock of this process has ended. */
export function forgetLock({ token }: LockLine): void {
  ended.add(token);
}

async function refuseIfHeld(path: string, lines: readonly LockLine[]): Promise<void> {
  const released = new Set(lines.flatMap((line) => (line.type === 'unlock' ? line.token : [])));
  for (const line of lines) {
    if (line.type === 'unlock' || released.has(line.token) || ended.has(line.token)) continue;
    if (await isGone(line)) continue;
    throw new JournalError(
      'in-use',
      `The journal ${path} is in use by process ${line.pid} on ${line.host}. ` +
        'If you are sure that it has ended, open the journal with takeOver: true.',
    );
  }
}

/** Whether the process has ended, for certain. */
async function isGone({ pid, host, started, space }: Holder): Promise<boolean> {
  if (host !== (await hostName())) return false;
  // A process that cannot be seen from here may run all the same.
  const here = await pidSpace();
  if (space !== undefined && space !== here && !isRebooted(space, here)) return false;
  if (!(await runs(pid))) return true;
  const now = await startOf(pid);
  if (started !== undefined && now !== undefined) return started !== now;
  // Without start times: containers give each run the same id, and this run has not locked it.
  return pid === (await ownId());
}

/** Whether the machine has started anew since, so that none of its processes run. */
function isRebooted(before: string | undefined, now: string | undefined): boolean {
  const [boot, space] = before?.split(' ') ?? [];
  const [bootNow, spaceNow] = now?.split(' ') ?? [];
  return boot !== undefined && bootNow !== undefined && boot !== bootNow && space === spaceNow;
}
