import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, install } from '../cli/installed.ts';
import { Cluster } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));
const isHere = programs !== undefined && modernNode !== undefined;
const title = isHere ? '' : ' (skipped: no PostgreSQL, or no Node 22.12 or newer)';

const apis = [
  {
    dialect: 'axapi',
    key: { AXAPI_SIGNATURE: 'key' },
    place: '/axapi/v3/slb/server/o1',
    operation: 'replaceSlbServer',
    csv: 'name,server.name,server.host\no1,o1,10.0.0.2\n',
  },
  {
    dialect: 'journyx',
    key: { JOURNYX_LOGIN_USER: 'user', JOURNYX_LOGIN_PASSWORD: 'key' },
    place: '/api/v1/projects/o1',
    operation: 'updateProject',
    csv: 'id,etag,description\no1,"""1""",m\n',
  },
  {
    dialect: 'graph',
    key: { GRAPH_TOKEN: 'key' },
    place: '/users/o1',
    operation: 'updateUser',
    csv: 'user-id,jobTitle\no1,m\n',
  },
] as const;

describe.skipIf(!isHere)(
  `fleet, for batches that are one request${title}`,
  { timeout: 120_000 },
  () => {
    let postgres: Postgres;

    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(async () => {
      await postgres?.[Symbol.asyncDispose]();
    });

    test.each(apis)(
      'a plan of $dialect goes to the unit that it is submitted for',
      async ({ dialect, key, place, operation, csv }) => {
        await using cluster = await Cluster.start(postgres.connection, {}, { dialect });
        await using cli = await install(generated(dialect), generated(`${dialect}-cli`), [
          'pg',
          'pg-boss',
        ]);
        const bin = dialect.toUpperCase();
        const env = {
          [`${bin}_DATABASE`]: postgres.connection,
          [`${bin}_SCHEMA`]: cluster.schema,
          [`${bin}_BASE_URL`]: `${cluster.origin}/{unit}`,
        };
        const run = (line: string, further = {}): Promise<Ended> =>
          cli.run(line.split(' '), { node: modernNode!, env: { ...env, ...further } });
        cluster.elements('device-1').seed(place, { name: 'o1', host: '10.0.0.1' });
        await writeFile(join(cli.folder, 'changes.csv'), csv);
        await run(`batch plan changes.csv --op ${operation}`);
        expect(await run('fleet submit plan.jsonl --yes')).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('--unit is missing'),
        });
        const ids: string[] = [];
        for (const unit of ['device-1', 'evil.example/path', 'user@evil.example'])
          ids.push((await run(`fleet submit plan.jsonl --yes --unit ${unit}`)).stdout.trim());
        const worker = run('fleet work', key);
        const statuses = await Promise.all(ids.map((id) => run(`fleet status ${id} --watch`)));
        expect(statuses.map(({ code }) => code)).toEqual([0, 1, 1]);
        for (const { stderr } of statuses.slice(1))
          expect(stderr).toContain('The unit must be a host, as the base URL has {unit}.');
        expect(await run('fleet drain --wait')).toMatchObject({ code: 0 });
        expect(await worker).toMatchObject({ code: 0 });
      },
    );
  },
);
