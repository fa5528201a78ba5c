import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Lease } from '../../templates/runtime/fleet/lease.ts';
import type { Boss, Row } from '../../templates/runtime/fleet/postgres.ts';
import { Sweeper } from '../../templates/runtime/fleet/sweeper.ts';
import { recordingStore } from './recording-pool.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a look for runs whose worker has died', () => {
  /** Looks with a store where the next lease ends, and a run may begin, after so many milliseconds; undefined: where none does. */
  function sweeping(nextEnd: number | undefined, dead: readonly Row[] = [], begin?: number) {
    const failed: unknown[] = [];
    let jobs = dead;
    const begins = [begin];
    const { store, pool } = recordingStore((text) =>
      text.includes('min(until)')
        ? [{ end: nextEnd ?? null, begin: begins.shift() ?? null }]
        : jobs,
    );
    // What is used of it.
    const boss = {
      fail: (_queue: string, attempts: unknown) => {
        failed.push(attempts);
        jobs = [];
        return Promise.resolve();
      },
    } as unknown as Boss;
    let wakes = 0;
    const parts = { store, boss, queue: 'fleet', report: () => {} };
    const sweeper = new Sweeper(parts, () => (wakes += 1));
    return {
      sweeper,
      failed,
      looks: () => pool.asked.filter(({ text }) => text.includes('job')).length,
      wakes: () => wakes,
    };
  }

  test.each([1, 120, 700])('comes as soon as a lease ends, in %d ms', async (nextEnd) => {
    const { sweeper, looks } = sweeping(nextEnd);
    await sweeper.look();
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(nextEnd);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(looks()).toBeGreaterThan(1);
    sweeper.end();
  });

  test.each([undefined, 1_500, 8_000])('comes every second besides (%s)', async (nextEnd) => {
    const { sweeper, looks } = sweeping(nextEnd);
    await sweeper.look();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(looks()).toBe(4);
    sweeper.end();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(looks()).toBe(4);
  });

  test.each([1, 120, 700])('has the places look when a run may begin, in %d ms', async (begin) => {
    const { sweeper, wakes } = sweeping(undefined, [], begin);
    await sweeper.look();
    await vi.advanceTimersByTimeAsync(begin);
    expect(wakes()).toBe(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(wakes()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(wakes()).toBe(1);
    sweeper.end();
  });

  test('a run that begins later than the next look is not looked for yet', async () => {
    const { sweeper, wakes } = sweeping(undefined, [], 1_500);
    await sweeper.look();
    await vi.advanceTimersByTimeAsync(1_010);
    expect(wakes()).toBe(0);
    sweeper.end();
  });

  test('gives jobs back as they were fetched, all at once, and has the places look for them', async () => {
    const dead = [
      { id: 'a', retry_count: 0 },
      { id: 'b', retry_count: 3 },
    ];
    const { sweeper, failed, wakes } = sweeping(8_000, dead);
    await sweeper.look();
    expect(failed).toEqual([
      [
        { id: 'a', retryCount: 0 },
        { id: 'b', retryCount: 3 },
      ],
    ]);
    expect(wakes()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wakes()).toBe(1);
    sweeper.end();
  });

  test('goes on after the database was away', async () => {
    let isAway = true;
    const { store, pool } = recordingStore(() => {
      if (isAway) throw new Error('Connection terminated');
      return [];
    });
    const errors: unknown[] = [];
    // Nothing is to be failed here.
    const boss = {} as Boss;
    const parts = { store, boss, queue: 'fleet', report: (error: unknown) => errors.push(error) };
    const sweeper = new Sweeper(parts, () => {});
    await sweeper.look();
    expect(errors).toHaveLength(1);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(errors).toHaveLength(1);
    expect(pool.asked.length).toBeGreaterThan(2);
    sweeper.end();
  });
});

describe('the lease of a unit', () => {
  const options = { unit: '7', worker: 'second', ms: 10_000 };

  /** A unit that may be taken in so many milliseconds. */
  function unitFreeIn(ms: number) {
    const began = performance.now();
    return recordingStore((text) =>
      text.startsWith('select')
        ? [{ ms: began + ms - performance.now() }]
        : text.startsWith('insert')
          ? [{ epoch: '2' }]
          : [],
    );
  }

  test.each([-1, -400, -60_000])(
    'is taken at once where the last one has ended (%d ms)',
    async (ms) => {
      const { store } = unitFreeIn(ms);
      // No time passes here: whoever waits does not end.
      const lease = await Lease.take(store, { ...options, signal: new AbortController().signal });
      expect(lease.epoch).toBe('2');
      await lease.release();
    },
  );

  test('is waited for where somebody has it', async () => {
    const { store, pool } = unitFreeIn(2_500);
    const taking = Lease.take(store, { ...options, signal: new AbortController().signal });
    await vi.advanceTimersByTimeAsync(2_400);
    expect(pool.asked.filter(({ text }) => text.startsWith('insert'))).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    await (await taking).release();
  });

  test('gives the unit a rest of a second where its owner lets go of it', async () => {
    const { store, pool } = unitFreeIn(-1);
    const lease = await Lease.take(store, { ...options, signal: new AbortController().signal });
    await lease.release();
    const { text, values } = pool.asked.at(-1)!;
    expect(text).toContain('rests = clock_timestamp() + $3');
    expect(values).toEqual(['7', '2', 1_000]);
  });
});
