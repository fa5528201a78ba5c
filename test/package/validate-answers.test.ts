import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../support/compile.ts';
import { failureOf, loadPackage, schemaTemplates } from './checked-package.ts';

// The option `validate` of a client object, where an operation has several successes.

const json = (schema: string): string => `content: { application/json: { schema: ${schema} } }`;
const object = (name: string, type: string): string =>
  `{ type: object, required: [${name}], properties: { ${name}: { type: ${type} } } }`;

const document = `
openapi: 3.1.0
info: { title: Jobs, version: '1' }
servers: [{ url: 'https://jobs.example' }]
paths:
  /exact:
    post:
      tags: [jobs]
      operationId: exact
      responses:
        200: { description: '', ${json(object('name', 'string'))} }
        201: { description: '', ${json(object('id', 'integer'))} }
        204: { description: '' }
  /range:
    post:
      tags: [jobs]
      operationId: range
      responses:
        2XX: { description: '', ${json(object('id', 'integer'))} }
        202: { description: '', ${json('{ type: string }')} }
  /component:
    post:
      tags: [jobs]
      operationId: component
      responses:
        200: { description: '', ${json("{ $ref: '#/components/schemas/Job' }")} }
        202: { description: '', ${json("{ type: array, items: { $ref: '#/components/schemas/Job' } }")} }
  /types:
    get:
      tags: [jobs]
      operationId: types
      responses:
        200:
          description: ''
          content:
            application/json: { schema: ${object('name', 'string')} }
            application/vnd.jobs.short+json: { schema: ${object('id', 'integer')} }
            text/csv: { schema: { type: string } }
  /stream:
    post:
      tags: [jobs]
      operationId: stream
      responses:
        200:
          description: ''
          content:
            application/json: { schema: ${object('name', 'string')} }
            text/event-stream: { schema: ${object('delta', 'string')} }
components:
  schemas:
    Job: ${object('name', 'string')}
`;

interface Package {
  readonly createJobs: (options: object) => {
    readonly jobs: Readonly<Record<string, (input: object) => PromiseLike<unknown>>>;
  };
  readonly schemas: object;
}
interface Failure {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-answers-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(schemaTemplates)('with %s', (name, module, templates) => {
  const output = (): string => join(folder, name.replace(' ', '-'));
  let loaded: Package;
  beforeAll(async () => {
    const target = { input: join(folder, 'openapi.yaml'), output: output(), templates };
    loaded = await loadPackage({ ...target, name: 'jobs' }, ['index', module]);
  }, 60_000);

  function call(
    operation: string,
    status: number,
    body: unknown,
    type = 'application/json',
  ): PromiseLike<unknown> {
    const headers = { 'Content-Type': type };
    const text = type.includes('json') ? JSON.stringify(body) : String(body);
    const answer =
      status === 204 ? new Response(null, { status }) : new Response(text, { status, headers });
    const fetch = (): Promise<Response> => Promise.resolve(answer);
    const validate = { schemas: loaded.schemas, response: true };
    return loaded.createJobs({ fetch, validate }).jobs[operation]!({});
  }

  test.each([
    ['exact', 200, { name: 'a' }],
    ['exact', 201, { id: 1 }],
    ['range', 200, { id: 1 }],
    ['range', 202, 'soon'],
    ['component', 200, { name: 'a' }],
    ['component', 202, [{ name: 'a' }]],
    ['stream', 200, { name: 'a' }],
  ])('%s takes what the document says of %i', async (operation, status, body) => {
    await expect(call(operation, status, body)).resolves.toEqual(body);
  });

  test.each([
    ['exact', 201, { name: 'a' }, 'answer.id: '],
    ['exact', 200, { id: 1 }, 'answer.name: '],
    ['range', 202, { id: 1 }, 'answer: '],
    ['range', 203, 'soon', 'answer: '],
    ['component', 202, { name: 'a' }, 'answer: '],
    ['component', 200, [{ name: 'a' }], 'answer'],
    ['stream', 200, { delta: 'a' }, 'answer.name: '],
  ])('%s refuses under %i what another answer is', async (operation, status, body, place) => {
    const failure = await failureOf<Failure>(() => call(operation, status, body));
    expect(failure).toMatchObject({ code: 'validation', status });
    expect(failure.message).toContain(`${operation}: ${place}`);
  });

  test('an answer without content is not checked', async () => {
    await expect(call('exact', 204, undefined)).resolves.toBeUndefined();
  });

  const short = 'application/vnd.jobs.short+json';
  test('the media type counts, too', async () => {
    await expect(call('types', 200, { id: 1 }, short)).resolves.toEqual({ id: 1 });
    await expect(call('types', 200, 'a,b', 'text/csv')).resolves.toBe('a,b');
    const failure = await failureOf<Failure>(() => call('types', 200, { name: 'a' }, short));
    expect(failure.message).toContain('answer.id: ');
  });

  test('a stream is read as it comes', async () => {
    const events = await call('stream', 200, 'data: {"name":1}\n\n', 'text/event-stream');
    const seen: unknown[] = [];
    for await (const event of events as AsyncIterable<unknown>) seen.push(event);
    expect(seen).toEqual([{ name: 1 }]);
  });

  test('what is emitted compiles', { timeout: 120_000 }, async () => {
    expect(await compile(output(), ['src'])).toEqual([]);
  });
});
