import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { getResponse } from 'msw';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import { compile } from '../support/compile.ts';
import { readFiles } from '../support/emit.ts';
import { root } from './blocks.ts';

// The opt-in template `msw`: handlers that answer as the document says.

const list = (items: string, more = ''): string =>
  `{ type: object, required: [items], properties: { items: { type: array, items: { $ref: '#/components/schemas/${items}' } }${more} } }`;

const json = (schema: string): string => `content: { application/json: { schema: ${schema} } }`;

const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://things.example/v1' }]
paths:
  /things:
    get:
      tags: [things]
      operationId: getThings
      parameters: [{ name: perPage, in: query, schema: { type: integer } }]
      responses: { 200: { description: '', headers: { Link: { schema: { type: string } } }, ${json(`{ type: array, items: { $ref: '#/components/schemas/Thing' } }`)} } }
  /things/mine:
    get:
      tags: [things]
      operationId: getMine
      responses: { 200: { description: '', ${json(`{ const: mine }`)} } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      tags: [things]
      operationId: getThing
      responses:
        200: { description: '', ${json(`{ $ref: '#/components/schemas/Thing' }`)} }
        404: { description: '', ${json(`{ type: object, required: [message], properties: { message: { type: string } } }`)} }
    put:
      tags: [things]
      operationId: updateThing
      requestBody: { ${json(`{ $ref: '#/components/schemas/Thing' }`)} }
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' }, example: { id: '7', name: shown } } } } }
    delete:
      tags: [things]
      operationId: deleteThing
      responses: { 204: { description: '' } }
  /cursors:
    get:
      tags: [pages]
      operationId: getCursors
      parameters: [{ name: cursor, in: query, schema: { type: string } }]
      responses: { 200: { description: '', ${json(list('Thing', ', next_cursor: { type: [string, null] }'))} } }
  /offsets:
    get:
      tags: [pages]
      operationId: getOffsets
      parameters: [{ name: offset, in: query, schema: { type: integer } }, { name: limit, in: query, schema: { type: integer } }]
      responses: { 200: { description: '', ${json(list('Thing', ', total: { type: integer }'))} } }
  /numbers:
    get:
      tags: [pages]
      operationId: getNumbers
      parameters: [{ name: page, in: query, schema: { type: integer } }, { name: per_page, in: query, schema: { type: integer } }]
      responses: { 200: { description: '', ${json(list('Thing', ', total_pages: { type: integer }'))} } }
components:
  schemas:
    Thing:
      type: object
      required: [id, name]
      properties:
        id: { type: string, minLength: 3 }
        name: { type: [string, 'null'] }
        size: { type: integer, minimum: 3, maximum: 9 }
        child: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] }
`;

type Call = (input?: object) => PromiseLike<unknown> & AsyncIterable<unknown>;
type Group = Readonly<Record<string, Call>>;
type Handler = (answer?: unknown, options?: object) => never;

interface Things {
  readonly createThings: (options: object) => { readonly things: Group; readonly pages: Group };
  readonly handlers: (options?: object) => never[];
  readonly mockAnswer: (
    name: string,
    answer?: object,
    options?: object,
  ) => { readonly status: number; readonly body: unknown };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-msw-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function emitPackage(
  name: string,
  input: string,
  target: Partial<Target> = {},
): Promise<string> {
  const output = join(folder, name);
  const { diagnostics } = await generate({ input, output, templates: ['msw'], ...target });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await symlink(`${root}node_modules`, join(output, 'node_modules'), 'junction');
  return output;
}

/** What a package exports at several entry points; the library is the one that the tests have. */
async function load<Module>(output: string, ...modules: readonly string[]): Promise<Module> {
  const contents = modules.map((module) => `export * from './${module}.js';`).join('\n');
  const outfile = join(output, 'all.mjs');
  const stdin = { contents, resolveDir: join(output, 'src'), loader: 'ts' } as const;
  await build({ stdin, outfile, bundle: true, format: 'esm', packages: 'external' });
  return import(pathToFileURL(outfile).href);
}

/** The handlers in use. They are asked directly: the library's own servers need a newer Node. */
let handlers: never[] = [];

function use(...given: never[]): void {
  handlers = given;
}

/** The `fetch` of a network on which there is nothing but the handlers. */
async function mocked(url: URL, init: RequestInit): Promise<Response> {
  const response = await getResponse(handlers, new Request(url, init));
  if (!response || response.type === 'error') throw new TypeError('fetch failed');
  return response;
}

async function collected(listing: AsyncIterable<unknown>): Promise<readonly { id: string }[]> {
  const all: { id: string }[] = [];
  for await (const item of listing) all.push(item as { id: string });
  return all;
}

describe('a handler', () => {
  let module: Things & Readonly<Record<string, Handler>>;
  let client: ReturnType<Things['createThings']>;

  beforeAll(async () => {
    const output = await emitPackage('things', join(folder, 'openapi.yaml'));
    module = await load(output, 'index', 'msw');
    client = module.createThings({ fetch: mocked });
  });

  test('answers with data of the schema, the same each time', async () => {
    use(module['getThingHandler']!());
    const first = await client.things['getThing']!({ id: '1' });
    expect(first).toMatchObject({ id: expect.any(String), name: expect.any(String) });
    expect(await client.things['getThing']!({ id: '1' })).toEqual(first);
    expect(module.mockAnswer('getThing').body).toEqual(first);
  });

  test('answers otherwise with another seed', () => {
    const [one, two] = [1, 2].map((seed) => module.mockAnswer('getThing', {}, { seed }).body);
    expect(one).not.toEqual(two);
  });

  test('has nulls where they are asked for alone', () => {
    expect(JSON.stringify(module.mockAnswer('getThing').body)).not.toContain('null');
    expect(module.mockAnswer('getThing', {}, { nulls: true }).body).toMatchObject({
      name: null,
      child: null,
    });
  });

  test('shows the example of the document', async () => {
    use(module['updateThingHandler']!());
    const body = { id: '123', name: 'x' };
    await expect(client.things['updateThing']!({ id: '1', body })).resolves.not.toEqual(body);
    // Its id is shorter than the schema allows, so that this one is made up.
    expect(module.mockAnswer('updateThing').body).not.toMatchObject({ name: 'shown' });
  });

  test('answers with the status that is told', async () => {
    use(module['getThingHandler']!({ status: 404 }));
    const error = await Promise.resolve(client.things['getThing']!({ id: '1' })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ status: 404, body: { message: expect.any(String) } });
  });

  test('answers with what is told, member by member', async () => {
    use(module['getThingHandler']!({ body: { name: 'mine', child: { size: 5 } } }));
    await expect(client.things['getThing']!({ id: '1' })).resolves.toMatchObject({
      id: expect.any(String),
      name: 'mine',
      child: { size: 5, id: expect.any(String) },
    });
  });

  test.each([
    ['things', 'getThings'],
    ['pages', 'getCursors'],
    ['pages', 'getOffsets'],
    ['pages', 'getNumbers'],
  ] as const)('lists in %s.%s what is told, or nothing', async (group, name) => {
    const items = ['aaa', 'bbb', 'ccc'].map((id) => ({ id, name: id }));
    for (const told of [[], items.slice(0, 1), items]) {
      use(module[`${name}Handler`]!({ items: told }));
      expect(await collected(client[group][name]!())).toEqual(told);
    }
  });

  test('answers with what a function gives for a request', async () => {
    const answer = async (request: Request): Promise<object> => ({
      body: { name: new URL(request.url).pathname },
    });
    use(module['getThingHandler']!(answer));
    await expect(client.things['getThing']!({ id: 'a b' })).resolves.toMatchObject({
      name: '/v1/things/a%20b',
    });
  });

  test('answers without content where there is none', async () => {
    use(module['deleteThingHandler']!());
    await expect(client.things['deleteThing']!({ id: '1' })).resolves.toBeUndefined();
  });

  test.each([
    ['getThings', 'things'],
    ['getCursors', 'pages'],
    ['getOffsets', 'pages'],
    ['getNumbers', 'pages'],
  ] as const)('leads from page to page: %s', async (name, group) => {
    use(module[`${name}Handler`]!());
    const all = await collected(client[group][name]!({}));
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    const items = Array.from({ length: 7 }, (_, at) => ({ id: `id-${at}`, name: 'x' }));
    use(module[`${name}Handler`]!({ items }, { pageSize: 3 }));
    expect(await collected(client[group][name]!({}))).toEqual(items);
  });

  test('of a fixed path goes before one that has a parameter there', async () => {
    use(...module.handlers());
    await expect(client.things['getMine']!()).resolves.toBe('mine');
    await expect(client.things['getThing']!({ id: '1' })).resolves.toHaveProperty('id');
  });

  test('takes requests to the API alone, wherever it is said to live', async () => {
    use(module['getThingHandler']!(undefined, { baseUrl: 'https://elsewhere.example/api' }));
    const away = module.createThings({
      baseUrl: 'https://elsewhere.example/api',
      fetch: mocked,
    });
    await expect(away.things['getThing']!({ id: '1' })).resolves.toHaveProperty('id');
    const home = module.createThings({ fetch: mocked, retry: { attempts: 1 } });
    await expect(Promise.resolve(home.things['getThing']!({ id: '1' }))).rejects.toThrow();
  });
});

test('what is told has the types of the document', { timeout: 120_000 }, async () => {
  const output = await emitPackage('typed', join(folder, 'openapi.yaml'));
  await writeFile(
    join(output, 'src/use.ts'),
    `import { getThingHandler, getThingsHandler, handlers, mockAnswer } from './msw.js';
getThingHandler();
getThingHandler({ body: { size: 4, child: { name: 'x' } } }, { seed: 3, nulls: true });
getThingHandler({ status: 404, body: { message: 'gone' } });
getThingHandler(async (request) => ({ body: { name: request.url } }));
getThingsHandler({ items: [{ id: '1', name: null }] });
handlers({ seed: 'a' });
mockAnswer('getThing', { status: 404 });
// @ts-expect-error
getThingHandler({ body: { size: 'big' } });
// @ts-expect-error
getThingHandler({ status: 404, body: { size: 4 } });
// @ts-expect-error
getThingHandler({ status: 500 });
// @ts-expect-error
mockAnswer('getNothing');
`,
  );
  expect(await compile(output, ['src'])).toEqual([]);
});

test('the template has no privilege: passed as one of a user’s, it prints the same', async () => {
  const { template } = await import('../../templates/opt-in/msw.ts');
  const input = join(folder, 'openapi.yaml');
  const own = await emitPackage('own', input, { templates: [template] });
  const named = await emitPackage('named', input);
  const [mine, theirs] = await Promise.all(
    [own, named].map((path) => readFiles(join(path, 'src'))),
  );
  expect(
    [...mine!.keys()].filter((path) => path.startsWith('runtime/mock/')).length,
  ).toBeGreaterThan(5);
  expect(mine!.get('msw.ts')).toBe(theirs!.get('msw.ts'));
});
