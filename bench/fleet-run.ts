import type { ChildProcess } from 'node:child_process';
import { Cluster, pause } from '../test/fleet/cluster.ts';
import type { Postgres } from '../test/fleet/postgres.ts';
import { meraki } from '../test/runtime/batch/meraki.ts';
import { cpuTime } from './cpu-time.ts';
import { makespan } from './makespan.ts';

/** Batches of an organization that the server carries out at a time, and requests that it takes. */
const { concurrent: atATime, burst, perSecond } = meraki.limits;
/** Milliseconds that a process may need to submit a run. */
const submission = 60;

/** What a fleet has to do. */
export interface Shape {
  readonly organizations: readonly string[];
  readonly actions: number;
  readonly workers: number;
  /** Of each worker. */
  readonly places: number;
  /** Milliseconds of a batch, give or take a half. */
  readonly batchMs: number;
  /** Actions of an organization beside them, whose end is not waited for. */
  readonly beside?: number;
}

/** What it took, in seconds. */
export interface FleetRun {
  readonly seconds: number;
  /**
   * What it would take if nothing but the batches took time: each begins as soon as there is a place for it, and
   * takes as long as it took.
   */
  readonly batches: number;
  /** The same, with the requests which a run cannot do without at the rate of an organization. */
  readonly least: number;
  /** CPU time that it takes to start all workers. */
  readonly start: number;
  /** CPU time from the begin of the runs on. */
  readonly cpu: { readonly workers: number; readonly database: number; readonly simulator: number };
}

/** Has workers that wait carry runs out which begin all at once; counts from then to the end of the last run. */
export async function runFleet(postgres: Postgres, shape: Shape): Promise<FleetRun> {
  const { organizations, actions, workers, places, batchMs, beside = 0 } = shape;
  const devices = (id: string): number => (id === large ? beside : actions);
  await using cluster = await Cluster.start(postgres.connection, { batchMs }, { devices });
  // They are made when they are first asked for, which takes time of the simulator.
  const all = beside > 0 ? [large, ...organizations] : organizations;
  for (const id of all) cluster.organization(id);
  const members = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      cluster.work({ worker: `w${index}`, address: `a${index}`, organizations: places }),
    ),
  );
  const began = Date.now() + 3_000 + organizations.length * submission + beside / 10;
  if (beside > 0)
    await cluster.submit({ organizationId: large, actions: beside, startAfter: began });
  const runs = await cluster.submitAll(organizations, { actions, startAfter: began });
  if (Date.now() > began) throw new Error('The runs were to begin before all were submitted.');
  await pause(began - Date.now());
  const before = cpuOf(postgres, members);
  const statuses = await cluster.statuses(runs);
  const after = cpuOf(postgres, members);
  for (const worker of members) worker.kill('SIGTERM');
  for (const { state, unit } of statuses)
    if (state !== 'done') throw new Error(`The run of ${String(unit)} is ${String(state)}.`);
  for (const id of organizations) {
    const { lost, twice } = cluster.effects(id, actions);
    if (lost + twice > 0) throw new Error(`${id}: ${lost} lost, ${twice} twice`);
  }
  const ends = statuses.map(({ ended }) => Date.parse(String(ended)));
  const least = (earliest?: (index: number) => number): number => {
    const times = organizations.map((id) =>
      makespan(cluster.organization(id).server.ledger.durations, atATime, earliest),
    );
    return makespan(times, Math.min(workers * places, organizations.length)) / 1_000;
  };
  return {
    seconds: (Math.max(...ends) - began) / 1_000,
    batches: least(),
    least: least(confirmedAt),
    start: before.workers,
    cpu: {
      workers: after.workers - before.workers,
      database: after.database - before.database,
      simulator: after.simulator - before.simulator,
    },
  };
}

const large = 'large';

/** When a batch can be confirmed at the earliest: after a list, its draft, and the drafts and confirmations before it. */
function confirmedAt(index: number): number {
  const requests = 1 + 2 * (index + 1);
  return (Math.max(0, requests - burst) * 1_000) / perSecond;
}

function cpuOf({ pid }: Postgres, members: readonly ChildProcess[]): FleetRun['cpu'] {
  const { user, system } = process.cpuUsage();
  return {
    workers: members.reduce((sum, member) => sum + cpuTime(member.pid ?? 0), 0),
    database: cpuTime(pid),
    simulator: (user + system) / 1_000_000,
  };
}
