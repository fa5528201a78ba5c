import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { type Ended, install, type Installed } from './installed.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const ok = { 200: { description: 'Fine.', content: { 'application/json': { schema: {} } } } };
const item = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, count: { type: 'integer' } },
};
const requestBody = { required: true, content: { 'application/json': { schema: item } } };

/** A document without batches. */
const document = {
  openapi: '3.0.3',
  info: { title: 'Stock', version: '1.0.0' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/items': {
      get: { operationId: 'getItems', tags: ['items'], responses: ok },
      post: { operationId: 'createItem', tags: ['items'], requestBody, responses: ok },
    },
    '/items/{id}': {
      parameters: [id],
      get: { operationId: 'getItem', tags: ['items'], responses: ok },
      put: { operationId: 'updateItem', tags: ['items'], requestBody, responses: ok },
      delete: { operationId: 'deleteItem', tags: ['items'], responses: ok },
    },
  },
};

let cli: Installed;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-calls-'));
  const input = join(folder, 'openapi.json');
  await writeFile(input, JSON.stringify(document));
  const target = { output: join(folder, 'cli'), name: 'stock-cli', bin: 'stock' };
  await generate({ input, output: join(folder, 'client'), name: 'stock', cli: target });
  cli = await install(join(folder, 'client'), target.output);
  await rm(folder, { recursive: true, force: true });
}, 60_000);

afterAll(() => cli[Symbol.asyncDispose]());

interface Stock extends AsyncDisposable {
  /** Changes that took effect, in their order. */
  readonly writes: readonly string[];
  readonly items: Map<string, Record<string, unknown>>;
  /** Calls that have arrived are not answered, once as many as this have. */
  holdFrom: number;
  run(...args: readonly string[]): Promise<Ended>;
  runWith(input: string, ...args: readonly string[]): Promise<Ended>;
  /** Kills the command when so many changes have arrived. */
  killed(writes: number, ...args: readonly string[]): Promise<Ended>;
  results(): Promise<readonly Readonly<Record<string, string>>[]>;
}

/** A server with items, and a home for the command line. */
async function stock(): Promise<Stock> {
  const home = await mkdtemp(join(cli.folder, 'home-'));
  const writes: string[] = [];
  const items = new Map<string, Record<string, unknown>>();
  let onWrite: () => void = () => {};
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += String(part)));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const key = decodeURIComponent(url.slice('/items/'.length));
      if (method === 'GET')
        return items.has(key)
          ? answer(response, 200, items.get(key))
          : answer(response, 404, { message: 'is not there' });
      if (text.includes('bad')) return answer(response, 422, { message: 'is bad' });
      const isGone = method === 'DELETE' && !items.has(key);
      if (isGone) return answer(response, 404, { message: 'is not there' });
      writes.push(`${method} ${url} ${text}`.trim());
      if (method === 'PUT') items.set(key, { ...items.get(key), ...JSON.parse(text) });
      if (method === 'DELETE') items.delete(key);
      onWrite();
      if (writes.length >= stockAt.holdFrom) return;
      answer(response, 200, { id: `i${writes.length}` });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { HOME: home, STOCK_BASE_URL: `http://127.0.0.1:${port}` };
  const stockAt: Stock = {
    writes,
    items,
    holdFrom: Infinity,
    run: (...args) => cli.run(args, { env }),
    runWith: (input, ...args) => cli.run(args, { env, input }),
    killed: async (count, ...args) => {
      const ended = cli.run(args, {
        env,
        onStart: (child) => {
          onWrite = () => void (writes.length >= count && child.kill('SIGKILL'));
        },
      });
      const result = await ended;
      onWrite = () => {};
      return result;
    },
    results: async () => {
      const runs = join(home, '.local/state/stock/runs');
      const { stdout } = await cli.run(['bulk', 'runs'], { env });
      const last = stdout.match(/\d{8}T\d{6}-[0-9a-f]{6}/g)?.at(-1) ?? '';
      return parse(await readFile(join(runs, last, 'results.csv')), { columns: true });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stockAt;
}

const creations = (...names: readonly string[]): string => `name\n${names.join('\n')}\n`;

async function planned(at: Stock, csv: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await at.runWith(csv, 'bulk', 'plan', '-', ...args);
  expect([code, stderr]).toEqual([0, expect.stringContaining('nothing was sent')]);
}

describe('changes call by call', { timeout: 60_000 }, () => {
  test('go from a CSV file to results with the ids of what was created', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'b'), '--op', 'createItem');
    const { code } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect(code).toBe(0);
    expect(at.writes.toSorted()).toEqual(['POST /items {"name":"a"}', 'POST /items {"name":"b"}']);
    expect((await at.results()).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'a applied',
      'b applied',
    ]);
    expect((await at.results()).map((row) => row['id']).toSorted()).toEqual(['i1', 'i2']);
  });

  test('are refused with all faults of the file at once', async () => {
    await using at = await stock();
    const csv = 'operation,id,name,count\nupdateItem,1,a,x\ngetItems,,,\nupdateItem,..,b,1\n';
    const { code, stderr } = await at.runWith(csv, 'bulk', 'plan', '-');
    expect(code).toBe(2);
    expect(stderr).toContain('row 1 (line 2), column count: "x"');
    expect(stderr).toContain('row 2 (line 3), column operation: "getItems"');
    expect(stderr).toContain('row 3 (line 4), column id: ".."');
    expect(stderr).toContain('3 faults');
  });

  test('on the same resource keep their order, whatever runs beside them', async () => {
    await using at = await stock();
    const rows = Array.from({ length: 40 }, (_, n) => `updateItem,${n % 4},n${n}`);
    await planned(at, ['operation,id,name', ...rows, ''].join('\n'));
    const { code } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '8');
    expect(code).toBe(0);
    for (let key = 0; key < 4; key += 1) {
      const own = at.writes.filter((line) => line.startsWith(`PUT /items/${key} `));
      expect(own).toEqual(
        Array.from({ length: 10 }, (_, n) => `PUT /items/${key} {"name":"n${n * 4 + key}"}`),
      );
    }
  });

  test('stop at a failure, and can be taken up again by retry', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'bad', 'c'), '--op', 'createItem');
    const apply = ['bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '1'];
    expect((await at.run(...apply)).code).toBe(3);
    expect((await at.results()).map((row) => row['status'])).toEqual([
      'applied',
      'failed',
      'skipped',
    ]);
    const again = await at.run(
      'bulk',
      'retry',
      '--last',
      '--failed',
      '--yes',
      '--on-error',
      'continue',
    );
    expect(again.code).toBe(3);
    expect(at.writes).toEqual(['POST /items {"name":"a"}', 'POST /items {"name":"c"}']);
  });

  test('that a kill cut off are unknown where they may have arrived, and sent once', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'b', 'c', 'd', 'e', 'f'), '--op', 'createItem');
    at.holdFrom = 3;
    const killed = await at.killed(3, 'bulk', 'apply', 'plan.jsonl', '--yes', '--concurrency', '1');
    expect(killed.code).toBeNull();
    at.holdFrom = Infinity;
    const { code } = await at.run('bulk', 'resume', '--last');
    expect(code).toBe(5);
    const statuses = (await at.results()).map((row) => row['status']);
    expect(statuses).toEqual(['applied', 'applied', 'unknown', 'applied', 'applied', 'applied']);
    expect(at.writes).toHaveLength(6);
    expect(new Set(at.writes).size).toBe(6);
  });

  test('that a kill cut off are sent again where that does no harm', async () => {
    await using at = await stock();
    for (const key of ['1', '2', '3']) at.items.set(key, { name: 'old' });
    await planned(at, 'operation,id,name\nupdateItem,1,a\ndeleteItem,2,\nupdateItem,3,c\n');
    at.holdFrom = 2;
    const apply = ['bulk', 'apply', 'plan.jsonl', '--yes', '--destroys', '1', '--concurrency', '1'];
    expect((await at.killed(2, ...apply)).code).toBeNull();
    at.holdFrom = Infinity;
    // Its first deletion has arrived: that it is gone is no failure.
    expect((await at.run('bulk', 'resume', '--last')).code).toBe(0);
    expect((await at.results()).map((row) => row['status'])).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
  });

  test('are compared with what is there, where it can be read', async () => {
    await using at = await stock();
    at.items.set('1', { name: 'old', count: 1 });
    at.items.set('2', { name: 'same', count: 1 });
    await planned(at, 'operation,id,name\nupdateItem,1,new\nupdateItem,2,same\ndeleteItem,2,\n');
    const { stdout, code } = await at.run('bulk', 'preview', 'plan.jsonl');
    expect(code).toBe(0);
    expect(stdout).toContain('row 1: PUT /items/1 change; name: "old" → "new"');
    expect(stdout).toContain('row 2: PUT /items/2 same');
    expect(stdout).toContain('row 3: DELETE /items/2 destroy');
    expect(at.writes).toEqual([]);
  });

  test('are asked for how many they destroy, also where a plan file leaves it out', async () => {
    await using at = await stock();
    at.items.set('1', { name: 'old' });
    await planned(at, 'operation,id\ndeleteItem,1\n');
    const path = join(cli.folder, 'plan.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"destroys":true,', ''));
    const { code, stderr } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--destroys 1')]);
    expect(at.writes).toEqual([]);
  });

  test('are not read from a plan that names what changes nothing', async () => {
    await using at = await stock();
    await planned(at, creations('a'), '--op', 'createItem');
    const path = join(cli.folder, 'plan.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('createItem', 'getItems'));
    const { code, stderr } = await at.run('bulk', 'apply', 'plan.jsonl', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('getItems is not an operation')]);
  });

  test('are not written into a journal that is a link', async () => {
    await using at = await stock();
    await planned(at, creations('a', 'bad'), '--op', 'createItem');
    await at.run('bulk', 'apply', 'plan.jsonl', '--yes', '--dir', 'linked');
    const [run = ''] =
      (await at.run('bulk', 'runs', '--dir', 'linked')).stdout.match(/\d{8}T\S+/) ?? [];
    const journal = join(cli.folder, 'linked', run, 'journal.jsonl');
    await rm(journal);
    await writeFile(join(cli.folder, 'victim'), '');
    await symlink(join(cli.folder, 'victim'), journal);
    const { code } = await at.run('bulk', 'resume', run, '--dir', 'linked');
    expect(code).toBe(1);
    expect(await readFile(join(cli.folder, 'victim'), 'utf8')).toBe('');
  });
});

test('an API without batches has no command for them', async () => {
  const { stdout } = await cli.run(['--help']);
  expect(stdout).toContain('bulk');
  expect(stdout).not.toMatch(/^ +batch /m);
});
