import { expect, test } from 'vitest';
import { binary, json as jsonAs, text } from '../../../templates/runtime/params/body.ts';
import { form } from '../../../templates/runtime/params/form.ts';
import { multipart } from '../../../templates/runtime/params/multipart.ts';
import {
  answerTable,
  asBlob,
  asText,
  noContent,
} from '../../../templates/runtime/answers/table.ts';
import { createClient, own, type Request, send } from '../../../templates/runtime/client.ts';
import { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { path } from '../../../templates/runtime/params/path.ts';
import { brackets, cookies } from '../../../templates/runtime/params/query.ts';
import { inTurn, json, rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things/1' };

test('a request goes below the base URL, whether that ends in a slash or not', async () => {
  const { origin, seen } = await serve((response) => json(response, { ok: true }));
  for (const baseUrl of [`${origin}/api/v1`, `${origin}/api/v1/`])
    expect(await send(createClient({ baseUrl }), undefined, () => get)).toEqual({ ok: true });
  expect(seen.map(({ url }) => url)).toEqual(['/api/v1/things/1', '/api/v1/things/1']);
});

test('query values are encoded, repeated for arrays, and left out where there is none', async () => {
  const { origin, seen } = await serve((response) => json(response, []));
  const query = [
    ['perPage', 5],
    ['none', undefined],
    ['empty', null],
    ['q', 'a b&c=d/é'],
    ['ids', [1, undefined, 2]],
    ...brackets('tags', ['x', 'y z']),
    ['flag', false],
  ] as const;
  await send(createClient({ baseUrl: origin }), undefined, () => ({ ...get, query }));
  expect(seen[0]?.url).toBe(
    '/things/1?perPage=5&q=a%20b%26c%3Dd%2F%C3%A9&ids=1&ids=2&tags%5B%5D=x&tags%5B%5D=y%20z&flag=false',
  );
});

test('a JSON body keeps null and leaves out undefined', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const client = createClient({ baseUrl: origin });
  const body = { name: null, tags: [], note: undefined };
  await send(client, undefined, () => ({ ...get, method: 'PUT', body }));
  expect(seen[0]).toMatchObject({
    method: 'PUT',
    body: '{"name":null,"tags":[]}',
    headers: { 'content-type': 'application/json' },
  });
});

test('without a body no media type is sent', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  await send(createClient({ baseUrl: origin }), undefined, () => ({ ...get, method: 'POST' }));
  expect(seen[0]).toMatchObject({ body: '' });
  expect(seen[0]?.headers).not.toHaveProperty('content-type');
});

test.each([
  [
    'form',
    () => form({ a: [1, 2], b: 'x y', c: { d: 1 }, e: undefined }),
    'application/x-www-form-urlencoded;charset=UTF-8',
    'a=1&a=2&b=x+y&c=%7B%22d%22%3A1%7D',
  ],
  ['text', () => text('hello', 'text/plain'), 'text/plain', 'hello'],
  [
    'JSON of another type',
    () => jsonAs({ a: 1 }, 'application/merge-patch+json'),
    'application/merge-patch+json',
    '{"a":1}',
  ],
  [
    'bytes',
    () => binary(new TextEncoder().encode('raw'), 'application/pdf'),
    'application/pdf',
    'raw',
  ],
])('a body of %s goes out under its media type', async (_name, make, type, content) => {
  const { origin, seen } = await serve((response) => json(response, {}));
  await send(createClient({ baseUrl: origin }), undefined, () => ({
    ...get,
    method: 'PUT',
    body: make(),
  }));
  expect(seen[0]?.headers['content-type']).toBe(type);
  expect(seen[0]?.body).toBe(content);
});

test('multipart escapes the names of fields and files', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const file = new File(['data'], 'a"b\r\nX-Evil: 1.txt', { type: 'text/plain' });
  const body = multipart({ 'na"me\r\n': 'v', file, meta: { a: 1 }, many: ['x', 'y'] });
  await send(createClient({ baseUrl: origin }), undefined, () => ({
    ...get,
    method: 'POST',
    body,
  }));
  const sent = seen[0]?.body ?? '';
  expect(sent).toContain('name="na%22me%0D%0A"');
  expect(sent).toContain('filename="a%22b%0D%0AX-Evil: 1.txt"');
  expect(sent).not.toContain('\r\nX-Evil');
  expect(sent.match(/name="many"/g)).toHaveLength(2);
});

test('a body that is absent stays absent in every form', () => {
  expect([
    form(undefined),
    multipart(undefined),
    text(undefined, 'a/b'),
    jsonAs(undefined, 'a/b'),
    binary(undefined, 'a/b'),
  ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('headers of operation, client and call all go out, the call’s above the others', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const client = createClient({
    baseUrl: origin,
    userAgent: 'App/1.0 Vendor',
    headers: { 'X-Client': 'c', 'X-Both': 'client' },
  });
  await send(client, { headers: { 'X-Both': 'call' } }, () => ({
    ...get,
    headers: [
      ['X-Op', ['a', 'b']],
      ['X-None', undefined],
      [
        'Cookie',
        cookies([
          ['s', 'a;b'],
          ['t', [1, 2]],
        ]),
      ],
    ],
  }));
  expect(seen[0]?.headers).toMatchObject({
    'user-agent': 'App/1.0 Vendor',
    'x-client': 'c',
    'x-both': 'call',
    'x-op': 'a,b',
    cookie: 's=a%3Bb; t=1; t=2',
  });
  expect(seen[0]?.headers).not.toHaveProperty('x-none');
});

test('an operation may live under another origin', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const client = createClient({ baseUrl: 'https://api.example.com' });
  await send(client, undefined, () => ({ ...get, origin: `${origin}/upload` }));
  expect(seen[0]?.url).toBe('/upload/things/1');
});

test.each<[string, Request['answers'], unknown]>([
  ['text', answerTable([{ status: 200, type: 'text/plain', read: asText }]), 'plain'],
  ['nothing', noContent, undefined],
])('a result declared as %s is one', async (_name, answers, expected) => {
  const { origin } = await serve((response) => response.end('plain'));
  const client = createClient({ baseUrl: origin });
  expect(await send(client, undefined, () => ({ ...get, answers }))).toBe(expected);
});

test('a binary result is a Blob of the answer’s type', async () => {
  const { origin } = await serve((response) => {
    response.writeHead(200, { 'Content-Type': 'image/png' });
    response.end(Buffer.from([1, 2, 255]));
  });
  const client = createClient({ baseUrl: origin });
  const blob: Blob = await send(client, undefined, () => ({
    ...get,
    answers: answerTable([{ status: 200, type: '*/*', read: asBlob }]),
  }));
  expect(blob.type).toBe('image/png');
  expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([1, 2, 255]);
});

test.each([204, 205])('status %i gives undefined', async (status) => {
  const { origin } = await serve((response) => {
    response.writeHead(status);
    response.end();
  });
  expect(await send(createClient({ baseUrl: origin }), undefined, () => get)).toBeUndefined();
});

test('an empty body is an error where JSON was to come', async () => {
  const { origin } = await serve((response) => response.end());
  const client = createClient({ baseUrl: origin, retry: { attempts: 1 } });
  const error = await rejection(send(client, undefined, () => get));
  expect(error).toBeInstanceOf(ApiError);
  expect(error.code).toBe('invalid-body');
});

test('the whole answer is there for those who ask the client itself', async () => {
  const { origin } = await serve(inTurn([200, { 'X-Total': '7' }, [1]]));
  const answer = await createClient({ baseUrl: origin }).request({ ...get, query: [['a', 1]] });
  expect(answer).toMatchObject({ status: 200, body: [1], url: `${origin}/things/1?a=1` });
  expect(answer.headers.get('x-total')).toBe('7');
});

test('own keeps own properties only, and none of them reaches a prototype', () => {
  const input = Object.assign(
    Object.create({ inherited: 1 }),
    JSON.parse('{"__proto__":{"x":1},"a":2}'),
  );
  const copy = own<Record<string, unknown>>(input);
  expect(Object.getPrototypeOf(copy)).toBeNull();
  expect(copy['inherited']).toBeUndefined();
  expect(copy['x']).toBeUndefined();
  expect(copy['constructor']).toBeUndefined();
  expect(copy['a']).toBe(2);
  expect(own(undefined)).toEqual({});
});

test('properties of an answer named __proto__ pollute nothing', async () => {
  const { origin } = await serve((response) => {
    response.end(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":1,"a":2}',
    );
  });
  const client = createClient({ baseUrl: origin });
  const body: Record<string, unknown> = await send(client, undefined, () => get);
  expect(body['a']).toBe(2);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect({ ...body }['polluted']).toBeUndefined();
});

test('a path that the server is asked for is the path of the tag', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const id = 'a/b?c#d é%2f';
  await send(createClient({ baseUrl: origin }), undefined, () => ({
    ...get,
    path: path('/x/{id}/y', { id }),
  }));
  expect(seen[0]?.url).toBe('/x/a%2Fb%3Fc%23d%20%C3%A9%252f/y');
});
