import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { askDatabase } from './owner-log.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';

const isHere = programs !== undefined && modernNode !== undefined;
const title = isHere ? '' : ' (skipped: no PostgreSQL, or no Node 22.12 or newer)';
const organizationId = '7';

describe.skipIf(!isHere)(
  `a job whose worker never heard of it${title}`,
  { timeout: 120_000 },
  () => {
    let postgres: Postgres;

    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(async () => {
      await postgres?.[Symbol.asyncDispose]();
    });

    // The queue itself would give it back in an hour.
    const fetched = (schema: string): string =>
      `update ${schema}_boss.job set state = 'active', started_on = now() - interval '1 minute',
       heartbeat_on = now() + interval '1 hour' where name = '${schema}'`;

    test.concurrent.each([
      ['nobody has acted for the unit yet', undefined],
      ['its owner has died long ago', "now() - interval '1 hour'"],
      ['its owner has let go of it', "now() - interval '1 second'"],
    ])('is done by another where %s', async (_name, until) => {
      await using cluster = await Cluster.start(postgres.connection, { batchMs: 200 });
      const run = await cluster.submit({ organizationId, actions: 10 });
      const { schema } = cluster;
      await askDatabase(postgres.connection, fetched(schema));
      if (until !== undefined)
        await askDatabase(
          postgres.connection,
          `insert into ${schema}.owners (unit, epoch, worker, until) values ('7', 4, 'gone', ${until})`,
        );
      const worker = await cluster.work();
      expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 10 } });
      worker.kill('SIGTERM');
      expect([...cluster.organization(organizationId).since.keys()]).toEqual([
        until === undefined ? 1n : 5n,
      ]);
      expect(cluster.effects(organizationId, 10)).toEqual({ lost: 0, twice: 0 });
    });

    test.concurrent.each([
      [0, 10],
      [3, 7],
      [8, 2],
    ])('leaves %d places to units of a worker of the address that is gone', async (units, left) => {
      await using cluster = await Cluster.start(postgres.connection);
      const { schema } = cluster;
      await cluster.ask({ name: 'health' });
      await askDatabase(
        postgres.connection,
        `insert into ${schema}.workers (id, name, address, wants, places, busy, until)
         values (gen_random_uuid(), 'gone', 'a', 10, 10, 10, now() - interval '20 seconds');
       insert into ${schema}.owners (unit, epoch, worker, until)
         select number::text, 1, 'gone', now() + interval '1 hour' from generate_series(1, ${units}) as number`,
      );
      const worker = await cluster.work({ address: 'a' });
      const [health] = await cluster.ask({ name: 'health' });
      worker.kill('SIGTERM');
      expect(health).toMatchObject({ workers: [{ places: left }] });
    });

    test.concurrent('has all places where a worker of the same name was there before', async () => {
      await using cluster = await Cluster.start(postgres.connection);
      const { schema } = cluster;
      await cluster.ask({ name: 'health' });
      await askDatabase(
        postgres.connection,
        `insert into ${schema}.workers (id, name, address, wants, places, busy, until, started)
         values (gen_random_uuid(), 'rack-7', 'a', 10, 10, 10, now() - interval '1 hour', now() - interval '2 hours'),
           (gen_random_uuid(), 'rack-7', 'a', 10, 10, 10, now() + interval '1 hour', now() - interval '1 hour');
       insert into ${schema}.owners (unit, epoch, worker, until)
         select number::text, 1, 'rack-7', now() + interval '1 hour' from generate_series(1, 4) as number`,
      );
      await askDatabase(
        postgres.connection,
        `update ${schema}.workers set places = 4, wants = 4 where until > now()`,
      );
      const worker = await cluster.work({ address: 'a', worker: 'rack-8' });
      const [health] = await cluster.ask({ name: 'health' });
      worker.kill('SIGTERM');
      expect(health).toMatchObject({ workers: [{ places: 4 }, { name: 'rack-8', places: 6 }] });
    });

    test.concurrent('waits for the end of the lease where its owner may live', async () => {
      await using cluster = await Cluster.start(postgres.connection, { batchMs: 200 });
      const run = await cluster.submit({ organizationId, actions: 10 });
      const { schema } = cluster;
      await askDatabase(postgres.connection, fetched(schema));
      const [row] = await askDatabase(
        postgres.connection,
        `insert into ${schema}.owners (unit, epoch, worker, until)
       values ('7', 4, 'silent', clock_timestamp() + interval '6 seconds')
       returning extract(epoch from until) * 1000 as until`,
      );
      const worker = await cluster.work();
      expect(await cluster.ended(run)).toMatchObject({ state: 'done', counts: { applied: 10 } });
      worker.kill('SIGTERM');
      const { since } = cluster.organization(organizationId);
      expect(since.get(5n)).toBeGreaterThanOrEqual(Math.floor(Number(row?.['until'])));
    });
  },
);
