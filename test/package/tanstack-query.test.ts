import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  MutationObserver,
  QueryClient,
  QueryClientProvider,
  skipToken,
} from '@tanstack/react-query';
import { build } from 'esbuild';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';

// The opt-in template `tanstack-query`: what its options do in a real query client.

// Names of operations and types that the modules use themselves are among these.
const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://things.example' }]
paths:
  /things:
    get:
      operationId: getThings
      parameters: [{ name: cursor, in: query, schema: { type: string } }]
      responses:
        200:
          description: ''
          content:
            application/json:
              schema:
                type: object
                properties:
                  things: { type: array, items: { $ref: '#/components/schemas/Thing' } }
                  nextCursor: { type: string }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getThing
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
    put:
      operationId: updateThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 204: { description: '' } }
  /restart:
    post:
      operationId: restart
      requestBody: { content: { application/json: { schema: { type: object, properties: { now: { type: boolean } } } } } }
      responses: { 200: { description: '', content: { application/json: { schema: { type: string } } } } }
  /query:
    get: { operationId: query, responses: { 204: { description: '' } } }
  /result:
    get: { operationId: Result, responses: { 204: { description: '' } } }
  /client:
    get: { operationId: client, responses: { 204: { description: '' } } }
components:
  schemas:
    Thing: { type: object, required: [id], properties: { id: { type: string } } }
    Query: { type: string }
`;

/** A program that uses what is emitted, with the types that people rely on. */
const consumer = `
import { QueryClient, skipToken, useQuery, useInfiniteQuery } from '@tanstack/react-query';
import { createClient } from './client.js';
import { getThingQuery, getThingsInfiniteQuery, restartMutation, updateThingMutation } from './tanstack-query.js';
import { useGetThing, useGetThingsPages, useRestart, useUpdateThing } from './react-query.js';

const client = createClient({});
const queries = new QueryClient();
export const thing: Promise<string> = queries.fetchQuery(getThingQuery(client, { id: 'a' })).then(({ id }) => id);
export const pages: Promise<string | undefined> = queries.fetchInfiniteQuery(getThingsInfiniteQuery(client)).then(({ pages }) => pages[0]?.items[0]?.id);
export function Component(): string {
  const own: string | undefined = useGetThing({ id: 'a' }, { staleTime: 5, enabled: false }).data?.id;
  const plain: string | undefined = useQuery({ ...getThingQuery(client, { id: 'a' }), select: ({ id }) => id }).data;
  const all: readonly string[] | undefined = useGetThingsPages({}, { maxPages: 3 }).data?.pages.flatMap(({ items }) => items.map(({ id }) => id));
  const selected: number | undefined = useGetThing({ id: 'a' }, { select: ({ id }) => id.length }).data;
  const known: { readonly id: string } | undefined = undefined;
  const later: string | undefined = useGetThing(known ?? skipToken).data?.id;
  const ids: readonly string[] | undefined = useGetThingsPages(skipToken, { select: ({ pages }) => pages.flatMap(({ items }) => items.map(({ id }) => id)) }).data;
  // @ts-expect-error an id is a text
  useGetThing({ id: 'a' }, { select: ({ id }) => id.length }).data satisfies string | undefined;
  const infinite: string | undefined = useInfiniteQuery(getThingsInfiniteQuery(client)).data?.pages[0]?.items[0]?.id;
  useUpdateThing({ onSuccess: (_, { body }) => void body.id.length }).mutate({ id: 'a', body: { id: 'b' } });
  useRestart().mutate();
  // @ts-expect-error a thing has no such member
  useUpdateThing().mutate({ id: 'a', body: { name: 'b' } });
  return [own, plain, selected, later, infinite, ...(ids ?? []), ...(all ?? [])].join('');
}
restartMutation(client).mutationKey satisfies readonly [string];
updateThingMutation(client).mutationKey satisfies readonly [string];
`;

let folder: string;
type Options = (client: unknown, input?: unknown) => never;
let emitted: Readonly<Record<string, Options>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-tanstack-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
  const { diagnostics } = await generate({
    input: join(folder, 'openapi.yaml'),
    output: join(folder, 'package'),
    templates: ['tanstack-query'],
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await mkdir(join(folder, 'package/node_modules/@types'), { recursive: true });
  await mkdir(join(folder, 'package/node_modules/@tanstack'));
  for (const name of ['react', '@types/react', '@tanstack/react-query', '@tanstack/query-core'])
    await symlink(`${root}node_modules/${name}`, join(folder, 'package/node_modules', name));
  await build({
    entryPoints: [join(folder, 'package/src/tanstack-query.ts')],
    outfile: join(folder, 'built.mjs'),
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
  });
  emitted = await import(pathToFileURL(join(folder, 'built.mjs')).href);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A client that answers by URL, and remembers what it was asked for. */
async function clientOf(
  answers: Readonly<Record<string, unknown>>,
): Promise<{ readonly client: unknown; readonly asked: string[] }> {
  const asked: string[] = [];
  await build({
    entryPoints: [join(folder, 'package/src/client.ts')],
    outfile: join(folder, 'client.mjs'),
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
  });
  const { createClient } = await import(pathToFileURL(join(folder, 'client.mjs')).href);
  const client = createClient({
    fetch: async (url: string | URL, { method = 'GET' }: RequestInit = {}) => {
      const { pathname, search } = new URL(url);
      asked.push(`${method} ${pathname}${search}`);
      const answer = answers[`${pathname}${search}`];
      return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
    },
  });
  return { client, asked };
}

const own = { defaultOptions: { queries: { retry: false } } } as const;

test('what is emitted compiles, and gives programs the types that they rely on', async () => {
  await writeFile(join(folder, 'package/src/consumer.tsx'), consumer);
  expect(await compile(join(folder, 'package'), ['src'])).toEqual([]);
});

test('a query gives the result of the call, and is kept under the name and the input', async () => {
  const { client, asked } = await clientOf({ '/things/a': { id: 'a' } });
  const queries = new QueryClient(own);
  expect(await queries.fetchQuery(emitted['getThingQuery']!(client, { id: 'a' }))).toEqual({
    id: 'a',
  });
  expect(queries.getQueryData(['getThing', { id: 'a' }])).toEqual({ id: 'a' });
  expect(asked).toEqual(['GET /things/a']);
});

test('an infinite query goes on where its last page ended', async () => {
  const { client, asked } = await clientOf({
    '/things': { things: [{ id: 'a' }], nextCursor: 'two' },
    '/things?cursor=two': { things: [{ id: 'b' }] },
  });
  const queries = new QueryClient(own);
  const query: object = emitted['getThingsInfiniteQuery']!(client, {});
  const { pages } = await queries.fetchInfiniteQuery({ ...query, pages: 5 } as never);
  expect(pages).toEqual([
    { items: [{ id: 'a' }], next: 'two' },
    { items: [{ id: 'b' }], next: undefined },
  ]);
  expect(asked).toEqual(['GET /things', 'GET /things?cursor=two']);
});

test('a query that is called off calls off its request', async () => {
  const queries = new QueryClient(own);
  let signal: AbortSignal | undefined;
  const client = {
    request: (_: unknown, options: { readonly signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        ({ signal } = options);
        signal.addEventListener('abort', () => reject(new Error('called off')));
      }),
  };
  const query: { readonly queryKey: readonly unknown[] } = emitted['getThingQuery']!(client, {
    id: 'a',
  });
  const pending = queries.fetchQuery(query as never);
  await expect.poll(() => signal).toBeDefined();
  await queries.cancelQueries({ queryKey: query.queryKey });
  await expect(pending).rejects.toThrow();
  expect(signal?.aborted).toBe(true);
});

test.each([
  ['useGetThing', { id: 'a' }, 'fetching'],
  ['useGetThing', skipToken, 'idle'],
  ['useGetThings', skipToken, 'idle'],
  ['useGetThingsPages', {}, 'fetching'],
  ['useGetThingsPages', skipToken, 'idle'],
])('%s of %o is %s', async (hook, input, expected) => {
  const outfile = join(folder, 'react.mjs');
  const entryPoints = [join(folder, 'package/src/react-query.ts')];
  const external = ['react', '@tanstack/react-query'];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', external, logLevel: 'silent' });
  await symlink(`${root}node_modules`, join(folder, 'node_modules'), 'junction').catch(() => {});
  const hooks = await import(pathToFileURL(outfile).href);
  const Shown = (): string => hooks[hook](input).fetchStatus;
  const { client } = await clientOf({});
  const provided = createElement(
    hooks.ClientContext.Provider,
    { value: client },
    createElement(Shown),
  );
  const queries = new QueryClient(own);
  expect(renderToString(createElement(QueryClientProvider, { client: queries }, provided))).toBe(
    expected,
  );
});

test('a mutation sends its input, also where it needs none', async () => {
  const { client, asked } = await clientOf({ '/restart': 'done' });
  const queries = new QueryClient(own);
  const update = new MutationObserver(queries, emitted['updateThingMutation']!(client));
  await update.mutate({ id: 'a', body: { id: 'b' } } as never);
  const restart = new MutationObserver(queries, emitted['restartMutation']!(client));
  expect(await restart.mutate()).toBe('done');
  expect(asked).toEqual(['PUT /things/a', 'POST /restart']);
});

test('a mutation of batches shows the progress, and gives the outcomes', async () => {
  const shown: unknown[] = [];
  const running = Object.assign(Promise.resolve('outcomes'), {
    async *[Symbol.asyncIterator]() {
      yield* [1, 2];
    },
  });
  const make = emitted['batchMutation'] as unknown as (
    run: (input: unknown) => unknown,
    show: (progress: unknown) => void,
  ) => { readonly mutationFn: (input: unknown) => Promise<unknown> };
  const { mutationFn } = make(
    () => running,
    (progress) => shown.push(progress),
  );
  expect(await mutationFn([])).toBe('outcomes');
  expect(shown).toEqual([1, 2]);
});
