import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../../templates/runtime/answers/errors.ts';
import {
  answer,
  answering,
  documentOf,
  emitted,
  fetchOf,
  moduleOf,
} from '../../support/emitted.ts';

const json = (schema: object = { type: 'object' }): object => ({
  content: { 'application/json': { schema } },
});
const content = (type: string, schema: object = {}): object => ({
  content: { [type]: { schema } },
});
const bytes = { type: 'string', format: 'binary' };

/** What the small client and the whole one make of an answer to the only operation. */
async function called(
  document: string,
  reply: () => Response,
  options: object = {},
): Promise<{ readonly results: readonly unknown[]; readonly requests: readonly number[] }> {
  const folder = await emitted(document);
  const { createClient } = await moduleOf(folder, 'client.ts');
  const { createExample } = await moduleOf(folder, 'index.ts');
  const { getThing } = await moduleOf(folder, 'api.ts');
  const results: unknown[] = [];
  const requests: number[] = [];
  for (const whole of [false, true]) {
    const server = fetchOf(reply);
    const settings = { fetch: server.fetch, retry: { attempts: 3 } };
    const call = whole
      ? createExample(settings).api.getThing({ body: {} }, options)
      : getThing(createClient(settings), { body: {} }, options);
    results.push(await call.catch((error: unknown) => error));
    requests.push(server.requests.length);
  }
  expect(results.length).toBe(2);
  return { results, requests };
}

async function result(document: string, reply: () => Response): Promise<unknown> {
  const { results, requests } = await called(document, reply);
  expect(requests).toEqual([1, 1]);
  expect(results[0]).toEqual(results[1]);
  return results[1];
}

const put = (responses: object): string =>
  documentOf({
    '/thing': {
      put: {
        operationId: 'getThing',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses,
      },
    },
  });

describe('a success that the document declares without content is empty', () => {
  test.each([200, 201, 202, 203, 204])('%i beside one with JSON', async (status) => {
    const other = status === 200 ? 201 : 200;
    const document = put({ [other]: json(), [status]: { description: 'done' } });
    expect(await result(document, answer(status, ''))).toBeUndefined();
    expect(await result(document, answer(other, 'application/json', '{"a":1}'))).toEqual({ a: 1 });
  });

  test.each([201, 202])('%i beside a range with JSON', async (status) => {
    const document = put({ '2XX': json(), [status]: { description: 'done' } });
    expect(await result(document, answer(status, ''))).toBeUndefined();
    expect(await result(document, answer(200, 'application/json', '[]'))).toEqual([]);
  });

  test('whatever a server sends with it', async () => {
    const document = put({ 200: json(), 202: { description: 'started' } });
    expect(await result(document, answer(202, 'text/plain', 'Accepted'))).toBeUndefined();
    expect(await result(document, answer(202, 'text/html', '<p>Accepted'))).toBeUndefined();
  });

  test('a range without content', async () => {
    const document = put({ 200: json(), '2XX': { description: 'done' } });
    expect(await result(document, answer(299, ''))).toBeUndefined();
  });
});

describe('the status chooses how a body is read', () => {
  test('bytes or JSON', async () => {
    const document = answering({ 200: content('image/png', bytes), 202: json() });
    const blob = (await result(document, answer(200, 'image/png', 'PNGDATA'))) as Blob;
    expect(await blob.text()).toBe('PNGDATA');
    expect(await result(document, answer(202, 'application/json', '{"state":"new"}'))).toEqual({
      state: 'new',
    });
  });

  test('text or JSON', async () => {
    const document = answering({ 200: content('text/csv'), 201: json() });
    expect(await result(document, answer(200, 'text/csv; charset=utf-8', 'a,b'))).toBe('a,b');
    expect(await result(document, answer(201, 'application/json', '"x"'))).toBe('x');
  });

  test('the default one, where no success has a status of its own', async () => {
    const document = answering({ 404: json(), default: content('text/markdown') });
    expect(await result(document, answer(200, 'text/markdown', '# A'))).toBe('# A');
  });

  test('any of them, for a status that the document does not name', async () => {
    const document = answering({ 200: content('text/csv'), 202: json() });
    expect(await result(document, answer(203, 'application/json', '1'))).toBe(1);
    expect(await result(document, answer(203, 'text/csv', '1'))).toBe('1');
  });
});

describe('the Content-Type chooses among the types of a status', () => {
  const document = answering({
    200: {
      content: {
        'application/json': { schema: { type: 'array', items: { type: 'string' } } },
        'text/csv': { schema: { type: 'string' } },
        'application/pdf': { schema: bytes },
      },
    },
  });

  test.each([
    ['application/json', '["a"]', ['a']],
    ['Application/JSON; charset=utf-8', '["a"]', ['a']],
    ['text/csv;header=present', 'a', 'a'],
  ])('%s', async (type, body, expected) => {
    expect(await result(document, answer(200, type, body))).toEqual(expected);
  });

  test('bytes', async () => {
    expect(await result(document, answer(200, 'application/pdf', '%PDF'))).toBeInstanceOf(Blob);
  });

  test.each([
    ['application/vnd.acme+json', 'application/json'],
    ['application/json', 'application/vnd.acme.v2+json'],
    ['application/hal+json', 'text/json'],
  ])('JSON is JSON, whether %s or %s', async (declared, sent) => {
    expect(await result(answering({ 200: content(declared) }), answer(200, sent, '[1]'))).toEqual([
      1,
    ]);
  });

  test.each([
    ['image/*', 'image/webp'],
    ['*/*', 'application/zip'],
    ['application/*', 'application/zip'],
  ])('a range: %s covers %s', async (declared, sent) => {
    const bytesOf = answering({ 200: content(declared, bytes) });
    expect(await result(bytesOf, answer(200, sent, 'x'))).toBeInstanceOf(Blob);
  });
});

describe('a type that the document leaves open is read as the answer says', () => {
  const open = answering({ 200: content('*/*', { type: 'string' }) });

  test.each([
    ['text/plain', 'hello', 'hello'],
    ['text/html; charset=utf-8', '<p>', '<p>'],
    ['application/xml', '<a/>', '<a/>'],
    ['application/json', '"hello"', 'hello'],
    ['', 'hello', 'hello'],
    ['', '{"a":1}', { a: 1 }],
  ])('%s', async (type, body, expected) => {
    expect(await result(open, answer(200, type, body))).toEqual(expected);
  });

  test('bytes', async () => {
    expect(await result(open, answer(200, 'image/png', 'x'))).toBeInstanceOf(Blob);
  });
});

describe('a success under a type that the document does not name is an error', () => {
  test.each([
    ['JSON', json(), 'text/html', 'application/json'],
    ['JSON', json(), 'image/png', 'application/json'],
    ['JSON', json(), 'text/plain', 'application/json'],
    ['text', content('text/csv'), 'text/html', 'text/csv'],
    ['bytes', content('image/png', bytes), 'text/html', 'image/png'],
    ['bytes', content('image/*', bytes), 'application/json', 'image/*'],
  ])('%s is expected, as %j', async (_name, declared, type, expected) => {
    const { results, requests } = await called(
      answering({ 200: declared }),
      answer(200, type, `<html>Login ${'x'.repeat(5000)}`, { 'X-Request-Id': '7' }),
    );
    expect(requests).toEqual([1, 1]);
    for (const error of results as readonly ApiError[]) {
      expect(error).toMatchObject({ code: 'content-type', status: 200 });
      expect(error.message).toContain(`200 ${type}, expected ${expected}: <html>Login`);
      expect(error.message.length).toBeLessThan(500);
      expect(error.headers?.get('X-Request-Id')).toBe('7');
      expect(error.body).toContain('<html>Login');
    }
  });

  test('the outcome of a change is unknown', async () => {
    const { results, requests } = await called(
      put({ 200: json() }),
      answer(200, 'text/html', '<p>'),
    );
    expect(requests).toEqual([1, 1]);
    for (const error of results)
      expect(error).toMatchObject({ code: 'content-type', outcome: 'unknown' });
  });
});

describe('JSON under a type that says nothing is JSON', () => {
  test.each(['', 'text/plain; charset=UTF-8', 'application/octet-stream'])('%j', async (type) => {
    expect(await result(answering({ 200: json() }), answer(200, type, '{"a":1}'))).toEqual({
      a: 1,
    });
  });
});

describe('Accept names what can be read', () => {
  const several = {
    content: { 'text/csv': {}, 'application/json': { schema: { type: 'array' } } },
  };

  test.each<[string, object, string | null]>([
    ['JSON', { 200: json() }, 'application/json'],
    ['JSON or nothing', { 200: json(), 204: {} }, 'application/json'],
    ['text', { 200: content('text/csv') }, 'text/csv'],
    [
      'several statuses',
      { 200: content('image/png', bytes), 202: json() },
      'image/png, application/json',
    ],
    ['the preferred of several types', { 200: several }, 'application/json'],
    [
      'several types that are read alike',
      { 200: { content: { 'image/png': {}, 'image/jpeg': {} } } },
      'image/jpeg, image/png',
    ],
    ['nothing', { 204: {} }, null],
  ])('%s', async (_name, responses, expected) => {
    const { createClient } = await moduleOf(await emitted(answering(responses)), 'client.ts');
    const { getThing } = await moduleOf(await emitted(answering(responses)), 'api.ts');
    const server = fetchOf(answer(204, ''));
    await getThing(createClient({ fetch: server.fetch }));
    expect(server.requests[0]?.headers.get('Accept')).toBe(expected);
  });

  test('an option chooses one of several', async () => {
    const folder = await emitted(answering({ 200: several }));
    const { createClient } = await moduleOf(folder, 'client.ts');
    const { getThing } = await moduleOf(folder, 'api.ts');
    const server = fetchOf(answer(200, 'text/csv', 'a,b'));
    const client = createClient({ fetch: server.fetch });
    expect(await getThing(client, {}, { accept: 'text/csv' })).toBe('a,b');
    expect(server.requests[0]?.headers.get('Accept')).toBe('text/csv');
  });
});

test.each([
  ['application/xml', 'text/xml; charset=utf-8'],
  ['text/xml', 'application/xml'],
  ['text/csv', 'application/csv'],
  ['application/x-yaml', 'application/yaml'],
])('A text as %s is one as %s, its other name', async (declared, type) => {
  const document = answering({
    200: { description: '', ...content(declared, { type: 'string' }) },
  });
  expect(await result(document, answer(200, type, '<a/>'))).toBe('<a/>');
});
