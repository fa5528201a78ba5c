import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import {
  type Client,
  type ClientOptions,
  createClient,
  type Request,
  send,
} from '../../../templates/runtime/client.ts';
import { bearer, queryKey } from '../../../templates/runtime/transport/credentials.ts';
import { withLogger } from '../../../templates/runtime/transport/logged.ts';
import { tokenBucket } from '../../../templates/runtime/transport/rate-limit.ts';
import { type Logger, transport } from '../../../templates/runtime/transport/transport.ts';
import { broken, fakeClock, fakeFetch, type FakeFetch, ok, settle, status } from './fake.ts';

const key = 'k3y-of-mine';
const get: Request = { id: 'getThing', method: 'GET', path: '/things/1', query: [['a', 'b']] };

function listening(): { readonly logger: Logger; readonly lines: unknown[][] } {
  const lines: unknown[][] = [];
  const log =
    (level: string) =>
    (...said: readonly unknown[]): void => {
      lines.push([level, ...said]);
    };
  return {
    lines,
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
  };
}

async function call({ fetch }: FakeFetch, logger: Logger): Promise<unknown> {
  fakeClock();
  const client = createClient({
    baseUrl: 'https://api.example.com',
    credentials: [bearer(key), queryKey('key', key)],
    fetch: transport({ fetch, logger }),
    retry: { attempts: 2 },
  });
  return settle(send(client, undefined, () => get).catch((error: unknown) => error));
}

const levels = (lines: readonly unknown[][]): readonly unknown[] => lines.map(([level]) => level);

test('a request and its answer are written as debug', async () => {
  const { logger, lines } = listening();
  await call(fakeFetch(ok()), logger);
  expect(lines).toEqual([
    [
      'debug',
      'GET /things/1',
      { operation: 'getThing', method: 'GET', path: '/things/1', attempt: 1 },
    ],
    [
      'debug',
      expect.stringMatching(/^GET \/things\/1: 200 in \d+ ms$/),
      expect.objectContaining({ status: 200 }),
    ],
  ]);
});

test('a wait for the rate limit and the attempt after it are written as info', async () => {
  const { logger, lines } = listening();
  await call(fakeFetch(status(429, { 'Retry-After': '2' }), ok()), logger);
  expect(levels(lines)).toEqual(['debug', 'warn', 'info', 'info', 'debug']);
  expect(lines[2]).toMatchObject([
    'info',
    'GET /things/1: the server asks to wait 2000 ms',
    { status: 429, retryAfter: 2000 },
  ]);
  expect(lines[3]?.[1]).toBe('GET /things/1: attempt 2');
});

test.each([408, 500, 503])('status %i may pass, and is a warning', async (code) => {
  const { logger, lines } = listening();
  await call(fakeFetch(status(code), ok()), logger);
  expect(levels(lines)).toContain('warn');
  expect(levels(lines)).not.toContain('error');
});

test.each([400, 401, 404])('status %i is an error', async (code) => {
  const { logger, lines } = listening();
  await call(fakeFetch(status(code)), logger);
  expect(levels(lines)).toEqual(['debug', 'error']);
});

test('a broken connection is a warning that tells why, a violation of TLS an error', async () => {
  const { logger, lines } = listening();
  await call(fakeFetch(broken('ECONNRESET'), ok()), logger);
  expect(lines[1]).toMatchObject([
    'warn',
    expect.stringContaining('socket hang up'),
    { error: { code: 'network' } },
  ]);
  await call(fakeFetch(broken('CERT_HAS_EXPIRED')), logger);
  expect(lines.at(-1)).toMatchObject([
    'error',
    expect.any(String),
    { error: { code: 'protocol' } },
  ]);
});

test('no credentials are in a line', async () => {
  const { logger, lines } = listening();
  await call(
    fakeFetch(broken('ECONNRESET', `reset by ${key}`), status(401, {}, { message: key })),
    logger,
  );
  await call(fakeFetch(status(302, { Location: `https://evil.example/?key=${key}` })), logger);
  expect(lines.length).toBeGreaterThan(4);
  expect(JSON.stringify(lines)).not.toContain(key);
});

describe('a credential that stands in the URL itself', () => {
  const secret = 'tok/en:1';

  const places: readonly (readonly [string, Partial<Request>])[] = [
    ['in the path', { path: `/bot${encodeURIComponent(secret)}/things` }],
    ['in the query', { query: [['hook', secret]] }],
    ['in both', { path: `/${encodeURIComponent(secret)}`, query: [['hook', secret]] }],
  ];

  test.each(places)('%s is in no line', async (_, place) => {
    const { logger, lines } = listening();
    fakeClock();
    const { fetch } = fakeFetch(broken('ECONNRESET'), status(503), status(404));
    const client = withLogger(createClient, {
      baseUrl: 'https://api.example.com',
      credentials: [bearer(secret)],
      fetch: transport({ fetch, logger }),
      logger,
      retry: { attempts: 3 },
    });
    await settle(client.request({ ...get, ...place }).catch((error: unknown) => error));
    expect(lines.length).toBeGreaterThan(6);
    const written = lines.map(
      ([, message, facts]) => `${String(message)} ${JSON.stringify(facts)}`,
    );
    for (const form of [secret, encodeURIComponent(secret)])
      expect(written.join('\n')).not.toContain(form);
  });

  test('a line holds no query, whoever set it', async () => {
    const { logger, lines } = listening();
    await call(fakeFetch(broken('ECONNRESET'), status(404)), logger);
    expect(lines.map(([, message]) => message).join('\n')).not.toContain('?');
  });
});

describe('withLogger', () => {
  function logging(
    server: FakeFetch,
    settings: Partial<ClientOptions> = {},
  ): {
    readonly client: Client;
    readonly lines: unknown[][];
  } {
    fakeClock();
    const { logger, lines } = listening();
    const client = withLogger(createClient, {
      baseUrl: 'https://api.example.com',
      ...settings,
      fetch: transport({ fetch: server.fetch, logger }),
      logger,
    });
    return { client, lines };
  }

  test('writes once, as an error, that a call failed for good', async () => {
    const { client, lines } = logging(fakeFetch(status(503), status(503)), {
      retry: { attempts: 2 },
    });
    await settle(client.request(get).catch(() => {}));
    expect(levels(lines)).toEqual(['debug', 'warn', 'info', 'warn', 'error']);
    expect(lines.at(-1)).toEqual([
      'error',
      'getThing failed after 2 attempts: GET https://api.example.com/things/1: 503 ',
      expect.objectContaining({ attempt: 2, path: '/things/1', status: 503 }),
    ]);
  });

  test.each([
    [
      'a status that does not pass',
      fakeFetch(status(404)),
      {},
      'getThing failed after 1 attempt: ',
    ],
    [
      'a call that was never sent',
      fakeFetch(ok()),
      { baseUrl: 'http://api.example.com' },
      'getThing failed after 0 attempts: ',
    ],
    [
      'a key that its own function cannot give',
      fakeFetch(ok()),
      { credentials: [bearer(() => Promise.reject(new RangeError(`no ${key}`)))] },
      'getThing failed after 0 attempts: RangeError',
    ],
  ])('writes how %s failed', async (_, server, settings, expected) => {
    const { client, lines } = logging(server, settings);
    await settle(client.request(get).catch(() => {}));
    expect(lines.at(-1)?.[0]).toBe('error');
    expect(lines.at(-1)?.[1]).toContain(expected);
    expect(JSON.stringify(lines)).not.toContain(key);
  });

  test('writes nothing of a call that succeeds at last', async () => {
    const { client, lines } = logging(fakeFetch(status(503), ok()));
    await settle(client.request(get));
    expect(levels(lines)).not.toContain('error');
  });

  test('writes as info how long the token bucket held a call', async () => {
    const { client, lines } = logging(fakeFetch(ok(), ok()), {
      limiter: tokenBucket({ perSecond: 1, burst: 1 }),
    });
    await settle(
      Promise.all([client.request({ ...get }), client.request({ ...get, id: 'second' })]),
    );
    const waits = lines.filter(([, message]) => /waited/.test(String(message)));
    expect(waits).toEqual([
      [
        'info',
        'GET /things/1: waited 1000 ms for its turn',
        expect.objectContaining({ operation: 'second', milliseconds: 1000 }),
      ],
    ]);
  });

  test('is the plain client where there is no logger', async () => {
    const { fetch } = fakeFetch(ok({ done: true }));
    const client = withLogger(createClient, { baseUrl: 'https://api.example.com', fetch });
    expect((await client.request(get)).body).toEqual({ done: true });
  });
});

test('a logger that throws changes nothing', async () => {
  const log = (): never => {
    throw new Error('the disk is full');
  };
  const logger = { debug: log, info: log, warn: log, error: log };
  expect(await call(fakeFetch(ok({ done: true })), logger)).toEqual({ done: true });
});

test('a bundle of one call carries no logger', async () => {
  const { metafile } = await build({
    stdin: {
      contents: "export { createClient, send } from './client.js';",
      resolveDir: 'templates/runtime',
    },
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
  });
  const bundled = Object.keys(metafile.inputs).join(' ');
  expect(bundled).toContain('client.ts');
  expect(bundled).not.toContain('logged');
});
