import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { randomOf } from '../../simulators/random.ts';
import { Cluster, pause } from '../cluster.ts';
import { hasNetworks, startNetwork } from '../network.ts';
import { OwnerLog } from '../owner-log.ts';
import { startPostgres } from '../postgres.ts';

const setting = (name: string, otherwise: number): number =>
  Number(process.env[`SOAK_${name}`] ?? otherwise);

const organizations = setting('ORGANIZATIONS', 20);
const actions = setting('ACTIONS', 5_000);
const workers = setting('WORKERS', 4);
/** Workers that are killed, suspended and cut off from the network, and crashes of the database. */
const mishaps = {
  kill: setting('KILLS', 200),
  stop: setting('STOPS', 20),
  crash: setting('CRASHES', 10),
  cut: setting('CUTS', 10),
};
/** Milliseconds that a worker is suspended or cut off. */
const suspension = setting('SUSPENSION', 60_000);
/** Milliseconds between two mishaps. */
const between = setting('BETWEEN', 3_500);
const batchMs = setting('BATCH_MS', 60_000);
const faults = setting('FAULTS', 0.05);
const seed = setting('SEED', 1);
/** Actions of the runs that follow where the mishaps are not over yet. */
const more = Math.ceil(actions / 10);
/** Milliseconds of a lease, those that a takeover may take besides, and those until what was away is back. */
const lease = 10_000;
const takeover = 2_000;
const recovery = 5_000;

type Mishap = keyof typeof mishaps;

const place = hasNetworks
  ? 'in a namespace each'
  : '(no namespaces of networks here: on one address)';

test(`runs of many organizations, on workers ${place} that are killed, suspended and cut off`, async () => {
  using network = startNetwork(workers);
  const random = randomOf(seed);
  await using postgres = await startPostgres(network);
  const conduct = { batchMs, seed, conduct: { faults } };
  await using cluster = await Cluster.start(postgres.connection, conduct, {
    devices: actions * 3,
    ...(network && { address: network.address }),
  });
  const ids = Array.from({ length: organizations }, (_, index) => `${100 + index}`);
  const runs = new Map<string, string[]>(ids.map((id) => [id, []]));
  const submitted = new Map<string, number>(ids.map((id) => [id, 0]));
  const submit = async (organizationId: string, count: number): Promise<string> => {
    const from = submitted.get(organizationId)!;
    const key = `${organizationId} ${from}`;
    const run = await untilDone(() =>
      cluster.submit({ organizationId, actions: count, from, key }),
    );
    submitted.set(organizationId, from + count);
    runs.get(organizationId)!.push(run);
    return run;
  };
  for (const id of ids) await submit(id, actions);
  const log = await OwnerLog.start(postgres.connection, cluster.schema);
  const began = Date.now();

  let serial = 0;
  /** Workers by name, and when they died. */
  const deaths = new Map<string, number>();
  /** Since when a worker runs undisturbed, and since when it does not any more. */
  const upSince = new Map<string, number>();
  const downSince = new Map<string, number>();
  const placeOf = new Map<string, number>();
  const started = (index: number): { readonly child: ChildProcess; readonly name: string } => {
    const name = `worker ${(serial += 1)}`;
    placeOf.set(name, index);
    const member = network?.members[index];
    const options = { worker: name, address: member?.address ?? `place ${index}` };
    upSince.set(name, Date.now());
    return { child: cluster.start(options, member), name };
  };
  const alive = Array.from({ length: workers }, (_, index) => started(index));
  const kill = ({ child, name }: (typeof alive)[number]): void => {
    child.kill('SIGKILL');
    deaths.set(name, Date.now());
  };

  let areMishapsOver = false;
  const statuses = Promise.all(
    ids.map(async (id) => {
      const states: unknown[] = [];
      for (let run = runs.get(id)![0]!; ; run = await submit(id, more)) {
        const status = await untilDone(() => cluster.ended(run));
        if (status?.['state'] !== 'done') console.log(JSON.stringify(status));
        states.push(status?.['state']);
        if (areMishapsOver) return states;
      }
    }),
  );
  statuses.catch(() => {});
  const done = { kill: 0, stop: 0, crash: 0, cut: 0 };
  const healing: Promise<void>[] = [];
  const isCut = new Set<number>();
  const disturbances: number[] = [];
  const events: { readonly mishap: Mishap; readonly index: number; readonly at: number }[] = [];
  for (const mishap of shuffled(random)) {
    await pause(between * (0.5 + random()));
    // What a process that dies while it is cut off has handed to its kernel may still arrive later: nobody can stop it.
    const within = alive.map((_, at) => at).filter((at) => !isCut.has(at));
    const index = within[Math.floor(random() * within.length)]!;
    const worker = alive[index]!;
    events.push({ mishap, index, at: Date.now() });
    if (mishap !== 'crash') downSince.set(worker.name, Date.now());
    switch (mishap) {
      case 'kill':
        kill(worker);
        alive[index] = started(index);
        break;
      case 'stop':
        worker.child.kill('SIGSTOP');
        alive[index] = started(index);
        // Back for a while among those that have taken over from it.
        healing.push(
          pause(suspension).then(async () => {
            worker.child.kill('SIGCONT');
            await pause(5_000);
            worker.child.kill('SIGKILL');
          }),
        );
        break;
      case 'crash':
        disturbances.push(Date.now());
        await postgres.crash();
        disturbances.push(Date.now());
        break;
      case 'cut': {
        if (!network) continue;
        while (isCut.size >= workers / 2) await pause(1_000);
        isCut.add(index);
        network.members[index]!.cut(done.cut % 2 === 0);
        healing.push(
          pause(suspension).then(async () => {
            network.members[index]!.join();
            // Until both ends have found each other again.
            await pause(5_000);
            isCut.delete(index);
          }),
        );
        break;
      }
    }
    done[mishap] += 1;
  }
  await Promise.all(healing);
  areMishapsOver = true;
  const ended = await statuses;
  const seconds = Math.round((Date.now() - began) / 1_000);
  for (const { child } of alive) child.kill('SIGTERM');

  const counts = new Map<string, number>();
  let calledOtherwise = 0;
  for (const id of ids) {
    const { ledger } = cluster.organization(id).server;
    let first = 0;
    for (const run of runs.get(id)!) {
      const lines = await cluster.ask({ name: 'outcomes', run });
      for (const line of lines) {
        const { status } = line['outcome'] as { readonly status: string };
        counts.set(status, (counts.get(status) ?? 0) + 1);
        const isThere = ledger.effects(`#${first + Number(line['index'])}`).length > 0;
        if (status !== 'unknown' && (status === 'applied') !== isThere) calledOtherwise += 1;
      }
      first += lines.length;
    }
    expect(first).toBe(submitted.get(id));
  }
  const owners = await log.read();
  const taken = owners.takeovers(deaths);
  const slow = taken.filter(({ ms }) => ms > lease + takeover);
  const eventsIn = ({ from, to }: (typeof taken)[number]): readonly string[] =>
    events
      .filter(({ at }) => at >= from - suspension && at <= to)
      .map(({ mishap, index, at }) => `${mishap} ${index} ${Math.round((at - from) / 100) / 10}`);
  /** Whether from the end of the lease on, while there was time, nothing stood in the way of another owner. */
  const isOwed = ({ from, until }: (typeof taken)[number]): boolean => {
    const limit = from + lease + takeover;
    const isUp = (worker: string): boolean =>
      (upSince.get(worker) ?? 0) <= until - recovery && (downSince.get(worker) ?? Infinity) > limit;
    const waiting = taken.filter((one) => one.until <= until && one.to > until).length;
    return (
      !events.some(({ at }) => at > until - 500 && at <= limit) &&
      !disturbances.some((time) => time > until - recovery && time <= limit) &&
      owners.free(until, isUp) >= waiting
    );
  };
  const owed = taken.filter(isOwed);
  const sum = (of: (id: string) => number): number => ids.reduce((all, id) => all + of(id), 0);
  const seenOf = [...cluster.addresses.values()];
  const result = {
    seconds,
    ...done,
    states: [...new Set(ended.flat())],
    runs: ended.flat().length,
    actions: sum((id) => submitted.get(id)!),
    outcomes: Object.fromEntries(counts),
    lost: sum((id) => cluster.effects(id, submitted.get(id)!).lost),
    twice: sum((id) => cluster.effects(id, submitted.get(id)!).twice),
    calledOtherwise,
    late: sum((id) => cluster.organization(id).late),
    lateByStore: sum((id) => owners.late(id, cluster.organization(id).until)),
    overLimit: sum((id) => cluster.organization(id).server.ledger.overLimit),
    overAddressLimit: seenOf.reduce((all, { overLimit }) => all + overLimit, 0),
    addresses: cluster.addresses.size,
    mostPerAddress: Math.max(
      ...alive.map((_, index) => owners.most((name) => placeOf.get(name) === index)),
    ),
    refusedAsBusy: sum((id) => cluster.organization(id).server.ledger.refusedAsBusy),
    requests: sum((id) => cluster.organization(id).server.ledger.requests),
    owners: sum((id) => Number(cluster.organization(id).epoch)),
    takeovers: taken.length,
    takeoverMs: {
      median: quantile(taken, 0.5),
      nine: quantile(taken, 0.9),
      most: quantile(taken, 1),
    },
    slowTakeovers: slow.length,
    owed: owed.length,
    owedMs: { median: quantile(owed, 0.5), nine: quantile(owed, 0.9), most: quantile(owed, 1) },
    slowOwed: slow.filter(isOwed).length,
  };
  if (slow.length > 0)
    console.log(JSON.stringify(slow.map((one) => ({ ...one, events: eventsIn(one) }))));
  console.log(JSON.stringify(result));
  expect(result).toMatchObject({
    twice: 0,
    calledOtherwise: 0,
    late: 0,
    lateByStore: 0,
    overAddressLimit: 0,
    slowOwed: 0,
    states: ['done'],
  });
  // Without any, the line above says nothing.
  expect(result.owed).toBeGreaterThan(0);
  expect(result.lost).toBe((counts.get('failed') ?? 0) + (counts.get('unknown') ?? 0));
});

/** Tries again while the database is away. */
async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries === 20) throw error;
      await pause(1_000);
    }
  }
}

function quantile(taken: readonly { readonly ms: number }[], share: number): number | undefined {
  const sorted = taken.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function shuffled(random: () => number): readonly Mishap[] {
  return Object.entries(mishaps)
    .flatMap(([mishap, count]) => Array.from({ length: count }, () => mishap as Mishap))
    .map((mishap) => ({ mishap, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ mishap }) => mishap);
}
