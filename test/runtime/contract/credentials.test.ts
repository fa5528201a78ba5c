import { describe, expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import {
  basic,
  bearer,
  cookieKey,
  headerKey,
  queryKey,
} from '../../../templates/runtime/transport/credentials.ts';
import { fakeClock, fakeFetch, ok, settle, status } from './fake.ts';
import { json, rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };

test.each([
  ['a bearer token', bearer('t'), { authorization: 'Bearer t' }],
  ['a key in a header', headerKey('X-Key', 'k'), { 'x-key': 'k' }],
  ['a key with a prefix', headerKey('Authorization', 'k', 'Token '), { authorization: 'Token k' }],
  [
    'user and password, in UTF-8',
    basic('Jürgen', 'pä:ss'),
    { authorization: `Basic ${Buffer.from('Jürgen:pä:ss').toString('base64')}` },
  ],
  ['a cookie', cookieKey('sid', 'a;b'), { cookie: 'sid=a%3Bb' }],
])('%s is presented', async (_name, credential, headers) => {
  const { origin, seen } = await serve((response) => json(response, {}));
  await send(createClient({ baseUrl: origin, credentials: [credential] }), undefined, () => get);
  expect(seen[0]?.headers).toMatchObject(headers);
});

test('a key in the query goes out, and is in no URL that is given back', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const client = createClient({ baseUrl: origin, credentials: [queryKey('key', 'k&1')] });
  const answer = await client.request({ ...get, query: [['a', 1]] });
  expect(seen[0]?.url).toBe('/things?a=1&key=k%261');
  expect(answer.url).toBe(`${origin}/things?a=1`);
});

test('several are presented together', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const credentials = [bearer('t'), headerKey('X-App', 'a')];
  await send(createClient({ baseUrl: origin, credentials }), undefined, () => get);
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'x-app': 'a' });
});

test('an operation that needs none gets none', async () => {
  const { origin, seen } = await serve((response) => json(response, {}));
  const client = createClient({ baseUrl: origin, credentials: [bearer('t')] });
  await send(client, undefined, () => ({ ...get, anonymous: true }));
  expect(seen[0]?.headers).not.toHaveProperty('authorization');
});

describe('a key that a function gives', () => {
  const rotating = (): (() => Promise<string>) => {
    let count = 0;
    return async () => `key${++count}`;
  };

  test('is asked for before every attempt', async () => {
    fakeClock();
    const server = fakeFetch(status(503), ok());
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [bearer(rotating())],
      fetch: server.fetch,
    });
    await settle(send(client, undefined, () => get));
    expect(server.sent.map(({ headers }) => headers.get('Authorization'))).toEqual([
      'Bearer key1',
      'Bearer key2',
    ]);
  });

  test.each(['GET', 'POST'])('is asked for once more after a 401 (%s)', async (method) => {
    fakeClock();
    const server = fakeFetch(status(401), ok({ done: 1 }));
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [bearer(rotating())],
      fetch: server.fetch,
    });
    expect(await settle(send(client, undefined, () => ({ ...get, method })))).toEqual({ done: 1 });
    expect(server.sent.map(({ headers }) => headers.get('Authorization'))).toEqual([
      'Bearer key1',
      'Bearer key2',
    ]);
  });

  test('is asked for only once more', async () => {
    fakeClock();
    const server = fakeFetch(status(401));
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [bearer(rotating())],
      fetch: server.fetch,
    });
    expect(await rejection(settle(send(client, undefined, () => get)))).toMatchObject({
      status: 401,
    });
    expect(server.sent).toHaveLength(2);
  });

  test('that throws ends the call with what it threw, and nothing is sent', async () => {
    const server = fakeFetch();
    const broken = new Error('no token today');
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [bearer(() => Promise.reject(broken))],
      fetch: server.fetch,
    });
    expect(await rejection(send(client, undefined, () => get))).toBe(broken);
    expect(server.sent).toHaveLength(0);
  });
});

test('a fixed key is not sent again after a 401', async () => {
  const server = fakeFetch(status(401));
  const client = createClient({
    baseUrl: 'https://api.example.com',
    credentials: [bearer('k')],
    fetch: server.fetch,
  });
  await rejection(send(client, undefined, () => get));
  expect(server.sent).toHaveLength(1);
});

test.each([
  [
    'a password',
    () => basic('user', undefined as unknown as string),
    'basic: the password is not set',
  ],
  [
    'a password that is null',
    () => basic('user', null as unknown as string),
    'basic: the password is not set',
  ],
  ['a user', () => basic(undefined as unknown as string, 'x'), 'basic: the user is not set'],
])('%s that is not set is an error of its own', (_name, make, message) => {
  expect(make).toThrow(new TypeError(message));
});

test.each([
  ['bearer', bearer(undefined as unknown as string)],
  ['a header', headerKey('X-Key', undefined as unknown as string)],
  ['the query', queryKey('key', null as unknown as string)],
  ['a function that gives nothing', bearer(() => '')],
])('a key that is not set is not sent: %s', async (_name, credential) => {
  const client = createClient({
    baseUrl: 'https://api.example.com',
    credentials: [credential],
    fetch: () => Promise.reject(new Error('sent')),
  });
  const call = send(client, undefined, () => ({ id: 'get', method: 'GET', path: '/' }));
  await expect(call).rejects.toMatchObject({
    code: 'refused',
    message: 'GET https://api.example.com/: no credential',
  });
});
