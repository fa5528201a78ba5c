import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../support/compile.ts';
import { failureOf, loadPackage } from './checked-package.ts';

// The option `validate` of a client object, and batches of a dialect that wraps requests.

type Build = (input: object) => object;
interface Failure {
  readonly issues?: readonly object[];
}

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'batchwright-checked-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('of a dialect that wraps requests', () => {
  const document = `
openapi: 3.0.3
info: { title: aXAPI, version: '1' }
paths:
  /axapi/v3/batch-post:
    post:
      tags: [batch]
      operationId: batch
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { 200: { description: '' } }
  /axapi/v3/slb/server:
    post:
      tags: [slb]
      operationId: createServer
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [server], properties: { server: { $ref: '#/components/schemas/Server' } } } } } }
      responses: { 200: { description: '', content: { application/json: { schema: { type: object, properties: { server: { $ref: '#/components/schemas/Server' } } } } } } }
  /axapi/v3/slb/server/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
    put:
      tags: [slb]
      operationId: replaceServer
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [server], properties: { server: { $ref: '#/components/schemas/Server' } } } } } }
      responses: { 200: { description: '' } }
components:
  schemas:
    Server:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1 }
        host: { type: string }
        since: { type: string, format: date-time }
        counter: { type: integer, format: int64 }
`;
  interface Axapi {
    readonly createAxapi: (options: object) => { readonly batch: RequestBatch };
    readonly schemas: object;
  }
  interface RequestBatch {
    readonly plan: (items: object) => { readonly actions: readonly object[] };
    readonly slb: Readonly<Record<string, Build>>;
  }
  let axapi: Axapi;
  let batch: RequestBatch;
  const output = (): string => join(folder, 'axapi');

  beforeAll(async () => {
    const input = join(folder, 'axapi.yaml');
    await writeFile(input, document);
    const target = { input, output: output(), dialect: 'axapi', name: '@acme/axapi' };
    const conversions = { dates: 'Date', int64: 'bigint' } as const;
    const templates = ['standard-schema'];
    axapi = await loadPackage({ ...target, ...conversions, templates }, [
      'index',
      'standard-schema',
    ]);
    const options = { baseUrl: 'https://a10.example', signature: 's' };
    const validate = { schemas: axapi.schemas, request: true };
    ({ batch } = axapi.createAxapi({ ...options, validate }));
  }, 60_000);

  test.each([
    ['one element', { server: { name: 1 } }, ['server', 'name']],
    ['a list', { 'server-list': [{ name: 'a' }, { name: 1 }] }, ['server-list', 1, 'name']],
    ['a list without a member', { 'server-list': [{}] }, ['server-list', 0, 'name']],
    ['neither', { host: 'x' }, ['server']],
  ])('the body of a creation is checked where it holds %s', async (_, body, path) => {
    const failure = await failureOf<Failure>(() =>
      batch.plan([batch.slb['createServer']!({ body })]),
    );
    expect(failure.issues).toMatchObject([{ action: 0, path }]);
  });

  test.each([
    ['a date as a text', { name: 'a', since: '2026-01-02T03:04:05Z' }],
    ['a date as a Date', { name: 'a', since: new Date(0) }],
    ['a long integer as a number', { name: 'a', counter: 7 }],
  ])('%s fits, as a batch holds JSON', (_, server) => {
    const replace = batch.slb['replaceServer']!({ name: 'a', body: { server } });
    const create = batch.slb['createServer']!({ body: { 'server-list': [server] } });
    expect(batch.plan([replace, create]).actions).toHaveLength(2);
  });

  test('a text that is no date is refused', async () => {
    const body = { server: { name: 'a', since: 'yesterday' } };
    const failure = await failureOf<Failure>(() =>
      batch.plan([batch.slb['replaceServer']!({ name: 'a', body })]),
    );
    expect(failure.issues).toMatchObject([{ action: 0, path: ['server', 'since'] }]);
  });

  test('what is emitted compiles', { timeout: 120_000 }, async () => {
    expect(await compile(output(), ['src'])).toEqual([]);
  });
});
