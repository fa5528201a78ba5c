import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect } from 'vitest';
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

export let cli: Installed;

/** Installs the command line of an API without batches, for the tests of a file. */
export function useStock(): void {
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
}

export interface Stock extends AsyncDisposable {
  /** Changes that took effect, in their order. */
  readonly writes: readonly string[];
  readonly items: Map<string, Record<string, unknown>>;
  /** The paths that were read. */
  readonly reads: string[];
  /** What the list of all items answers; nothing, unless it is set. */
  list: (() => unknown) | undefined;
  /** Calls that have arrived are not answered, once as many as this have. */
  holdFrom: number;
  run(...args: readonly string[]): Promise<Ended>;
  runWith(input: string, ...args: readonly string[]): Promise<Ended>;
  /** Kills the command when so many changes have arrived. */
  killed(writes: number, ...args: readonly string[]): Promise<Ended>;
  results(): Promise<readonly Readonly<Record<string, string>>[]>;
}

/** A server with items, and a home for the command line. */
export async function stock(): Promise<Stock> {
  const home = await mkdtemp(join(cli.folder, 'home-'));
  const writes: string[] = [];
  const reads: string[] = [];
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
      if (method === 'GET') reads.push(url);
      if (url === '/items' && method === 'GET' && stockAt.list)
        return answer(response, 200, stockAt.list());
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
    reads,
    list: undefined,
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

export const creations = (...names: readonly string[]): string => `name\n${names.join('\n')}\n`;

export async function planned(at: Stock, csv: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await at.runWith(csv, 'bulk', 'plan', '-', ...args);
  expect([code, stderr]).toEqual([0, expect.stringContaining('nothing was sent')]);
}
