// @ts-nocheck
import { hostName, machineId, ownId, pidSpace, runs, startOf } from './node-api.js';

/** Where a process runs. */
export interface Place {
  readonly pid: number;
  readonly host: string;
  /** Tells the process from a later one with the same id; absent where the system does not tell. */
  readonly started?: string | undefined;
  /** The boot of the machine, and where ids of processes mean the same: containers may each have an id 1. */
  readonly space?: string | undefined;
  /** Tells the machine from others of the same name. */
  readonly machine?: string | undefined;
}

export async function ownPlace(): Promise<Place> {
  const pid = await ownId();
  return {
    pid,
    host: await hostName(),
    started: await startOf(pid),
    space: await pidSpace(),
    machine: await machineId(),
  };
}

/** Whether a process runs, has ended, or cannot be seen from here. */
export async function lifeOf(place: Place): Promise<'runs' | 'ended' | 'unseen'> {
  const { pid, host, started, space } = place;
  const here = await pidSpace();
  if (space !== undefined && space !== here) {
    return (await isRebooted(place, here)) ? 'ended' : 'unseen';
  }
  // The same space is the same machine, whatever it is called.
  if (space === undefined && host !== (await hostName())) return 'unseen';
  if (!(await runs(pid))) return 'ended';
  const now = await startOf(pid);
  if (started !== undefined && now !== undefined) return started === now ? 'runs' : 'ended';
  // Without start times: containers give each run the same id, and this run has not locked it.
  return pid === (await ownId()) ? 'ended' : 'runs';
}

/**
 * Whether the machine has started anew since, so that none of its processes run. Containers do not count: their
 * images may give many of them one id of a machine.
 */
async function isRebooted({ space, machine }: Place, here: string | undefined): Promise<boolean> {
  if (machine === undefined || machine !== (await machineId())) return false;
  const [boot, pids] = space?.split(' ') ?? [];
  const [bootNow, pidsNow] = here?.split(' ') ?? [];
  return pids === outermost && pidsNow === outermost && boot !== bootNow;
}

/** The space of ids that a Linux machine itself has: PROC_PID_INIT_INO of its kernel. */
const outermost = 'pid:[4026531836]';
