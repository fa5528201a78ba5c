import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cluster, pause } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { OwnerLog } from './owner-log.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';

const missing = [
  ...(programs === undefined ? ['PostgreSQL'] : []),
  ...(modernNode === undefined ? ['Node 22.12 or newer'] : []),
];
const name = missing.length === 0 ? 'a fleet' : `a fleet (skipped: no ${missing.join(', no ')})`;

const conduct = { batchMs: 1_000 };
const organizationId = '7';

describe.skipIf(missing.length > 0)(name, { timeout: 120_000 }, () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
  });

  test.concurrent('runs what was submitted, and keeps the outcome of each action', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 250 });
    const worker = await cluster.work();
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 250 } });
    worker.kill('SIGTERM');
    const outcomes = await cluster.ask({ name: 'outcomes', run });
    expect(outcomes.map(({ index }) => index)).toEqual(Array.from({ length: 250 }, (_, at) => at));
    expect(cluster.effects(organizationId, 250)).toEqual({ lost: 0, twice: 0 });
  });

  test.concurrent('gives the run that is there for a key that was used', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const submission = { organizationId, actions: 10, key: 'nightly' };
    const [first, second] = await Promise.all([
      cluster.submit(submission),
      cluster.submit(submission),
    ]);
    expect(second).toBe(first);
    const worker = await cluster.work();
    expect(await cluster.ended(first)).toMatchObject({ state: 'done', counts: { applied: 10 } });
    worker.kill('SIGTERM');
    expect(cluster.effects(organizationId, 10)).toEqual({ lost: 0, twice: 0 });
  });

  test.concurrent('has another worker take over where one is killed', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 1_500 });
    const first = await cluster.work();
    const seen = cluster.organization(organizationId);
    while (seen.server.ledger.begun < 4) await pause(50);
    const second = await cluster.work();
    first.kill('SIGKILL');
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_500 } });
    second.kill('SIGTERM');
    expect(cluster.effects(organizationId, 1_500)).toEqual({ lost: 0, twice: 0 });
    expect(seen.late).toBe(0);
  });

  test.concurrent(
    'sends nothing from a worker that was suspended for longer than its lease',
    async () => {
      await using cluster = await Cluster.start(postgres.connection, conduct);
      const run = await cluster.submit({ organizationId, actions: 1_500 });
      const first = await cluster.work();
      const seen = cluster.organization(organizationId);
      while (seen.server.ledger.begun < 4) await pause(50);
      first.kill('SIGSTOP');
      const second = await cluster.work();
      while (!seen.since.has(2n)) await pause(50);
      first.kill('SIGCONT');
      expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_500 } });
      first.kill('SIGTERM');
      second.kill('SIGTERM');
      expect(cluster.effects(organizationId, 1_500)).toEqual({ lost: 0, twice: 0 });
      expect(seen.late).toBe(0);
    },
  );

  test.concurrent('goes on where the database crashes and comes back', async () => {
    await using own = await startPostgres();
    await using cluster = await Cluster.start(own.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 1_000 });
    const worker = await cluster.work();
    const { server } = cluster.organization(organizationId);
    while (server.ledger.begun < 3) await pause(50);
    await own.crash();
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_000 } });
    worker.kill('SIGTERM');
    expect(cluster.effects(organizationId, 1_000)).toEqual({ lost: 0, twice: 0 });
  });

  test.concurrent('gives its runs to another worker at once where it is drained', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 1_500 });
    const first = await cluster.work();
    const { server } = cluster.organization(organizationId);
    while (server.ledger.begun < 4) await pause(50);
    const second = await cluster.work();
    first.kill('SIGTERM');
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_500 } });
    second.kill('SIGTERM');
    expect(first.exitCode).toBe(0);
    expect(cluster.effects(organizationId, 1_500)).toEqual({ lost: 0, twice: 0 });
  });

  test.concurrent('ends a run that is cancelled, and takes it up again', async () => {
    await using cluster = await Cluster.start(postgres.connection, { batchMs: 4_000 });
    const run = await cluster.submit({ organizationId, actions: 1_500 });
    const cancelling = await cluster.begun({ name: 'cancel', run });
    const worker = await cluster.work();
    await cancelling.ended;
    expect(cancelling.lines.at(-1)).toEqual({ cancelled: true });
    const cancelled = await cluster.ended(run);
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(cluster.effects(organizationId, 1_500).lost).toBeGreaterThan(0);
    expect(await cluster.ask({ name: 'resume', run })).toEqual([{ resumed: true }]);
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_500 } });
    worker.kill('SIGTERM');
    expect(cluster.effects(organizationId, 1_500)).toEqual({ lost: 0, twice: 0 });
  });

  test.concurrent('says why a run failed whose client cannot be made', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 10 });
    await cluster.work({ fault: 'There is no key for 7.' });
    expect(await cluster.ended(run)).toMatchObject({
      state: 'failed',
      error: 'There is no key for 7.',
    });
    expect(cluster.effects(organizationId, 10)).toEqual({ lost: 10, twice: 0 });
  });

  test.concurrent('takes back a run that was captured', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const run = await cluster.submit({ organizationId, actions: 20, capture: true });
    const worker = await cluster.work();
    expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 20 } });
    const [line] = await cluster.ask({ name: 'undo', run });
    expect(await cluster.ended(String(line?.['run']))).toMatchObject({
      kind: 'undo',
      state: 'done',
      actions: 20,
      counts: { applied: 20 },
    });
    worker.kill('SIGTERM');
    const { organization } = cluster.organization(organizationId).server;
    expect(organization.read(`/devices/Q${organizationId}-7`, Date.now())).toMatchObject({
      name: 'Old 7',
    });
  });

  test.concurrent(
    'lets other organizations have a place that a long run has held for its slice',
    async () => {
      await using cluster = await Cluster.start(postgres.connection, conduct);
      const long = '7';
      const short = '8';
      const run = await cluster.submit({ organizationId: long, actions: 1_500 });
      const other = await cluster.submit({ organizationId: short, actions: 20 });
      const worker = await cluster.work({ organizations: 1, slice: 1_000 });
      const { server } = cluster.organization(short);
      while (server.ledger.begun < 1) await pause(20);
      expect(cluster.effects(long, 1_500).lost).toBeGreaterThan(0);
      expect(await cluster.ended(other)).toMatchObject({ state: 'done', counts: { applied: 20 } });
      expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 1_500 } });
      worker.kill('SIGTERM');
      expect(cluster.effects(long, 1_500)).toEqual({ lost: 0, twice: 0 });
    },
  );

  test.concurrent('keeps the workers of one address to its rate and its places', async () => {
    await using cluster = await Cluster.start(postgres.connection, { batchMs: 500 });
    const ids = Array.from({ length: 14 }, (_, index) => `${10 + index}`);
    const runs = await cluster.submitAll(ids, { actions: 300 });
    const log = await OwnerLog.start(postgres.connection, cluster.schema);
    const workers = await Promise.all(['a', 'b'].map((worker) => cluster.work({ worker })));
    expect(await cluster.allEnded(runs)).toEqual(['done']);
    for (const worker of workers) worker.kill('SIGTERM');
    expect([...cluster.addresses.values()].map(({ overLimit }) => overLimit)).toEqual([0]);
    expect((await log.read()).most()).toBe(10);
  });

  test.concurrent('says how it fares, and drains workers of other machines', async () => {
    await using cluster = await Cluster.start(postgres.connection, conduct);
    const first = await cluster.work({ worker: 'first' });
    await cluster.work({ worker: 'second' });
    const [health] = await cluster.ask({ name: 'health' });
    expect(health).toMatchObject({
      state: 'ok',
      queued: 0,
      workers: [{ name: 'first' }, { name: 'second' }],
    });
    expect(await cluster.ask({ name: 'drain', worker: 'first' })).toEqual([{ drained: 1 }]);
    while (first.exitCode === null) await pause(50);
    expect(first.exitCode).toBe(0);
    const [after] = await cluster.ask({ name: 'health' });
    expect(after).toMatchObject({ workers: [{ name: 'second' }] });
  });
});
