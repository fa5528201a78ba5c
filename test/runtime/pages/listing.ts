import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Target } from '../../../generator/config/config.ts';
import { emit } from '../../support/emit.ts';
import { openWire, type Wire } from './wire.ts';

/** What a document says of a listing, as far as its pages depend on it. */
export interface Listing {
  readonly method?: 'get' | 'post';
  readonly path?: string;
  /** Schemas of the parameters of the query by their names; a list is a parameter as it is written. */
  readonly query?: Readonly<Record<string, object>>;
  readonly parameters?: readonly object[];
  /** The schema of the body that is sent. */
  readonly body?: object;
  /** The schema of the answer. */
  readonly answer: object;
  /** An example of the answer. */
  readonly example?: unknown;
  /** The status of the answer; 200 where it is absent. */
  readonly status?: number;
  /** The names of the answer's headers. */
  readonly headers?: readonly string[];
  readonly security?: object;
  /** What the operation says besides. */
  readonly extensions?: object;
  readonly options?: Omit<Target, 'input' | 'output'>;
}

/** A request that came: `GET /v1/things?page=2`, with its body behind it if it has one. */
export type Asked = string;

export interface Reply {
  readonly body: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Walk {
  readonly items: readonly unknown[];
  readonly asked: readonly Asked[];
  readonly error?: unknown;
}

type List = AsyncIterable<unknown> &
  PromiseLike<{ readonly items: readonly unknown[]; readonly next?: string }> & {
    pages?(): AsyncIterable<{ readonly items: readonly unknown[] }>;
    all(options?: { readonly limit?: number }): Promise<unknown[]>;
  };
export type Call = (input?: object, options?: object) => List;

export const thing = { type: 'object', properties: { id: { type: 'string' } } };
export const list = (items: object = thing): object => ({ type: 'array', items });
export const object = (properties: object): object => ({ type: 'object', properties });
export const text = { type: 'string' };
export const integer = { type: 'integer' };
export const flag = { type: 'boolean' };
export const ids = (...names: readonly string[]): readonly object[] => names.map((id) => ({ id }));

const root = fileURLToPath(new URL('../../..', import.meta.url));
let outputs = '';
let count = 0;
let wire: Wire | undefined;

/** To be called once in each file that uses this; `overWire` sends each request to 127.0.0.1. */
export function useListings({ overWire = false }: { readonly overWire?: boolean } = {}): void {
  beforeAll(async () => {
    if (overWire) wire = await openWire();
    outputs = await mkdtemp(join(tmpdir(), 'batchwright-pages-'));
    await cp(join(root, 'templates/runtime'), join(outputs, 'runtime'), { recursive: true });
    await writeFile(join(outputs, 'package.json'), '{ "type": "module" }');
  });
  afterAll(async () => {
    await wire?.[Symbol.asyncDispose]();
    await rm(outputs, { recursive: true, force: true });
  });
}

/** The document's only operation, of a client whose server is a function. */
export async function callOf(
  listing: Listing,
  answer: (asked: URL, request: Request) => Reply | Promise<Reply>,
  client: object = {},
): Promise<{ readonly call: Call; readonly asked: Asked[] }> {
  const { files, diagnostics } = await emit(JSON.stringify(documentOf(listing)), {
    name: 'example',
    ...listing.options,
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  count += 1;
  const folder = join(outputs, String(count));
  for (const [path, source] of files) {
    if (!path.startsWith('src/') || path.startsWith('src/runtime/')) continue;
    const file = join(folder, path);
    const shared = relative(dirname(file), join(outputs, 'runtime'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, source.replaceAll(/(?<= from ')\.\.?\/runtime(?=\/)/g, shared));
  }
  const asked: Asked[] = [];
  const respond = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const sent = request.body ? ` ${await request.clone().text()}` : '';
    asked.push(`${request.method} ${decodeURIComponent(url.pathname + url.search)}${sent}`);
    const { body, status = 200, headers = {} } = await answer(url, request);
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  };
  const { createExample } = await import(pathToFileURL(join(folder, 'src/index.ts')).href);
  const { things } = createExample({
    baseUrl: 'https://api.example.com/v1',
    retry: { attempts: 1 },
    ...client,
    fetch:
      wire?.fetch(respond) ?? ((url: URL, init: RequestInit) => respond(new Request(url, init))),
  });
  return { call: things.listThings, asked };
}

/** All that iterating the listing gives; the answers come in turn, or from a function. */
export async function walk(
  listing: Listing,
  answers: readonly Reply[] | ((asked: URL, request: Request) => Reply | Promise<Reply>),
  input?: object,
  client?: object,
): Promise<Walk> {
  let turn = 0;
  const next = (asked: URL, request: Request): Reply | Promise<Reply> =>
    typeof answers === 'function'
      ? answers(asked, request)
      : (answers[turn++] ?? { status: 400, body: { message: 'There is no such page.' } });
  const { call, asked } = await callOf(listing, next, client);
  const items: unknown[] = [];
  try {
    for await (const item of call(input)) items.push(item);
    return { items, asked };
  } catch (error) {
    return { items, asked, error };
  }
}

/** Whether what is emitted gives a promise of its answer, and no list. */
export async function isPlain(listing: Listing): Promise<boolean> {
  const { call } = await callOf(listing, () => ({ body: null }));
  const result = call({ slug: 'a' });
  await result.then(
    () => {},
    () => {},
  );
  return result.pages === undefined;
}

export function documentOf({
  method = 'get',
  path = '/things',
  query = {},
  parameters = [],
  body,
  answer,
  example,
  status = 200,
  headers = [],
  security,
  extensions = {},
}: Listing): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Example', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    ...(security && {
      security: [{ key: [] }],
      components: { securitySchemes: { key: security } },
    }),
    paths: {
      [path]: {
        [method]: {
          operationId: 'listThings',
          tags: ['things'],
          ...extensions,
          parameters: [
            ...parameters,
            ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
            ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
              name,
              in: 'path',
              required: true,
              schema: text,
            })),
          ],
          ...(body && { requestBody: { content: { 'application/json': { schema: body } } } }),
          responses: {
            [status]: {
              description: '',
              headers: Object.fromEntries(headers.map((name) => [name, { schema: text }])),
              content: {
                'application/json': { schema: answer, ...(example !== undefined && { example }) },
              },
            },
          },
        },
      },
    },
  };
}
