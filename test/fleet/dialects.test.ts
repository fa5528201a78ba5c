import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ElementDialect } from '../simulators/independent/envelopes.ts';
import { Cluster, pause } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';

const isHere = programs !== undefined && modernNode !== undefined;
const name = 'a fleet for batches that are one request';
const title = isHere ? name : `${name} (skipped: no PostgreSQL, or no Node 22.12 or newer)`;

describe.skipIf(!isHere)(title, { timeout: 120_000 }, () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
  });

  const collections: Readonly<Record<ElementDialect, string>> = {
    axapi: '/axapi/v3/slb/server',
    journyx: '/api/v1/projects',
    graph: '/users',
  };
  const sizes: Readonly<Record<ElementDialect, number>> = {
    axapi: 1_500,
    journyx: 4_000,
    graph: 800,
  };

  const underWay: Readonly<Record<ElementDialect, number>> = { axapi: 100, journyx: 0, graph: 80 };

  test.concurrent.each(['axapi', 'journyx', 'graph'] as const)(
    'has another worker take over a run of %s whose worker is killed',
    async (dialect) => {
      const unit = `${dialect}-1`;
      const actions = sizes[dialect];
      await using cluster = await Cluster.start(postgres.connection, {}, { dialect });
      const server = cluster.elements(unit);
      for (let n = 0; n < actions; n += 1)
        server.seed(`${collections[dialect]}/o${n}`, { name: `o${n}`, host: '10.0.0.1' });
      const run = await cluster.submit({ dialect, unit, actions });
      const first = await cluster.work({ dialect });
      while (server.ledger.requests < 3) await pause(20);
      const second = await cluster.work({ dialect });
      first.kill('SIGKILL');
      const ended = (await cluster.ask({ name: 'await', dialect, run })).at(-1);
      second.kill('SIGTERM');
      expect(ended).toMatchObject({ state: 'done', settled: actions });
      // Only Journyx has a fence here: of others' batches that were under way at the death, it may not be known.
      const counts = ended?.['counts'] as Readonly<Record<string, number>> | undefined;
      const { applied = 0, unknown = 0 } = counts ?? {};
      expect(applied + unknown).toBe(actions);
      expect(unknown).toBeLessThanOrEqual(underWay[dialect]);
      const effects = Array.from(
        { length: actions },
        (_, n) => server.ledger.effects(`#${n}`).length,
      );
      expect(effects.filter((count) => count > 1)).toEqual([]);
      expect(effects.filter((count) => count === 0).length).toBeLessThanOrEqual(unknown);
    },
  );
});
