import type { ChildProcess } from 'node:child_process';
import { Cluster, pause } from '../test/fleet/cluster.ts';
import { startNetwork } from '../test/fleet/network.ts';
import { OwnerLog } from '../test/fleet/owner-log.ts';
import { startPostgres } from '../test/fleet/postgres.ts';

const workers = 4;
const organizations = 20;
const batchMs = 15_000;
/** Milliseconds of a lease, and those that a takeover may take besides. */
const lease = 10_000;
const allowed = 2_000;
/** Until the units of a worker have new owners that have begun. */
const calm = 16_000;

type Mishap = 'killed' | 'suspended' | 'cut off';

interface Worker {
  readonly child: ChildProcess;
  readonly name: string;
}

/**
 * How long it takes until a unit has a new owner: one of four workers at a time is killed, suspended or cut off, and
 * nothing else happens meanwhile. Gives a line for each kind.
 */
export async function takeovers(): Promise<readonly string[]> {
  using network = startNetwork(workers);
  await using postgres = await startPostgres(network);
  const ids = Array.from({ length: organizations }, (_, index) => `${100 + index}`);
  await using cluster = await Cluster.start(
    postgres.connection,
    { batchMs },
    { devices: 15_000, ...(network && { address: network.address }) },
  );
  await cluster.submitAll(ids, { actions: 15_000 });
  const log = await OwnerLog.start(postgres.connection, cluster.schema);
  let serial = 0;
  const start = (index: number): Worker => {
    const name = `w${(serial += 1)}`;
    const options = { worker: name, address: `a${index}` };
    return { child: cluster.start(options, network?.members[index]), name };
  };
  const alive = Array.from({ length: workers }, (_, index) => start(index));
  await pause(calm);
  const deaths = new Map<Mishap, Map<string, number>>();
  const meet: Readonly<Record<Mishap, (index: number, worker: Worker) => Promise<void>>> = {
    killed: async (index, { child }) => {
      child.kill('SIGKILL');
      alive[index] = start(index);
      await pause(calm);
    },
    suspended: async (index, { child }) => {
      child.kill('SIGSTOP');
      alive[index] = start(index);
      await pause(calm);
      child.kill('SIGKILL');
    },
    'cut off': async (index, { child }) => {
      network?.members[index]?.cut(index % 2 === 0);
      await pause(calm);
      child.kill('SIGKILL');
      network?.members[index]?.join();
      alive[index] = start(index);
      await pause(calm);
    },
  };
  const kinds: readonly Mishap[] = network
    ? ['killed', 'suspended', 'cut off']
    : ['killed', 'suspended'];
  for (let round = 0; round < 4; round += 1)
    for (const [place, kind] of kinds.entries()) {
      const index = (round + place) % workers;
      const worker = alive[index]!;
      const times = deaths.get(kind) ?? new Map<string, number>();
      deaths.set(kind, times.set(worker.name, Date.now()));
      await meet[kind](index, worker);
    }
  const owners = await log.read();
  for (const { child } of alive) child.kill('SIGKILL');
  return [...deaths].map(([kind, times]) => {
    const taken = owners.takeovers(times);
    const late = taken.filter(({ ms }) => ms > lease + allowed).length;
    const after = taken.map(({ until, to }) => to - until);
    const all = taken.map(({ ms }) => ms);
    return `${times.size} workers ${kind}: ${taken.length} takeovers, ${quantiles(all)} after it, ${quantiles(after)} after the end of the lease; ${late} later than the lease and 2 s`;
  });
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => {
    const ms = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return (ms / 1_000).toFixed(2);
  };
  return `half within ${at(0.5)} s, nine in ten within ${at(0.9)} s, all within ${at(1)} s`;
}
