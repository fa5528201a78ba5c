import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { randomOf } from '../../simulators/random.ts';
import { Cluster, pause } from '../cluster.ts';
import { startPostgres } from '../postgres.ts';

const setting = (name: string, otherwise: number): number =>
  Number(process.env[`SOAK_${name}`] ?? otherwise);

const organizations = setting('ORGANIZATIONS', 20);
const actions = setting('ACTIONS', 5_000);
const workers = setting('WORKERS', 4);
/** Workers that are killed, workers that are suspended, and crashes of the database. */
const mishaps = {
  kills: setting('KILLS', 200),
  stops: setting('STOPS', 20),
  crashes: setting('CRASHES', 10),
};
/** Milliseconds that a worker is suspended. */
const suspension = setting('SUSPENSION', 60_000);
/** Milliseconds between two mishaps. */
const between = setting('BETWEEN', 3_000);
const batchMs = setting('BATCH_MS', 8_000);
const faults = setting('FAULTS', 0.05);
const seed = setting('SEED', 1);

type Mishap = 'kill' | 'stop' | 'crash';

test('runs of many organizations, whose workers and database are killed', async () => {
  const random = randomOf(seed);
  await using postgres = await startPostgres();
  const conduct = { batchMs, seed, conduct: { faults } };
  await using cluster = await Cluster.start(postgres.connection, conduct, actions);
  const ids = Array.from({ length: organizations }, (_, index) => `${100 + index}`);
  const runs = await Promise.all(
    ids.map(async (organizationId) => cluster.submit({ organizationId, actions })),
  );
  const began = Date.now();
  const alive: ChildProcess[] = [];
  for (let count = 0; count < workers; count += 1) alive.push(await cluster.work());

  let isOver = false;
  const statuses = Promise.all(runs.map((run) => cluster.ended(run))).finally(() => {
    isOver = true;
  });
  statuses.catch(() => {});
  const done = { kill: 0, stop: 0, crash: 0 };
  const waking: Promise<void>[] = [];
  const replace = async (index: number): Promise<void> => {
    alive[index] = await cluster.work();
  };
  for (const mishap of shuffled(random)) {
    await pause(between * (0.5 + random()));
    if (isOver) break;
    const index = Math.floor(random() * alive.length);
    done[mishap] += 1;
    switch (mishap) {
      case 'kill':
        alive[index]!.kill('SIGKILL');
        await replace(index);
        break;
      case 'stop': {
        const worker = alive[index]!;
        worker.kill('SIGSTOP');
        await replace(index);
        // Back for a while among those that have taken over from it.
        waking.push(
          pause(suspension).then(async () => {
            worker.kill('SIGCONT');
            await pause(5_000);
            worker.kill('SIGKILL');
          }),
        );
        break;
      }
      case 'crash':
        await postgres.crash();
        break;
    }
  }
  const ended = await statuses;
  const seconds = Math.round((Date.now() - began) / 1_000);
  await Promise.all(waking);
  for (const worker of alive) worker.kill('SIGTERM');

  const counts = new Map<string, number>();
  let calledOtherwise = 0;
  for (const [index, run] of runs.entries()) {
    const { ledger } = cluster.organization(ids[index]!).server;
    for (const line of await cluster.ask({ name: 'outcomes', run })) {
      const { status } = line['outcome'] as { readonly status: string };
      counts.set(status, (counts.get(status) ?? 0) + 1);
      const isThere = ledger.effects(`#${String(line['index'])}`).length > 0;
      if (status !== 'unknown' && (status === 'applied') !== isThere) calledOtherwise += 1;
    }
  }
  const sum = (of: (id: string) => number): number => ids.reduce((all, id) => all + of(id), 0);
  const result = {
    seconds,
    ...done,
    states: [...new Set(ended.map((status) => status?.['state']))],
    outcomes: Object.fromEntries(counts),
    lost: sum((id) => cluster.effects(id, actions).lost),
    twice: sum((id) => cluster.effects(id, actions).twice),
    calledOtherwise,
    late: sum((id) => cluster.organization(id).late),
    overLimit: sum((id) => cluster.organization(id).server.ledger.overLimit),
    refusedAsBusy: sum((id) => cluster.organization(id).server.ledger.refusedAsBusy),
    requests: sum((id) => cluster.organization(id).server.ledger.requests),
    owners: sum((id) => Number(cluster.organization(id).epoch)),
  };
  console.log(JSON.stringify(result));
  expect(result).toMatchObject({ twice: 0, calledOtherwise: 0, late: 0, states: ['done'] });
  expect(result.lost).toBe((counts.get('failed') ?? 0) + (counts.get('unknown') ?? 0));
});

function shuffled(random: () => number): readonly Mishap[] {
  const all: readonly Mishap[] = [
    ...Array.from({ length: mishaps.kills }, () => 'kill' as const),
    ...Array.from({ length: mishaps.stops }, () => 'stop' as const),
    ...Array.from({ length: mishaps.crashes }, () => 'crash' as const),
  ];
  return all
    .map((mishap) => ({ mishap, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ mishap }) => mishap);
}
