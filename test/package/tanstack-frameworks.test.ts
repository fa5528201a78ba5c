import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';

// The opt-in template `tanstack-query`: its options have no framework in them, so that each framework takes them.

const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://things.example' }]
paths:
  /things:
    get:
      operationId: getThings
      parameters: [{ name: cursor, in: query, schema: { type: string } }]
      responses: { 200: { description: '', content: { application/json: { schema: { type: object, properties: { things: { type: array, items: { $ref: '#/components/schemas/Thing' } }, nextCursor: { type: string } } } } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getThing
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
    put:
      operationId: updateThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 204: { description: '' } }
components:
  schemas:
    Thing: { type: object, required: [id], properties: { id: { type: string } } }
`;

const imports = `
import { createClient } from './client.js';
import { batchMutation, getThingQuery, getThingsInfiniteQuery, getThingsQuery, updateThingMutation } from './tanstack-query.js';

const client = createClient({});
declare function run(names: readonly string[]): PromiseLike<readonly number[]> & AsyncIterable<{ readonly done: number }>;
`;

const vue = `${imports}
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query';

const thing = useQuery(getThingQuery(client, { id: 'a' }));
export const id: string | undefined = thing.data.value?.id;
useQuery({ ...getThingQuery(client, { id: 'a' }), staleTime: 5 });
export const first: string | undefined = useQuery(getThingsQuery(client)).data.value?.items[0]?.id;
export const page: string | undefined = useInfiniteQuery(getThingsInfiniteQuery(client)).data.value?.pages[0]?.items[0]?.id;
useMutation(updateThingMutation(client)).mutate({ id: 'a', body: { id: 'b' } });
useMutation(batchMutation(run, ({ done }) => void done.toFixed())).mutate(['a']);
// @ts-expect-error a thing has no such member
useMutation(updateThingMutation(client)).mutate({ id: 'a', body: { name: 'b' } });
// @ts-expect-error an id is a text
export const wrong: number | undefined = thing.data.value?.id;
`;

const solid = `${imports}
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/solid-query';

const thing = useQuery(() => getThingQuery(client, { id: 'a' }));
export const id: string | undefined = thing.data?.id;
useQuery(() => ({ ...getThingQuery(client, { id: 'a' }), staleTime: 5 }));
export const first: string | undefined = useQuery(() => getThingsQuery(client)).data?.items[0]?.id;
export const page: string | undefined = useInfiniteQuery(() => getThingsInfiniteQuery(client)).data?.pages[0]?.items[0]?.id;
useMutation(() => updateThingMutation(client)).mutate({ id: 'a', body: { id: 'b' } });
useMutation(() => batchMutation(run, ({ done }) => void done.toFixed())).mutate(['a']);
// @ts-expect-error a thing has no such member
useMutation(() => updateThingMutation(client)).mutate({ id: 'a', body: { name: 'b' } });
// @ts-expect-error an id is a text
export const wrong: number | undefined = thing.data?.id;
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-frameworks-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
  const { diagnostics } = await generate({
    input: join(folder, 'openapi.yaml'),
    output: join(folder, 'package'),
    templates: { 'tanstack-query': true },
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await mkdir(join(folder, 'package'), { recursive: true });
  await symlink(`${root}node_modules`, join(folder, 'package/node_modules'), 'junction');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['Vue', vue],
  ['Solid', solid],
])(
  '%s takes the options of queries, pages, mutations and batches',
  { timeout: 120_000 },
  async (name, program) => {
    const file = `src/${name.toLowerCase()}.ts`;
    await writeFile(join(folder, 'package', file), program);
    const errors = await compile(join(folder, 'package'), [file]);
    // The libraries' own declarations are not as strict as ours.
    expect(errors.filter((line) => !line.includes('node_modules/'))).toEqual([]);
  },
);
