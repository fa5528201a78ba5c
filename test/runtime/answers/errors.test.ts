import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { compile } from '../../support/compile.ts';
import { answer, documentOf, emitted, fetchOf, moduleOf } from '../../support/emitted.ts';

const content = (schema: object, type = 'application/json'): object => ({
  content: { [type]: { schema } },
});
const text = (name: string): object => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'string' } },
});

const document = documentOf({
  '/things/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    put: {
      operationId: 'updateThing',
      tags: ['things'],
      responses: {
        200: {
          ...content(text('name')),
          headers: {
            ETag: { required: true, schema: { type: 'string' } },
            'X-Cache': { schema: { type: 'string', enum: ['hit', 'miss'] } },
          },
        },
        202: content(text('job')),
        409: content(text('conflict')),
        '4XX': content(text('reason')),
        default: content(text('title'), 'application/problem+json'),
      },
    },
    head: {
      operationId: 'hasThing',
      tags: ['things'],
      responses: { 200: { headers: { ETag: { schema: { type: 'string' } } } } },
    },
    post: {
      operationId: 'exportThing',
      tags: ['things'],
      responses: {
        200: {
          content: {
            'application/json': { schema: text('name') },
            'text/csv': {},
            'application/pdf': {},
          },
        },
      },
    },
    get: { operationId: 'getThing', tags: ['things'], responses: { 200: content(text('name')) } },
    delete: {
      operationId: 'deleteThing',
      tags: ['things'],
      responses: { 204: {}, 409: content(text('locked')) },
    },
  },
});

const folder = emitted(document);

describe('an error is narrowed by its operation and status', () => {
  async function failed(
    status: number,
  ): Promise<{ readonly error: unknown; readonly bound: unknown }> {
    const { createClient } = await moduleOf(await folder, 'client.ts');
    const { createExample } = await moduleOf(await folder, 'index.ts');
    const { updateThing } = await moduleOf(await folder, 'things.ts');
    const { fetch } = fetchOf(answer(status, 'application/json', '{"conflict":"a"}'));
    const settings = { fetch, retry: { attempts: 1 } };
    const caught = async (call: Promise<unknown>): Promise<unknown> =>
      call.then(
        () => undefined,
        (error: unknown) => error,
      );
    return {
      error: await caught(updateThing(createClient(settings), { id: 1 })),
      bound: await caught(createExample(settings).things.updateThing({ id: 1 })),
    };
  }

  test('both must fit', async () => {
    const { isApiError } = await moduleOf(await folder, 'runtime/answers/is-api-error.ts');
    const { updateThing, deleteThing } = await moduleOf(await folder, 'things.ts');
    const { createExample } = await moduleOf(await folder, 'index.ts');
    const { things } = createExample({});
    for (const error of Object.values(await failed(409))) {
      expect(isApiError(error)).toBe(true);
      expect(isApiError(error, 409)).toBe(true);
      expect(isApiError(error, 404)).toBe(false);
      expect(isApiError(error, updateThing)).toBe(true);
      expect(isApiError(error, updateThing, 409)).toBe(true);
      expect(isApiError(error, updateThing, 404)).toBe(false);
      expect(isApiError(error, deleteThing)).toBe(false);
      expect(isApiError(error, deleteThing, 409)).toBe(false);
      expect(isApiError(error, things.updateThing, 409)).toBe(true);
      expect(isApiError(error, things.deleteThing, 409)).toBe(false);
    }
  });

  test('nothing else is an error of an operation', async () => {
    const { isApiError } = await moduleOf(await folder, 'runtime/answers/is-api-error.ts');
    const { updateThing } = await moduleOf(await folder, 'things.ts');
    for (const other of [undefined, null, 'x', new Error('x'), { status: 409 }])
      expect(isApiError(other, updateThing, 409)).toBe(false);
  });

  test(
    'the types are those of the document, and mistakes are found',
    { timeout: 60_000 },
    async () => {
      await writeFile(
        join(await folder, 'src', 'consumer.ts'),
        `import { createExample } from './index.js';
import { isApiError } from './runtime/answers/is-api-error.js';
import { withResponse } from './runtime/answers/with-response.js';
import { deleteThing, exportThing, getThing, hasThing, updateThing } from './things.js';

const { client, things } = createExample({});
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

export async function use(error: unknown): Promise<void> {
  if (isApiError(error, updateThing, 409)) same<string, typeof error.body.conflict>(true);
  if (isApiError(error, things.updateThing, 409)) same<409, typeof error.status>(true);
  if (isApiError(error, updateThing, 404)) same<string, typeof error.body.reason>(true);
  if (isApiError(error, updateThing, 500)) same<string, typeof error.body.title>(true);
  if (isApiError(error, deleteThing, 409)) same<string, typeof error.body.locked>(true);
  if (isApiError(error, deleteThing, 404)) same<unknown, typeof error.body>(true);
  if (isApiError(error, 404)) same<404, typeof error.status>(true);
  if (isApiError(error, deleteThing) && error.status === 409) same<string, typeof error.body.locked>(true);
  // @ts-expect-error -- 409 has no reason
  if (isApiError(error, updateThing, 409)) error.body.reason;
  // @ts-expect-error -- the document declares no errors of it
  isApiError(error, getThing, 404);

  const answer = await withResponse(updateThing)(client, { id: 1 });
  if (answer.status === 200) {
    same<string, typeof answer.body.name>(true);
    same<string, ReturnType<typeof answer.headers.get<'ETag'>>>(true);
    const cache: 'hit' | 'miss' | null = answer.headers.get('X-Cache');
    const other: string | null = answer.headers.get('Date');
    void [cache, other];
  } else same<string, typeof answer.body.job>(true);
  const plain = await withResponse(getThing)(client, { id: 1 });
  same<string, typeof plain.body.name>(true);
  same<number, typeof plain.status>(true);
  const head = await withResponse(hasThing)(client, { id: 1 });
  const tag: string | null = head.headers.get('ETag');
  void tag;
  same<string, Awaited<ReturnType<typeof getThing>>['name']>(true);
  const json = await exportThing(client, { id: 1 });
  same<string, typeof json.name>(true);
  const csv = await exportThing(client, { id: 1 }, { accept: 'text/csv' });
  same<string, typeof csv>(true);
  const pdf = await things.exportThing({ id: 1 }, { accept: 'application/pdf', timeout: 1 });
  same<Blob, typeof pdf>(true);
  const bound = await things.exportThing({ id: 1 });
  same<string, typeof bound.name>(true);
  // @ts-expect-error -- the document does not offer it
  await exportThing(client, { id: 1 }, { accept: 'text/html' });
  // @ts-expect-error -- the id is a number
  await withResponse(getThing)(client, { id: 'a' });
}
`,
      );
      for (const compiler of ['typescript', 'typescript-5.9'] as const)
        expect(await compile(await folder, ['src/consumer.ts'], compiler)).toEqual([]);
    },
  );
});

describe('status and headers come beside the body', () => {
  test.each([
    [200, '{"name":"a"}', { name: 'a' }],
    [202, '{"job":"b"}', { job: 'b' }],
    [204, null, undefined],
  ])('%i', async (status, body, expected) => {
    const { createClient } = await moduleOf(await folder, 'client.ts');
    const { withResponse } = await moduleOf(await folder, 'runtime/answers/with-response.ts');
    const { updateThing } = await moduleOf(await folder, 'things.ts');
    const { fetch } = fetchOf(answer(status, 'application/json', body, { ETag: '"7"' }));
    const response = await withResponse(updateThing)(createClient({ fetch }), { id: 1 });
    expect(response).toMatchObject({ status, body: expected });
    expect(response.headers.get('ETag')).toBe('"7"');
  });

  test('of a HEAD, too', async () => {
    const { createClient } = await moduleOf(await folder, 'client.ts');
    const { withResponse } = await moduleOf(await folder, 'runtime/answers/with-response.ts');
    const { hasThing } = await moduleOf(await folder, 'things.ts');
    const { fetch } = fetchOf(answer(200, 'application/json', null, { ETag: '"7"' }));
    const { status, headers, body } = await withResponse(hasThing)(createClient({ fetch }), {
      id: 1,
    });
    expect([status, headers.get('ETag'), body]).toEqual([200, '"7"', undefined]);
  });

  test('an error is thrown as ever', async () => {
    const { createClient } = await moduleOf(await folder, 'client.ts');
    const { withResponse } = await moduleOf(await folder, 'runtime/answers/with-response.ts');
    const { updateThing } = await moduleOf(await folder, 'things.ts');
    const { fetch } = fetchOf(answer(409, 'application/json', '{"conflict":"a"}'));
    const call = withResponse(updateThing)(createClient({ fetch }), { id: 1 });
    await expect(call).rejects.toMatchObject({ status: 409, body: { conflict: 'a' } });
  });
});

describe('messages read well', () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      'FastAPI',
      { detail: [{ loc: ['body', 'genre'], msg: 'Field required', type: 'missing' }] },
      ['body.genre: Field required'],
    ],
    [
      'FastAPI, in a list',
      {
        detail: [
          { loc: ['body', 'tags', 0], msg: 'Too long' },
          { loc: ['query', 'n'], msg: 'Not an integer' },
        ],
      },
      ['body.tags.0: Too long', 'query.n: Not an integer'],
    ],
    ['FastAPI, plain', { detail: 'Not Found' }, ['Not Found']],
    [
      'problem details',
      {
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        detail: 'It is locked.',
        instance: '/x',
      },
      ['Conflict', 'It is locked.'],
    ],
    [
      'problem details with errors',
      {
        title: 'One or more validation errors occurred.',
        status: 400,
        errors: { Name: ['It is required.'] },
      },
      ['Name: It is required.'],
    ],
    ['problem details without detail', { title: 'Conflict', status: 409 }, ['Conflict']],
    [
      'JSON:API',
      {
        errors: [
          { status: '422', title: 'Invalid', detail: 'Too short', source: { pointer: '/a' } },
        ],
      },
      ['Invalid', 'Too short'],
    ],
    [
      'OAuth',
      { error: 'invalid_grant', error_description: 'It expired.' },
      ['invalid_grant: It expired.'],
    ],
    ['OpenAI', { error: { message: 'No such model', type: 'x', code: null } }, ['No such model']],
    [
      'Spring',
      { timestamp: 't', status: 400, error: 'Bad Request', message: 'name is blank', path: '/x' },
      ['name is blank'],
    ],
    [
      'Spring, without a message',
      { timestamp: 't', status: 404, error: 'Not Found', path: '/x' },
      ['Not Found'],
    ],
    ['Django', { name: ['This field is required.'] }, ['name: This field is required.']],
    ['an empty list of errors beside a message', { errors: [], message: 'a' }, ['a']],
    ['GraphQL', { data: null, errors: [{ message: 'a', path: ['x'] }] }, ['a']],
  ])('%s', async (_name, body, expected) => {
    const { createExample } = await moduleOf(await folder, 'index.ts');
    const { fetch } = fetchOf(answer(422, 'application/json', JSON.stringify(body)));
    const call = createExample({ fetch }).things.updateThing({ id: 1 });
    const error: ApiError = await call.catch((thrown: unknown) => thrown);
    expect(error.messages).toEqual(expected);
    expect(error.message).toContain(`422 ${expected.join(',')}`);
  });
});
