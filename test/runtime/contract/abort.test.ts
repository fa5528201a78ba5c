import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished, describe, expect, test, vi } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { tokenBucket } from '../../../templates/runtime/transport/rate-limit.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { fakeClock, fakeFetch, ok, settle, status } from './fake.ts';
import { json, rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const baseUrl = 'https://api.example.com';

/** A signal that counts who listens. */
function watched(): { readonly control: AbortController; readonly listeners: () => number } {
  const control = new AbortController();
  let count = 0;
  const { signal } = control;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  vi.spyOn(signal, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    count++;
    add(...args);
  });
  vi.spyOn(signal, 'removeEventListener').mockImplementation(
    (...args: Parameters<typeof remove>) => {
      count--;
      remove(...args);
    },
  );
  return { control, listeners: () => count };
}

const never = (signal: AbortSignal): Promise<Response> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/** An answer whose body never ends. */
const endless = (signal: AbortSignal): Response =>
  new Response(
    new ReadableStream({
      start(sink) {
        sink.enqueue(new TextEncoder().encode('{'));
        signal.addEventListener('abort', () => sink.error(signal.reason));
      },
    }),
  );

describe('aborting', () => {
  test.each([
    ['while the answer is waited for', [() => never]],
    ['while the body is read', [() => endless]],
    ['between two attempts', [status(503)]],
    ['while a long Retry-After is kept', [status(429, { 'Retry-After': '50' })]],
  ] as const)('%s ends the call at once, and leaves nothing', async (_name, replies) => {
    fakeClock(1);
    const { control, listeners } = watched();
    const server = fakeFetch(...replies);
    const result = rejection(
      send(createClient({ baseUrl, fetch: server.fetch }), { signal: control.signal }, () => get),
    );
    await vi.advanceTimersByTimeAsync(100);
    control.abort('reasons');
    const error = await result;
    expect(error).toMatchObject({ name: 'ApiError', code: 'aborted', cause: 'reasons' });
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);
    const { length } = server.sent;
    await vi.advanceTimersByTimeAsync(1e6);
    expect(server.sent).toHaveLength(length);
  });

  test('before the call sends nothing', async () => {
    const server = fakeFetch();
    const client = createClient({ baseUrl, fetch: server.fetch });
    const error = await rejection(
      send(client, { signal: AbortSignal.abort() }, () => ({ ...get, method: 'POST' })),
    );
    expect(error.code).toBe('aborted');
    expect(error.outcome).toBeUndefined();
    expect(server.sent).toHaveLength(0);
  });

  test('while a turn is waited for ends the call, and takes nobody’s turn', async () => {
    fakeClock();
    const server = fakeFetch();
    const limiter = tokenBucket({ perSecond: 1, burst: 1 });
    const client = createClient({ baseUrl, fetch: server.fetch, limiter });
    const { control, listeners } = watched();
    await send(client, undefined, () => get);
    const waiting = [1, 2, 3].map(() =>
      rejection(send(client, { signal: control.signal }, () => get)),
    );
    const last = send(client, undefined, () => get);
    await vi.advanceTimersByTimeAsync(500);
    control.abort();
    for (const result of waiting) expect(await result).toMatchObject({ code: 'aborted' });
    await vi.advanceTimersByTimeAsync(500);
    await last;
    expect(server.times).toEqual([0, 1000]);
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);
  });

  test('a POST that was sent leaves its outcome unknown', async () => {
    const control = new AbortController();
    const { origin } = await serve(() => control.abort());
    const client = createClient({ baseUrl: origin });
    const error = await rejection(
      send(client, { signal: control.signal }, () => ({ ...get, method: 'POST' })),
    );
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown' });
  });

  test('closes the connection', async () => {
    const control = new AbortController();
    const closed = new Promise<void>((resolve) => {
      void serve((response) => {
        response.on('close', () => resolve());
        response.write('{');
        setTimeout(() => control.abort(), 20);
      }).then(({ origin }) =>
        rejection(send(createClient({ baseUrl: origin }), { signal: control.signal }, () => get)),
      );
    });
    await closed;
  });
});

describe('a call that ends leaves no timer and no listener', () => {
  test.each([
    ['well', [ok()]],
    ['well after retries', [status(503), status(429, { 'Retry-After': '1' }), ok()]],
    ['badly', [status(400)]],
  ] as const)('%s', async (_name, replies) => {
    fakeClock();
    const { control, listeners } = watched();
    const client = createClient({ baseUrl, fetch: fakeFetch(...replies).fetch });
    await settle(
      send(client, { signal: control.signal }, () => get).catch(() => {}),
      10_000,
    );
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);
  });

  test('however often it is repeated', async () => {
    fakeClock();
    const warnings: string[] = [];
    const warn = (warning: Error): number => warnings.push(warning.name);
    process.on('warning', warn);
    const client = createClient({
      baseUrl,
      fetch: fakeFetch(status(429, { 'Retry-After': '1' })).fetch,
    });
    await settle(send(client, { retry: { attempts: 100 } }, () => get).catch(() => {}));
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });
});

describe('the time of a call', () => {
  test('covers its attempts and its waits', async () => {
    fakeClock();
    const server = fakeFetch(status(503), () => never);
    const result = rejection(
      send(createClient({ baseUrl, fetch: server.fetch }), { timeout: 5000 }, () => get),
    );
    await vi.advanceTimersByTimeAsync(4999);
    expect(server.times).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toMatchObject({ code: 'timeout', operation: 'getThing' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('may be endless', async () => {
    fakeClock();
    const client = createClient({
      baseUrl,
      fetch: fakeFetch(status(503), ok()).fetch,
      timeout: Infinity,
    });
    expect(await settle(send(client, undefined, () => get))).toEqual({});
  });

  test('does not depend on the clock of the machine', async () => {
    fakeClock();
    const server = fakeFetch(status(503), ok());
    const result = send(
      createClient({ baseUrl, fetch: server.fetch }),
      { timeout: 5000 },
      () => get,
    );
    await vi.advanceTimersByTimeAsync(10);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(10);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(await settle(result)).toEqual({});
    expect(server.times).toEqual([0, 250]);
  });
});

describe('the limits of a transport', () => {
  test('end an answer that never begins, and try again', async () => {
    fakeClock();
    const server = fakeFetch(() => never, ok());
    const client = createClient({
      baseUrl,
      fetch: transport({ fetch: server.fetch, headersTimeout: 1000 }),
    });
    expect(await settle(send(client, undefined, () => get))).toEqual({});
    expect(server.times).toEqual([0, 1250]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('end a body that never ends', async () => {
    fakeClock();
    const server = fakeFetch(() => endless);
    const client = createClient({
      baseUrl,
      fetch: transport({ fetch: server.fetch, bodyTimeout: 1000 }),
      retry: { attempts: 1 },
    });
    const error = await rejection(settle(send(client, undefined, () => get)));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('body');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('end a server that dribbles its head, and one that dribbles its body', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (data) => {
        const slow = String(data).startsWith('GET /head') ? 'HTTP/1.1 200 OK\r\nX: ' : '';
        socket.write(slow || 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = createClient({
      baseUrl: origin,
      fetch: transport({ headersTimeout: 200, bodyTimeout: 200 }),
      retry: { attempts: 1 },
    });
    for (const [path, what] of [
      ['/head', 'headers'],
      ['/body', 'body'],
    ] as const) {
      const error = await rejection(send(client, undefined, () => ({ ...get, path })));
      expect(error.code).toBe('timeout');
      expect(error.message).toContain(what);
    }
  });

  test('end a fetch that takes no notice of signals', async () => {
    fakeClock();
    const client = createClient({
      baseUrl,
      fetch: transport({ fetch: () => new Promise(() => {}), headersTimeout: 100 }),
      retry: { attempts: 1 },
    });
    expect(await rejection(settle(send(client, undefined, () => get)))).toMatchObject({
      code: 'timeout',
    });
  });
});

test('connections are kept between calls', async () => {
  const ports = new Set<string | undefined>();
  const { origin } = await serve((response) => {
    ports.add(String(response.socket?.remotePort));
    json(response, {});
  });
  const client = createClient({ baseUrl: origin, credentials: [bearer('k')], fetch: transport() });
  for (let count = 0; count < 10; count++) await send(client, undefined, () => get);
  expect(ports.size).toBeLessThanOrEqual(2);
});
