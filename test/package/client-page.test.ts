import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../support/compile.ts';
import { documentOf, emitted } from '../support/emitted.ts';
import { codeBlocks } from './blocks.ts';

const text = (name: string): object => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'string' } },
});
const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

/** The operations that the page calls. */
const document = documentOf({
  '/reports/{id}': {
    get: {
      operationId: 'getReport',
      tags: ['things'],
      parameters: [id],
      responses: {
        200: { content: { 'application/json': { schema: text('name') }, 'text/csv': {} } },
      },
    },
  },
  '/things/{id}': {
    parameters: [id],
    get: { operationId: 'getThing', tags: ['things'], responses: { 200: json(text('name')) } },
    put: {
      operationId: 'updateThing',
      tags: ['things'],
      requestBody: { required: true, ...json(text('name')) },
      responses: { 200: json(text('name')), 409: json(text('conflict')) },
    },
  },
  '/events': {
    get: {
      operationId: 'getEvents',
      tags: ['things'],
      responses: {
        200: {
          content: {
            'text/event-stream': {
              schema: { type: 'object', properties: { n: { type: 'integer' } } },
            },
          },
        },
      },
    },
  },
  '/users': {
    get: {
      operationId: 'listUsers',
      tags: ['users'],
      parameters: [
        { name: 'limit', in: 'query', schema: { type: 'integer' } },
        { name: 'cursor', in: 'query', schema: { type: 'string' } },
      ],
      responses: {
        200: json({
          type: 'object',
          required: ['users'],
          properties: {
            users: { type: 'array', items: text('name') },
            next_cursor: { type: 'string' },
          },
        }),
      },
    },
  },
});

/** What the page takes for granted: the names that its examples use without declaring them. */
const PRELUDE = `
import { type Client, createExample } from './src/index.js';
export { createExample as createMeraki } from './src/index.js';
export { getEvents, getReport, getThing, updateThing } from './src/things.js';
export declare const client: Client & ReturnType<typeof createExample>;
export declare const options: Parameters<typeof createExample>[0];
export declare const body: { name: string };
export declare const signal: AbortSignal;
type Log = (facts: object, message: string) => void;
export declare const pino: { readonly info: Log; readonly warn: Log; readonly error: Log };
`;

/** What a validator's entry point exports. */
const ZOD = `export declare const schemas: import('./src/index.js').OperationSchemas;`;

/** The part of the library that the page uses, as it declares it. */
const OPENTELEMETRY = `
declare module '@opentelemetry/api' {
  export enum SpanKind { INTERNAL, SERVER, CLIENT }
  export enum SpanStatusCode { UNSET, OK, ERROR }
  export interface Span {
    setAttribute(key: string, value: string | number | boolean): this;
    setStatus(status: { code: SpanStatusCode; message?: string }): this;
    end(): void;
  }
  export interface Tracer {
    startSpan(name: string, options?: {
      kind?: SpanKind;
      attributes?: Record<string, string | number | boolean | undefined>;
    }): Span;
  }
  export const trace: { getTracer(name: string): Tracer };
}
`;

const provided = [...PRELUDE.matchAll(/declare const (\w+)|as (\w+) \}|\{ (get.*) \}/g)].flatMap(
  ([, ...names]) => names.flatMap((list) => list?.split(', ') ?? []),
);

/** A block as a module of its own. */
function moduleOf(block: string): string {
  const isDeclared = (name: string): boolean =>
    new RegExp(String.raw`const (\{[^}]*\b${name}\b|${name}\b)`).test(block);
  const used = provided.filter(
    (name) => new RegExp(String.raw`\b${name}\b`).test(block) && !isDeclared(name),
  );
  return `import { ${used.join(', ')} } from './prelude.js';\n${block.replaceAll("'@acme/meraki'", "'./src/index.js'").replaceAll("'@acme/meraki/zod'", "'./zod.js'")}`;
}

test('every example of docs/client.md compiles', { timeout: 120_000 }, async () => {
  const folder = await emitted(document);
  const blocks = codeBlocks('docs/client.md', 'ts').filter(({ label }) => label === '');
  expect(blocks.length).toBeGreaterThan(5);
  const modules = blocks.map(({ text: block }, index) => [`block${index}.ts`, moduleOf(block)]);
  const files: readonly string[][] = [
    ['prelude.ts', PRELUDE],
    ['zod.ts', ZOD],
    ['opentelemetry.d.ts', OPENTELEMETRY],
    ...modules,
  ];
  await Promise.all(files.map(([name = '', code = '']) => writeFile(join(folder, name), code)));
  const complaints = await compile(
    folder,
    files.map(([name = '']) => name),
  );
  expect(complaints).toEqual([]);
});
