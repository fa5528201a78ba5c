import { expect, onTestFinished, test, vi } from 'vitest';
import { tokenBucket } from '../../../generated/meraki/src/runtime/transport/rate-limit.ts';
import { answer } from '../../simulators/fault-acts.ts';
import { randomOf } from '../../simulators/random.ts';
import { clientAt, failure, type Options, random, serve } from './client.ts';

const networkId = 'N_1';
const fine = answer({ body: { id: 'N_1' } });

/** Milliseconds that a client waits after a 429 with these headers. */
async function waits(headers: Readonly<Record<string, string>>): Promise<number> {
  const times: number[] = [];
  const server = await serve(answer({ status: 429, headers }), fine);
  const hooks = { before: () => void times.push(performance.now()) };
  await clientAt(server.origin, { hooks }).networks.getNetwork({ networkId });
  expect(server.requests).toHaveLength(2);
  return times[1]! - times[0]!;
}

test('R20: 429 with Retry-After in seconds is repeated after them, also a POST', async () => {
  const server = await serve(answer({ status: 429, headers: { 'Retry-After': '2' } }), fine);
  const start = performance.now();
  const { appliance } = clientAt(server.origin);
  await appliance.createNetworkApplianceVlan({ networkId, body: { id: '99', name: 'x' } });
  expect(performance.now() - start).toBeGreaterThanOrEqual(2000);
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

test('R21: Retry-After as a date is counted from the answer’s own Date, whatever the clock here', async () => {
  const wait = await waits({
    Date: 'Sun, 06 Nov 1994 08:49:36 GMT',
    'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT',
  });
  expect(wait).toBeGreaterThanOrEqual(999);
  expect(wait).toBeLessThan(3000);
});

test('R22: the older forms of dates are read as GMT too', async () => {
  const Date = 'Sun, 06 Nov 1994 08:49:36 GMT';
  const dates = ['Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'];
  for (const wait of await Promise.all(dates.map((date) => waits({ Date, 'Retry-After': date })))) {
    expect(wait).toBeGreaterThanOrEqual(999);
    expect(wait).toBeLessThan(3000);
  }
});

test('R23: Retry-After 0 is now, and what means nothing is waited out at random', async () => {
  random(0.4);
  expect(await waits({ 'Retry-After': '0' })).toBeLessThan(150);
  const means = ['', '-1', 'NaN', '1e9', '0x10', '1, 2', 'Infinity', '1.5'];
  for (const wait of await Promise.all(means.map((value) => waits({ 'Retry-After': value })))) {
    expect(wait).toBeGreaterThanOrEqual(199);
    expect(wait).toBeLessThan(1000);
  }
});

test('R24: Retry-After above the limit fails at once and says for how long', async () => {
  for (const [value, retryAfter] of [
    ['86400', 86_400_000],
    ['99999999999', 99_999_999_999_000],
  ] as const) {
    const server = await serve(answer({ status: 429, headers: { 'Retry-After': value } }));
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    expect(error).toMatchObject({ code: 'rate-limit', status: 429, retryAfter });
    expect(server.requests).toHaveLength(1);
  }
});

test('R25: 429 with a page is a rate-limit error, with the page as text, up to a million bytes', async () => {
  random(0);
  for (const [length, kept] of [
    [5000, 5000],
    [3_000_000, 1_000_000],
  ] as const) {
    const server = await serve(
      answer({
        status: 429,
        headers: { 'Content-Type': 'text/html' },
        body: '<html>'.padEnd(length, 'x'),
      }),
    );
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    const body = '<html>'.padEnd(kept, 'x');
    expect(error).toMatchObject({ code: 'rate-limit', status: 429, body });
    expect(error.message.length).toBeLessThanOrEqual(1000);
    expect(server.requests).toHaveLength(5);
  }
});

test('R26: 429 to fifty calls at once holds all of them back, and they come back one by one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let left = 0;
  const times: number[] = [];
  const fetch = async (): Promise<Response> => {
    times.push(performance.now());
    return left-- > 0
      ? new Response('', { status: 429, headers: { 'Retry-After': '1' } })
      : new Response('{}');
  };
  /** Milliseconds that fifty callers with so many calls each take. */
  const taken = async (options: Options, calls: number): Promise<number> => {
    const { networks } = clientAt('https://api.example.com', { fetch, ...options });
    times.length = 0;
    const start = performance.now();
    const callers = Array.from({ length: 50 }, async () => {
      for (let count = 0; count < calls; count += 1) await networks.getNetwork({ networkId });
    });
    const end = Promise.all(callers).then(() => performance.now() - start);
    await vi.advanceTimersByTimeAsync(60_000);
    return end;
  };
  const mostIn = (milliseconds: number): number =>
    Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + milliseconds).length),
    );

  left = 10;
  const ideal = 1000 + 200 * 100;
  expect(await taken({ limiter: tokenBucket({ perSecond: 10, burst: 10 }) }, 4)).toBeLessThan(
    1.2 * ideal,
  );
  expect(times).toHaveLength(210);
  expect(mostIn(1000)).toBeLessThanOrEqual(20);

  // Without a rate to share they come back after the wait, spread over half a second.
  const chance = randomOf(1);
  const spy = vi.spyOn(Math, 'random').mockImplementation(chance);
  onTestFinished(() => void spy.mockRestore());
  left = 50;
  expect(await taken({}, 1)).toBeLessThan(1500);
  const [first = 0] = times.splice(0, 50);
  expect(Math.min(...times) - first).toBeGreaterThanOrEqual(1000);
  expect(mostIn(50)).toBeLessThanOrEqual(12);
});
