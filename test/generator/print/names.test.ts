import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Project } from 'ts-morph';
import { afterAll, describe, expect, test } from 'vitest';
import { camelCase, moduleNames, pascalCase, reservedWords } from '../../../generator/ir/names.ts';
import { compile } from '../../support/compile.ts';
import { runtimeTexts } from '../../support/runtime-texts.ts';
import { print } from '../../support/stages.ts';

const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
/** The names that a module's text exports. */
function exportsOf(text: string): readonly string[] {
  const source = project.createSourceFile('module.ts', text, { overwrite: true });
  return [...source.getExportedDeclarations().keys()];
}

const runtimeNames = [...new Set([...runtimeTexts.values()].flatMap(exportsOf))];

/** What a module of the output, or of somebody's project, may take for a global. */
const globalNames = `
  Array AsyncIterable Awaited Blob Boolean Date Error Exclude Extract FormData Function Headers
  Infinity Iterable JSON Map Math NaN Number Object Omit Partial Pick Promise Readonly Record
  RegExp Request Required Response ReturnType Set String Symbol URL URLSearchParams Uint8Array
  console constructor crypto escape fetch fileURLToPath global module name process prototype
  queueMicrotask require self setTimeout structuredClone toString valueOf window
`
  .trim()
  .split(/\s+/);

/** What modules of the output call their own variables, parameters and functions. */
const localNames = `
  options input client credentials dialect createBatch createExample createClient Example
  ExampleOptions Batch BatchOf create index types batch node servers Timeouts reserved cookies
`
  .trim()
  .split(/\s+/);

/** Each once, however it is written. */
const names = [
  ...new Map(
    [...runtimeNames, ...globalNames, ...localNames].map((name) => [name.toLowerCase(), name]),
  ).values(),
];

/** A document in which each of these is the name of an operation, a schema and parameters. */
function documentOf(list: readonly string[], tagOf: (name: string) => string): object {
  const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
  const query = (name: string, more: object): object => ({
    name,
    in: 'query',
    schema: { type: 'array', items: { type: 'string' } },
    ...more,
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Example', version: '1.0.0' },
    servers: [{ url: 'https://example.com' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      list.map((name, index) => [
        `/things${index}/{${name}}`,
        {
          post: {
            operationId: name,
            tags: [tagOf(name)],
            parameters: [
              { name, in: 'path', required: true, style: 'matrix', schema: { type: 'string' } },
              query(name, { style: 'pipeDelimited', explode: false }),
              query(`${name}2`, { allowReserved: true, explode: false }),
              query(`${name}3`, {
                content: { 'application/json': { schema: {} } },
                schema: undefined,
              }),
              { name, in: 'header', schema: { type: 'array', items: { type: 'string' } } },
              { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } },
            ],
            requestBody: json({ $ref: `#/components/schemas/${name}` }),
            responses: {
              200: { description: '', ...json({ $ref: `#/components/schemas/${name}` }) },
            },
          },
          get: {
            operationId: `list-${name}`,
            tags: [tagOf(name)],
            parameters: [
              { name, in: 'path', required: true, schema: { type: 'string' } },
              { name: 'cursor', in: 'query', schema: { type: 'string' } },
              { name: 'c', in: 'cookie', schema: { type: 'string' } },
            ],
            responses: {
              200: {
                description: '',
                ...json({
                  type: 'object',
                  properties: {
                    items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
                    nextCursor: { type: 'string' },
                  },
                }),
              },
            },
          },
        },
      ]),
    ),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(
        list.map((name) => [
          name,
          {
            type: 'object',
            properties: {
              file: { type: 'string', format: 'binary' },
              labels: { type: 'object', additionalProperties: { type: 'string' } },
              next: { $ref: `#/components/schemas/${name}` },
            },
          },
        ]),
      ),
    },
    'x-batchable-actions': list.map((name, index) => ({
      group: name,
      summary: name,
      resource: `/things${index}/{id}`,
      operation: 'create',
    })),
  };
}

const folder = await mkdtemp(join(tmpdir(), 'batchwright-names-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function emitted(
  document: object,
  dialect: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { files, diagnostics } = await print(document, { dialect });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(files.map(({ path, text }) => [path, text]));
}

async function write(name: string, files: ReadonlyMap<string, string>): Promise<string> {
  const root = join(folder, name);
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

const layouts = [
  { title: 'one group', tagOf: () => 'all' },
  { title: 'a group each', tagOf: (name: string) => name },
];

for (const { title, tagOf } of layouts)
  for (const dialect of ['meraki', 'graph'])
    describe(`names that the output has itself, in ${title}, for ${dialect}`, async () => {
      const files = await emitted(documentOf(names, tagOf), dialect);

      test('compile', { timeout: 300_000 }, async () => {
        const root = await write(`${dialect}-${title}`.replaceAll(' ', '-'), files);
        await writeFile(join(root, 'package.json'), '{"type":"module"}');
        expect(await compile(root, ['src'])).toEqual([]);
      });

      test('stay as they are, in their modules and at the entry point', () => {
        const types = exportsOf(files.get('src/types.ts') ?? '');
        expect(types).toEqual(expect.arrayContaining(names.map(pascalCase)));
        const entry = files.get('src/index.ts') ?? '';
        const operations = names.map(camelCase).filter((name) => !reservedWords.includes(name));
        const modules = [...entry.matchAll(/^export \* from '\.\/(\w+)\.js';$/gm)];
        const functions = modules.flatMap(([, name]) =>
          exportsOf(files.get(`src/${name}.ts`) ?? ''),
        );
        expect(functions).toEqual(expect.arrayContaining(operations));
        for (const group of new Set(names.map((name) => camelCase(tagOf(name)))))
          if (!moduleNames.includes(group)) expect(files.has(`src/${group}.ts`)).toBe(true);
      });
    });
