import { describe, expect, test, vi } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { tokenBucket } from '../../../templates/runtime/transport/rate-limit.ts';
import type { Transmit } from '../../../templates/runtime/call.ts';
import { fakeClock, fakeFetch, ok, status } from './fake.ts';
import { randomOf } from '../../simulators/random.ts';
import { rejection } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const of = (organization: string): Request => ({
  ...get,
  path: `/organizations/${organization}/x`,
});
const key = ({ path }: Request): string | undefined => /^\/organizations\/[^/]+/.exec(path)?.[0];

/** A server that allows so many requests a second, with a burst, as nginx's limit_req does. */
class LimitedServer {
  rate: number;
  readonly burst: number;
  accepted: number[] = [];
  refused: number[] = [];
  #excess = 0;
  #last = -Infinity;

  constructor(rate: number, burst: number) {
    this.rate = rate;
    this.burst = burst;
  }

  readonly fetch: Transmit = async () => {
    const now = performance.now();
    const excess = Math.max(0, this.#excess - ((now - this.#last) * this.rate) / 1e3) + 1;
    if (excess > this.burst + 1) {
      this.refused.push(now);
      return new Response('{}', { status: 429, headers: { 'Retry-After': '1' } });
    }
    this.#excess = excess;
    this.#last = now;
    this.accepted.push(now);
    return new Response('{}');
  };

  since(time: number): { readonly accepted: number; readonly refused: number } {
    return {
      accepted: this.accepted.filter((at) => at >= time).length,
      refused: this.refused.filter((at) => at >= time).length,
    };
  }
}

/** Keeps so many calls going until the time is over. */
function load(
  client: ReturnType<typeof createClient>,
  request: Request,
  calls: number,
  until: number,
): Promise<unknown> {
  const one = async (): Promise<void> => {
    while (performance.now() < until)
      await send(client, { retry: { attempts: Infinity }, timeout: Infinity }, () => request);
  };
  return Promise.all(Array.from({ length: calls }, one));
}

test('a burst goes out at once, then one at a time, first come first served', async () => {
  fakeClock();
  const { fetch, times } = fakeFetch();
  const limiter = tokenBucket({ perSecond: 10, burst: 3 });
  const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
  const order: number[] = [];
  const calls = [0, 1, 2, 3, 4, 5].map((index) =>
    send(client, undefined, () => get).then(() => order.push(index)),
  );
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(calls);
  expect(times).toEqual([0, 0, 0, 100, 200, 300]);
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a pause lets the burst come back, and no more than it', async () => {
  fakeClock();
  const { fetch, times } = fakeFetch();
  const limiter = tokenBucket({ perSecond: 10, burst: 2 });
  const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
  for (const pause of [0, 60_000]) {
    await vi.advanceTimersByTimeAsync(pause);
    const calls = [1, 2, 3].map(() => send(client, undefined, () => get));
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(calls);
  }
  expect(times.map((time) => time % 61_000)).toEqual([0, 0, 100, 0, 0, 100]);
});

test('each organization has a bucket of its own, whatever its id', async () => {
  fakeClock();
  const { fetch, sent, times } = fakeFetch();
  const limiter = tokenBucket({ perSecond: 1, burst: 1, key });
  const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
  const ids = ['1', '2', '__proto__', 'constructor'];
  const calls = [...ids, ...ids].map((id) => send(client, undefined, () => of(id)));
  calls.push(
    send(client, undefined, () => get),
    send(client, undefined, () => get),
  );
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(calls);
  expect(times.filter((time) => time === 0)).toHaveLength(5);
  expect(sent).toHaveLength(10);
});

test('clients may share a limit', async () => {
  fakeClock();
  const { fetch, times } = fakeFetch();
  const limiter = tokenBucket({ perSecond: 10, burst: 1 });
  const clients = [1, 2].map(() =>
    createClient({ baseUrl: 'https://api.example.com', fetch, limiter }),
  );
  const calls = [0, 1, 0, 1].map((index) => send(clients[index]!, undefined, () => get));
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(calls);
  expect(times).toEqual([0, 100, 200, 300]);
});

describe('against a server that limits', () => {
  test('at the rate that was set, nearly none is refused and nearly all of it is used', async () => {
    fakeClock();
    const server = new LimitedServer(10, 10);
    const limiter = tokenBucket({ perSecond: 10 });
    const client = createClient({
      baseUrl: 'https://api.example.com',
      fetch: server.fetch,
      limiter,
    });
    const start = performance.now();
    const done = load(client, get, 20, start + 60_000);
    await vi.advanceTimersByTimeAsync(70_000);
    await done;
    const { accepted, refused } = server.since(start + 5000);
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 55 * 10);
  });

  test('that halves its limit, it comes down, and goes up again when the limit does', async () => {
    fakeClock();
    const server = new LimitedServer(10, 10);
    const limiter = tokenBucket({ perSecond: 10 });
    const client = createClient({
      baseUrl: 'https://api.example.com',
      fetch: server.fetch,
      limiter,
    });
    const start = performance.now();
    const done = load(client, get, 20, start + 120_000);
    await vi.advanceTimersByTimeAsync(20_000);
    server.rate = 5;
    await vi.advanceTimersByTimeAsync(10_000);
    const down = performance.now();
    await vi.advanceTimersByTimeAsync(40_000);
    const halved = server.since(down);
    expect(halved.refused / (halved.accepted + halved.refused)).toBeLessThan(0.1);
    expect(halved.accepted).toBeGreaterThan(0.6 * 40 * 5);
    server.rate = 10;
    await vi.advanceTimersByTimeAsync(10_000);
    const up = performance.now();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(server.since(up).accepted).toBeGreaterThanOrEqual(0.95 * 30 * 10);
    await vi.advanceTimersByTimeAsync(30_000);
    await done;
  });

  test.each([1, 2, 3])('two that do not know of each other share alike (seed %i)', async (seed) => {
    fakeClock();
    vi.mocked(Math.random).mockImplementation(randomOf(seed));
    const server = new LimitedServer(10, 10);
    const start = performance.now();
    const counts = [0, 0];
    const done = Promise.all(
      [0, 1].map((index) => {
        const fetch: Transmit = async (...args) => {
          const response = await server.fetch(...args);
          if (response.ok) counts[index]!++;
          return response;
        };
        const limiter = tokenBucket({ perSecond: 10 });
        return load(
          createClient({ baseUrl: 'https://api.example.com', fetch, limiter }),
          get,
          10,
          start + 120_000,
        );
      }),
    );
    await vi.advanceTimersByTimeAsync(140_000);
    await done;
    const { accepted, refused } = server.since(start + 20_000);
    expect(accepted).toBeGreaterThan(0.8 * 100 * 10);
    expect(refused / (accepted + refused)).toBeLessThan(0.1);
    expect(Math.min(...counts) / Math.max(...counts)).toBeGreaterThan(0.7);
  });

  test('one refusal holds everyone back, and they do not come back all at once', async () => {
    fakeClock();
    const refused = status(429, { 'Retry-After': '3' });
    const later = (reply: () => Response) => () => async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return reply();
    };
    const { fetch, times } = fakeFetch(
      ...Array.from({ length: 10 }, () => later(refused)),
      later(ok()),
    );
    const limiter = tokenBucket({ perSecond: 10, burst: 10 });
    const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
    const calls = Array.from({ length: 50 }, () => send(client, undefined, () => get));
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all(calls);
    expect(times.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(times[10]).toBeGreaterThanOrEqual(3000);
    const gaps = times.slice(11).map((time, index) => time - times[index + 10]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(99);
    expect(times).toHaveLength(60);
  });

  test('a refusal halves the rate, whatever the burst is, and nobody is held up longer', async () => {
    fakeClock();
    const refused = status(429);
    const { fetch, times } = fakeFetch(refused, ok());
    const limiter = tokenBucket({ perSecond: 1000, burst: 500 });
    const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
    await rejection(send(client, { retry: { attempts: 1 } }, () => get));
    const done = load(client, get, 500, performance.now() + 6000);
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    const during = times.filter((at) => at < 6000).length;
    expect(during).toBeGreaterThan(0.95 * 6 * 750);
    expect(during).toBeLessThan(1.05 * 6 * 750);
  });

  test('one refusal for a day holds others back for a minute', async () => {
    fakeClock();
    const { fetch, times } = fakeFetch(status(429, { 'Retry-After': '86400' }), ok());
    const limiter = tokenBucket({ perSecond: 10 });
    const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
    await expect(send(client, undefined, () => get)).rejects.toMatchObject({
      retryAfter: 86_400_000,
    });
    const next = send(client, undefined, () => get);
    await vi.advanceTimersByTimeAsync(70_000);
    await next;
    expect(times[1]).toBeGreaterThanOrEqual(60_000);
  });

  test('one organization that is refused slows no other', async () => {
    fakeClock();
    const free: number[] = [];
    const fetch: Transmit = async (url) => {
      if (url.pathname.includes('busy'))
        return new Response('{}', { status: 429, headers: { 'Retry-After': '30' } });
      free.push(performance.now());
      return new Response('{}');
    };
    const limiter = tokenBucket({ perSecond: 10, key });
    const client = createClient({ baseUrl: 'https://api.example.com', fetch, limiter });
    const start = performance.now();
    const busy = Promise.all(
      Array.from({ length: 10 }, () => send(client, undefined, () => of('busy')).catch(() => {})),
    );
    const done = load(client, of('free'), 5, start + 20_000);
    await vi.advanceTimersByTimeAsync(25_000);
    await done;
    expect(free.length).toBeGreaterThanOrEqual(0.95 * 20 * 10);
    await vi.advanceTimersByTimeAsync(600_000);
    await busy;
  });
});
