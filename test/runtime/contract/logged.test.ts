import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { bearer, queryKey } from '../../../templates/runtime/transport/credentials.ts';
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
