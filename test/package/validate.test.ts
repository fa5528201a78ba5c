import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';

// The option `validate` of a client object: bodies are checked by the schemas of any validator.

const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://things.example' }]
paths:
  /things:
    get:
      tags: [things]
      operationId: getThings
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses: { 200: { description: '', headers: { Link: { schema: { type: string } } }, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    put:
      tags: [things]
      operationId: update-thing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
    patch:
      tags: [things]
      operationId: mergeThing
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 204: { description: '' } }
    post:
      tags: [things]
      operationId: sendThing
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, 202: { description: '', content: { application/json: { schema: { type: string } } } } }
  /photos:
    post:
      tags: [things]
      operationId: sendPhoto
      requestBody: { required: true, content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { 204: { description: '' } }
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 2 }
        size: { type: integer, maximum: 10 }
        password: { type: string, pattern: '^[A-Z]+$' }
        kind: { type: string, enum: [big, small] }
        made: { type: string, format: date-time }
        nested: { type: object, properties: { deep: { type: array, items: { type: integer } } } }
`;

const libraries: readonly (readonly [string, string, Target['templates']])[] = [
  ['zod', 'zod', ['zod']],
  ['zod mini', 'zod', { zod: { mini: true } }],
  ['valibot', 'valibot', ['valibot']],
  ['standard-schema', 'standard-schema', ['standard-schema']],
];

interface Failure {
  readonly code: string;
  readonly operation: string;
  readonly message: string;
  readonly status?: number;
  readonly issues?: readonly { readonly path: readonly unknown[]; readonly message: string }[];
}

type Call = (input: object) => PromiseLike<unknown>;

interface Things {
  readonly createThings: (options: object) => { readonly things: Readonly<Record<string, Call>> };
  readonly schemas: unknown;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-validate-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function emitPackage(name: string, templates: Target['templates']): Promise<string> {
  const output = join(folder, name);
  const input = join(folder, 'openapi.yaml');
  const { diagnostics } = await generate({ input, output, templates });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await symlink(`${root}node_modules`, join(output, 'node_modules'), 'junction');
  return output;
}

const secret = 'hunter2-of-mine';

describe.each(libraries)('with %s', (name, module, templates) => {
  let things: Things;
  const sent: Request[] = [];
  let answer = (): Response => new Response(null, { status: 204 });

  beforeAll(async () => {
    const output = await emitPackage(name.replace(' ', '-'), templates);
    await writeFile(
      join(output, 'src/all.ts'),
      `export * from './index.js'; export { schemas } from './${module}.js';`,
    );
    const outfile = join(output, 'all.mjs');
    const entryPoints = [join(output, 'src/all.ts')];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
    things = await import(pathToFileURL(outfile).href);
  });

  function calls(choice: object, more: object = {}): Readonly<Record<string, Call>> {
    sent.length = 0;
    const fetch = (url: URL, init: RequestInit): Promise<Response> => {
      sent.push(new Request(url, init));
      return Promise.resolve(answer());
    };
    const validate = { schemas: things.schemas, ...choice };
    return things.createThings({ fetch, validate, ...more }).things;
  }

  const failureOf = (call: PromiseLike<unknown>): Promise<Failure> =>
    Promise.resolve(call).then(
      () => Promise.reject(new Error('It did not fail')),
      (error: unknown) => error as Failure,
    );

  const json = (value: unknown, status = 200): (() => Response) => {
    const headers = { 'Content-Type': 'application/json' };
    return () => new Response(JSON.stringify(value), { status, headers });
  };

  test.each([
    ['updateThing', 'update-thing', { id: '1' }],
    ['mergeThing', 'mergeThing', { id: '1' }],
    ['sendThing', 'sendThing', { id: '1' }],
    ['sendPhoto', 'sendPhoto', {}],
  ])('%s does not send a body that its schema refuses', async (call, id, input) => {
    const body = { name: 'ab', nested: { deep: [1, 'x'] } };
    const failure = await failureOf(calls({ request: true })[call]!({ ...input, body }));
    expect(failure).toMatchObject({ code: 'validation', operation: id });
    expect(failure.issues).toEqual([{ path: ['nested', 'deep', 1], message: expect.any(String) }]);
    expect(failure.message).toContain(`${id}: body.nested.deep[1]: `);
    expect(sent).toEqual([]);
  });

  test.each([
    ['password', { name: 'ab', password: secret }],
    ['size', { name: 'ab', size: secret }],
    ['kind', { name: 'ab', kind: secret }],
    ['nested', { name: 'ab', nested: secret }],
  ])('an error names the place %s, and not the value there', async (place, body) => {
    const failure = await failureOf(calls({ request: true })['updateThing']!({ id: '1', body }));
    expect(failure.message).toContain(`body.${place}: `);
    const all = JSON.stringify({ ...failure, message: failure.message });
    expect(all).not.toContain(secret);
  });

  test('a body that fits is sent as it is', async () => {
    answer = json({ name: 'ab' });
    const body = { name: 'ab', more: 1, size: undefined };
    await calls({ request: true })['updateThing']!({ id: '1', body: { name: 'ab', more: 1 } });
    expect(await sent[0]?.json()).toEqual({ name: body.name, more: 1 });
  });

  test('an answer that breaks its schema rejects with status, operation and place', async () => {
    answer = json({ name: 'ab', password: secret });
    const call = calls({ response: true })['updateThing']!({ id: '1', body: { name: 'ab' } });
    const failure = await failureOf(call);
    expect(failure).toMatchObject({ code: 'validation', operation: 'update-thing', status: 200 });
    expect(failure.message).toContain('update-thing: answer.password: ');
    expect(JSON.stringify({ ...failure, message: failure.message })).not.toContain(secret);
    expect(sent).toHaveLength(1);
  });

  test('each page of a listing is checked', async () => {
    answer = json([{ name: 'ab' }, { name: 'a' }]);
    const failure = await failureOf(calls({ response: true })['getThings']!({}));
    expect(failure.message).toContain('getThings: answer[1].name: ');
  });

  test('with `warn` the call succeeds, and the logger gets a line', async () => {
    const lines: string[] = [];
    const quiet = (): void => {};
    const warn = (line: string): void => void lines.push(line);
    const logger = { debug: quiet, info: quiet, warn, error: quiet };
    answer = json({ size: 11 });
    const client = calls({ request: 'warn', response: 'warn' }, { logger });
    await expect(client['updateThing']!({ id: '1', body: { name: 'a' } })).resolves.toEqual({
      size: 11,
    });
    expect(lines).toEqual([
      expect.stringContaining('update-thing: body.name: '),
      expect.stringMatching(/^update-thing: answer\.(name|size): .*; answer\.(name|size): /),
    ]);
  });

  test('an error of the server stays what it is', async () => {
    answer = json({ name: 1 }, 404);
    const failure = await failureOf(
      calls({ response: true })['mergeThing']!({ id: '1', body: { name: 'ab' } }),
    );
    expect(failure).toMatchObject({ code: 'http', status: 404 });
  });

  test('nothing is checked that is not asked for', async () => {
    answer = json({ name: 1 });
    await expect(calls({})['updateThing']!({ id: '1', body: {} })).resolves.toEqual({ name: 1 });
    await expect(
      calls({ request: false, response: false })['updateThing']!({ id: '1', body: {} }),
    ).resolves.toEqual({ name: 1 });
  });

  test('the option has a type', { timeout: 120_000 }, async () => {
    const output = join(folder, name.replace(' ', '-'));
    await mkdir(join(output, 'use'));
    await writeFile(
      join(output, 'use/use.ts'),
      `import { createThings, type Validation } from '../src/index.js';
import { schemas } from '../src/${module}.js';
const validate: Validation = { schemas, request: true, response: 'warn' };
createThings({ validate });
createThings({ validate: undefined });
// @ts-expect-error
createThings({ validate: { schemas, request: 'never' } });
// @ts-expect-error
createThings({ validate: { request: true } });
`,
    );
    expect(await compile(output, ['use'])).toEqual([]);
  });
});

describe('where it is not asked for', () => {
  const bundle = async (output: string, text: string): Promise<string> => {
    const stdin = { contents: text, resolveDir: join(output, 'src'), loader: 'ts' } as const;
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };

  test.each(['zod', 'valibot', 'standard-schema'])(
    'a bundle of the client object or of a call has no byte of %s',
    async (template) => {
      const plain = await emitPackage(`plain-of-${template}`, []);
      const own = await emitPackage(`own-of-${template}`, [template]);
      for (const text of [
        `import { createThings } from './index.js'; console.log(createThings({}));`,
        `import { createClient, updateThing } from './index.js'; console.log(createClient, updateThing);`,
        `import { createClient, sendThing } from './index.js'; console.log(createClient, sendThing);`,
      ])
        expect(await bundle(own, text)).toBe(await bundle(plain, text));
      const client = await bundle(
        own,
        `import { createThings } from './index.js'; console.log(createThings({}));`,
      );
      expect(client).not.toContain('received|got');
    },
  );
});

test('dates and long integers are checked as the client has them', async () => {
  const output = join(folder, 'converted');
  const input = join(folder, 'openapi.yaml');
  await generate({ input, output, templates: ['standard-schema'], dates: 'Date' });
  const contents = `export * from './index.js'; export { schemas } from './standard-schema.js';`;
  const outfile = join(output, 'all.mjs');
  const stdin = { contents, resolveDir: join(output, 'src'), loader: 'ts' } as const;
  await build({ stdin, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
  const { createThings, schemas }: Things = await import(pathToFileURL(outfile).href);
  const made = '2026-01-02T03:04:05Z';
  const headers = { 'Content-Type': 'application/json' };
  const fetch = async (): Promise<Response> =>
    new Response(JSON.stringify({ name: 'ab', made }), { headers });
  const validate = { schemas, request: true, response: true };
  const { updateThing } = createThings({ fetch, validate }).things;
  const body = { name: 'ab', made: new Date(made) };
  await expect(updateThing!({ id: '1', body })).resolves.toEqual(body);
  await expect(updateThing!({ id: '1', body: { ...body, made } })).rejects.toThrow('body.made: ');
});
