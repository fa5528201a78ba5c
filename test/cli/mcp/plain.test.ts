import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import { install, type Installed } from '../installed.ts';
import { agreeing, dataOf, Model, planOf, runOf } from './model.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const ok = { 200: { description: 'Fine.', content: { 'application/json': { schema: {} } } } };
const item = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, count: { type: 'integer' } },
};
const body = { required: true, content: { 'application/json': { schema: item } } };

/** A document without batches, with further operations for its size. */
function documentOf(operations: number): object {
  const further = Array.from({ length: operations - 4 }, (_, index) => [
    `/parts/${index}`,
    { get: { operationId: `getPart${index}`, tags: ['parts'], summary: 'A part', responses: ok } },
  ]);
  return {
    openapi: '3.0.3',
    info: { title: 'Stock', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    paths: {
      '/items': {
        get: { operationId: 'getItems', tags: ['items'], responses: ok },
        post: { operationId: 'createItem', tags: ['items'], requestBody: body, responses: ok },
      },
      '/items/{id}': {
        parameters: [id],
        put: { operationId: 'updateItem', tags: ['items'], requestBody: body, responses: ok },
        delete: { operationId: 'deleteItem', tags: ['items'], responses: ok },
      },
      ...Object.fromEntries(further),
    },
  };
}

async function installed(operations: number): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-mcp-'));
  try {
    const input = join(folder, 'openapi.json');
    await writeFile(input, JSON.stringify(documentOf(operations)));
    const cli = { output: join(folder, 'cli'), name: 'stock-cli', bin: 'stock' };
    await generate({ input, output: join(folder, 'client'), name: 'stock', cli });
    return await install(join(folder, 'client'), cli.output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A server that keeps what it is sent. */
async function stock(): Promise<
  AsyncDisposable & { readonly baseUrl: string; readonly writes: readonly string[] }
> {
  const writes: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += String(part)));
    request.on('end', () => {
      if (request.method !== 'GET') writes.push(`${request.method} ${request.url} ${text}`.trim());
      const status = text.includes('bad') ? 422 : 200;
      if (text.includes('lost')) return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 200 ? '[{"name":"a"},{"name":"b"}]' : '{"message":"is bad"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    writes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const create = (name: string) => ({ operation: 'createItem', input: { body: { name } } });

describe('an API without batches', { timeout: 120_000 }, () => {
  test('is read, and changed by calls that a person approves', async () => {
    await using cli = await installed(4);
    await using server = await stock();
    const env = { STOCK_BASE_URL: server.baseUrl };
    await using model = await Model.overStdio(cli, {
      args: ['--allow-writes'],
      env,
      person: agreeing,
    });
    expect(dataOf(await model.call('read', { operation: 'getItems' }))).toBe(
      '{"name":"a"}\n{"name":"b"}',
    );
    const changes = [create('a'), { operation: 'deleteItem', input: { id: '../x' } }, create('c')];
    const text = await model.call('plan', { changes });
    expect(text).toContain('3 changes, of which 1 destroy something.');
    expect(dataOf(text)).toContain(`2. deleteItem: DELETE ${server.baseUrl}/items/..%2Fx`);
    expect(server.writes).toEqual([]);
    const applied = await model.call('apply', planOf(text));
    expect(applied).toContain('3 applied');
    expect(server.writes).toEqual([
      'POST /items {"name":"a"}',
      'DELETE /items/..%2Fx',
      'POST /items {"name":"c"}',
    ]);
    const run = runOf(applied);
    const results = join(cli.folder, '.local/state/stock/runs', run, 'results.csv');
    expect(await readFile(results, 'utf8')).toContain('2,applied');
    expect(await model.call('undo', { run })).toContain('takes nothing back');
    expect(await model.call('apply', planOf(text))).toContain('was used before');
  });

  test.each([
    ['stop', 'bad', '1 failed, 1 skipped', 1],
    ['continue', 'bad', '1 failed, 1 applied', 2],
    ['stop', 'lost', '1 unknown, 1 skipped', 1],
  ])('on an error goes on as %s says after %s', async (onError, name, counts, sent) => {
    await using cli = await installed(4);
    await using server = await stock();
    const env = { STOCK_BASE_URL: server.baseUrl };
    await using model = await Model.overStdio(cli, {
      args: ['--allow-writes'],
      env,
      person: agreeing,
    });
    const plan = planOf(
      await model.call('plan', { changes: [create(name), create('c')], onError }),
    );
    expect(await model.call('apply', plan)).toContain(counts);
    expect(server.writes).toHaveLength(sent);
  });

  test('has a list of tools as small with 667 operations', async () => {
    await using cli = await installed(667);
    await using model = await Model.overStdio(cli, { env: {} });
    expect(await model.call('search', { query: 'getPart662' })).toContain('getPart662');
    const { tools } = await model.client.listTools();
    expect(tools).toHaveLength(7);
    expect(countTokens(JSON.stringify({ tools }))).toBeLessThanOrEqual(1_500);
  });
});

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../../generated/${name}`, import.meta.url));

describe.each([
  ['axapi', { AXAPI_SIGNATURE: 'A10 0123456789' }],
  ['journyx', { JOURNYX_SESSION: '0123456789' }],
  ['graph', { GRAPH_TOKEN: '0123456789' }],
])('the API %s', { timeout: 60_000 }, (bin, credentials) => {
  test('is found, described, and sends nothing that is not approved', async () => {
    await using cli = await install(generated(bin), generated(`${bin}-cli`));
    await using server = await stock();
    const env = { [`${bin.toUpperCase()}_BASE_URL`]: server.baseUrl, ...credentials };
    const args = ['--allow-writes', '--wait', '1s'];
    await using model = await Model.overStdio(cli, { args, env });
    const found = dataOf(await model.call('search', { query: 'delete batch' }));
    const line = found
      .split('\n')
      .find((each) => each.includes('DELETE') && each.includes('[batch'));
    const operation = line?.split(':')[0] ?? '';
    const described = dataOf(await model.call('describe', { operation }));
    const names = [...described.matchAll(/^ {2}([\w-]+) \((?:path|query), required\): (\S+)/gm)];
    const input = Object.fromEntries(
      names.map(([, name = '', kind = '']) => [name, kind === 'a' ? 1 : 'x1']),
    );
    const text = await model.call('plan', { changes: [{ operation, input }] });
    expect(text).toContain('1 change, of which 1 destroy something.');
    expect(await model.call('apply', planOf(text))).toContain('Not approved yet');
    expect(server.writes).toEqual([]);
  });
});
