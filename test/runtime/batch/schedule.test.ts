import { describe, expect, test, vi } from 'vitest';
import { duration, lowerBoundMs } from '../../../templates/runtime/batch/plan/estimate.ts';
import { DurationEstimate } from '../../../templates/runtime/batch/pace/duration-estimate.ts';
import { BatchSlots } from '../../../templates/runtime/batch/pace/batch-slots.ts';
import { RateLimiter } from '../../../templates/runtime/batch/pace/rate-limiter.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { type Bench, bench, organizationId, ports } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('the pace', () => {
  test('lets a burst go at once, then one after the other', async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(clock, 10, 3);
    const times: number[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        await pace.turn();
        times.push(clock.now());
      }),
    );
    expect(times).toEqual([0, 0, 0, 100, 200, 300]);
  });

  test('gathers a new burst while nobody asks', async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(clock, 10, 2);
    for (let turn = 0; turn < 4; turn += 1) await pace.turn();
    await clock.sleep(1_000);
    const begin = clock.now();
    await Promise.all([pace.turn(), pace.turn()]);
    expect(clock.now()).toBe(begin);
  });

  test('holds everybody back, and does not let them all go at once', async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(clock, 10, 5);
    pace.hold(5_000);
    const times: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        await pace.turn();
        times.push(clock.now());
      }),
    );
    expect(Math.min(...times)).toBeGreaterThanOrEqual(5_000);
    expect(new Set(times).size).toBe(5);
  });

  test('ends at an abort', async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(clock, 1, 1);
    const control = new AbortController();
    await pace.turn();
    const waiting = pace.turn(control.signal);
    control.abort();
    await waiting;
    expect(clock.now()).toBe(0);
  });
});

describe('the window', () => {
  const { signal } = new AbortController();

  test('has places for so many', async () => {
    const window = new BatchSlots(2, 5);
    expect(await window.enter(signal)).toBe(true);
    expect(await window.enter(signal)).toBe(true);
    let third = false;
    const entering = window.enter(signal).then(() => (third = true));
    await Promise.resolve();
    expect(third).toBe(false);
    window.leave();
    await entering;
  });

  test('gives the places of others to nobody', async () => {
    const window = new BatchSlots(5, 5);
    window.observe(4);
    await window.enter(signal);
    const entering = window.enter(signal);
    expect(window.crowdedOut).toBe(true);
    window.observe(3);
    expect(await entering).toBe(true);
    expect(window.crowdedOut).toBe(false);
  });

  test('keeps the order of those who wait, and lets go of those who give up', async () => {
    const window = new BatchSlots(1, 5);
    const order: string[] = [];
    await window.enter(signal);
    const control = new AbortController();
    const given = window.enter(control.signal);
    const first = window.enter(signal).then(() => order.push('first'));
    const second = window.enter(signal).then(() => order.push('second'));
    control.abort();
    expect(await given).toBe(false);
    window.leave();
    await first;
    window.leave();
    await second;
    expect(order).toEqual(['first', 'second']);
  });
});

test('a first look comes a pause before a steady duration ends, earlier where durations vary', () => {
  const steady = new DurationEstimate();
  expect(steady.firstLook).toBe(400);
  for (let sample = 0; sample < 50; sample += 1) steady.add(10_000);
  expect(steady.firstLook).toBeCloseTo(10_000 - steady.pause(0), -1);
  const varying = new DurationEstimate();
  for (let sample = 0; sample < 50; sample += 1) varying.add(sample % 2 === 0 ? 7_500 : 12_500);
  expect(varying.firstLook).toBeLessThan(6_000);
  expect(varying.firstLook).toBeGreaterThan(4_500);
});

test.for([
  [{ batches: 100, chain: 1, batchMs: 30_000, requests: 400 }, 600_000],
  [{ batches: 100, chain: 90, batchMs: 30_000, requests: 400 }, 2_700_000],
  [{ batches: 100, chain: 1, batchMs: 1_000, requests: 400 }, 40_000],
  [{ batches: 0, chain: 0, batchMs: 1_000, requests: 0 }, 0],
] as const)('the minimum time of %j', ([load, ms]) => {
  expect(lowerBoundMs({ ...load, concurrent: 5, perSecond: 10 })).toBe(ms);
});

test.for([
  [400, '0.4 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [95_000, '1 min 35 s'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
] as const)('%d ms is %s', ([ms, text]) => {
  expect(duration(ms)).toBe(text);
});

describe('a run without faults', () => {
  test('takes little more than the minimum of the model', async () => {
    await using at = await bench({ batchMs: 60_000, jitter: 0.5, seed: 3 });
    await at.batch.run(ports(3_000), { organizationId });
    const { busyMs, offences } = at.simulator.server;
    const minimum = Math.max(6 * 60_000, busyMs / 5);
    // Six rounds only, so the last ones weigh much; the long run has its own limit.
    expect(at.clock.now() / minimum).toBeLessThan(1.2);
    expect(offences).toEqual({ rate: 0, concurrency: 0, size: 0, malformed: 0 });
  });

  test('asks for few lists where batches take the same time', async () => {
    await using at = await bench({ batchMs: 30_000 });
    await at.batch.run(ports(4_000), { organizationId });
    expect(lists(at)).toBeLessThan(4 * 40);
    expect(at.clock.now()).toBeLessThan(1.1 * 8 * 30_000);
  });

  test('soon looks earlier where batches come to take less time', async () => {
    const batchMs = (before: number): number => (before < 20 ? 30_000 : 10_000);
    await using at = await bench({ batchMs });
    await at.batch.run(ports(6_000), { organizationId });
    expect(at.clock.now()).toBeLessThan(1.25 * (4 * 30_000 + 8 * 10_000));
  });
});

/** How often the list of all batches was asked for. */
function lists(at: Bench): number {
  return at.simulator.seen.filter((request) => /^GET .*actionBatches(\?|$)/.test(request)).length;
}
