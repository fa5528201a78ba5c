import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createMeraki } from '../../../generated/meraki/src/index.ts';
import { createClient, send } from '../../../generated/meraki/src/runtime/client.ts';
import {
  basic,
  bearer,
  cookieKey,
  type Credential,
  headerKey,
  queryKey,
} from '../../../generated/meraki/src/runtime/transport/credentials.ts';
import { answer } from '../../simulators/fault-acts.ts';
import { clientAt, failure, KEY, random, serve } from './client.ts';

const networkId = 'N_1';
/** A key with what URLs, JSON and regular expressions write otherwise. */
const ODD = 'k3y/of+mine.*"\\(1)==';

const get = { id: 'get', method: 'GET', path: '/things' };

const ways: readonly (readonly [string, (key: string) => Credential])[] = [
  ['a bearer token', bearer],
  ['a bearer token of a function', (key) => bearer(async () => key)],
  ['a header of its own', (key) => headerKey('X-Cisco-Meraki-API-Key', key)],
  ['a password', (key) => basic('user', key)],
  ['a password of a function', (key) => basic('user', () => key)],
  ['a key as the user', (key) => basic(key, '')],
  ['the query', (key) => queryKey('api_key', key)],
  ['a cookie', (key) => cookieKey('session', key)],
];

const hex = (one: string): string => `${one.codePointAt(0)?.toString(16)}`;

/** The forms in which a server might repeat a key. */
const plain = [
  ODD,
  encodeURIComponent(ODD),
  encodeURIComponent(ODD).replace(/%../g, (code) => code.toLowerCase()),
  encodeURIComponent(ODD).replaceAll('%2F', '/'),
  ODD.replace(/\W/g, (one) => `%${hex(one)}`),
];

/** The same inside of JSON, by what writes it. */
const escaped = [
  JSON.stringify(ODD).slice(1, -1),
  JSON.stringify(ODD).slice(1, -1).replaceAll('/', '\\/'),
  ODD.replace(/\W/g, (one) => `\\u00${hex(one)}`),
];

/** Whatever a program might write down of an error. */
function sinksOf(error: Error & { readonly body?: unknown; readonly headers?: Headers }): string {
  return [
    String(error),
    error.stack,
    inspect(error, { depth: 20, showHidden: true }),
    JSON.stringify(error),
    JSON.stringify(error.body),
    inspect(error.body),
    JSON.stringify([...(error.headers ?? [])]),
    inspect(error.cause, { depth: 20 }),
  ].join('\n');
}

/** The parts of a key that nothing escapes: where none of them shows, the key does not. */
function words(key: string): readonly string[] {
  return key.split(/\W/).filter((word) => word.length > 2);
}

describe('R66: no sink of an error shows the key', () => {
  test.each(ways)('R66: %s, when the connection breaks', async (_name, way) => {
    random(0);
    const client = createClient({
      baseUrl: 'http://localhost',
      credentials: [way(ODD)],
      // A platform that tells what it was about to send.
      fetch: async (url, { headers }) => {
        const said = JSON.stringify([...headers]);
        throw Object.assign(new TypeError(`failed: ${url} ${said}`), {
          cause: new Error(`while sending ${ODD} to ${url} with ${said}`),
        });
      },
    });
    const error = await failure(send(client, undefined, () => get));
    for (const word of words(ODD)) expect(sinksOf(error)).not.toContain(word);
    expect(sinksOf(error)).toContain('***');
  });

  test('R66: the client, its options and its hooks do not show it', async () => {
    const events: unknown[] = [];
    const server = await serve(answer({ status: 500 }), answer());
    random(0);
    const client = clientAt(server.origin, {
      hooks: {
        before: (event) => void events.push(event),
        after: (event) => void events.push(event),
        retry: (...event) => void events.push(event),
      },
    });
    await client.networks.getNetwork({ networkId });
    expect(events).toHaveLength(5);
    for (const one of [client, events])
      expect(inspect(one, { depth: 20, showHidden: true })).not.toContain(KEY);
  });
});

describe('R67: a key that the server repeats is masked', () => {
  test.each(ways)('R67: %s, in every form', async (_name, way) => {
    const server = await serve(
      answer(({ target, headers }) => ({
        status: 400,
        headers: { 'X-Echo': plain.join(' '), 'X-Sent': JSON.stringify(headers) },
        // As they are, and as JSON that escapes as much as it may.
        body: `{"errors":[${[...plain, target, ...Object.values(headers)].map((form) => JSON.stringify(form)).join(',')},${escaped.map((form) => `"${form}"`).join(',')}]}`,
      })),
    );
    const client = createClient({ baseUrl: server.origin, credentials: [way(ODD)] });
    const error = await failure(send(client, undefined, () => get));
    expect(error.status).toBe(400);
    const text = sinksOf(error);
    for (const word of words(ODD)) expect(text).not.toContain(word);
    for (const form of [...plain, ...escaped]) expect(text).not.toContain(form);
    const pair = Buffer.from(`user:${ODD}`).toString('base64');
    expect(text).not.toContain(pair);
    expect(text).toContain('***');
  });

  test('R67: a page of text is masked as well as JSON', async () => {
    const server = await serve(
      answer({ status: 403, body: `<p>Key ${KEY} (${encodeURIComponent(KEY)}) is not known</p>` }),
    );
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    expect(error.body).toBe('<p>Key *** (***) is not known</p>');
  });

  test('R67: a key that changes is masked as every one that the call has used', async () => {
    random(0);
    const used: string[] = [];
    const server = await serve(answer(() => ({ status: 503, body: { errors: used } })));
    const apiKey = (): string => {
      used.push(`token-number-${used.length}`);
      return used.at(-1) ?? '';
    };
    const client = clientAt(server.origin, { apiKey, retry: { attempts: 3 } });
    const error = await failure(client.networks.getNetwork({ networkId }));
    expect(used).toHaveLength(3);
    expect(error.messages).toEqual(['***', '***', '***']);
  });
});

describe('R68: a base URL', () => {
  const create = (options: { baseUrl: string; allowInsecure?: boolean }) =>
    createMeraki({ apiKey: KEY, userAgent: 'Faults/1.0 Acme', ...options });

  test.each([
    ['http: to another machine', 'http://api.example.com/v1', 'allowInsecure permits it'],
    ['what only begins like this machine', 'http://localhost.example.com', 'allowInsecure'],
    ['a user', 'https://user:hush@api.example.com/v1', 'holds a user'],
    ['a user alone', 'https://hush@api.example.com/v1', 'holds a user'],
    ['a query', 'https://api.example.com/v1?key=hush', 'a query or a fragment'],
    ['a fragment', 'https://api.example.com/v1#hush', 'a query or a fragment'],
    ['another scheme', 'ftp://api.example.com', 'neither https: nor http:'],
    ['a relative URL', '/api/v1', 'not an absolute URL'],
    ['none', 'api.example.com/v1', 'not an absolute URL'],
  ])(
    'R68: with %s is refused when the client is made, and not repeated',
    (_name, baseUrl, says) => {
      expect(() => create({ baseUrl })).toThrow(TypeError);
      expect(() => create({ baseUrl })).toThrow(says);
      expect(() => create({ baseUrl })).not.toThrow('hush');
    },
  );

  test('R68: allowInsecure permits http:, and nothing else of it', () => {
    expect(create({ baseUrl: 'http://intranet.example', allowInsecure: true })).toBeDefined();
    expect(() =>
      create({ baseUrl: 'http://user:hush@intranet.example', allowInsecure: true }),
    ).toThrow('holds a user');
  });

  test.each(['http://localhost:8080/v1', 'http://127.0.0.1', 'http://[::1]:8080'])(
    'R68: %s is this machine',
    (baseUrl) => {
      expect(create({ baseUrl })).toBeDefined();
    },
  );

  test.each(['https://user:hush@a.example', 'https://a.example?a=hush', 'https://a.example/#hush'])(
    'R68: the small client refuses %s too',
    (baseUrl) => {
      expect(() => createClient({ baseUrl })).toThrow(new TypeError('baseUrl'));
    },
  );

  test('R68: the small client sends nothing over http:, not to an allowed host either', async () => {
    const asked: string[] = [];
    const options = {
      credentials: [bearer(KEY)],
      fetch: async (url: URL) => {
        asked.push(url.href);
        return new Response('{}');
      },
    };
    const insecure = createClient({ baseUrl: 'http://api.example.com', ...options });
    expect((await failure(send(insecure, undefined, () => get))).code).toBe('refused');
    const secure = createClient({ baseUrl: 'https://a.example', allowedUrls: /./, ...options });
    const url = 'http://b.example/next';
    expect((await failure(send(secure, undefined, () => ({ ...get, url })))).code).toBe('refused');
    expect(asked).toEqual([]);
  });
});
