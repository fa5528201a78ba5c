import { describe, expect, test } from 'vitest';
import { EventQueue } from '../../bench/event-queue.ts';
import { makespan } from '../../bench/makespan.ts';
import { type FleetModel, simulateFleet } from '../../bench/simulated-fleet.ts';
import { randomOf } from '../simulators/random.ts';

const model: FleetModel = {
  actions: [],
  addresses: 1,
  places: 10,
  batch: 30,
  slice: 60,
  turn: 0,
  gap: 0,
  life: Infinity,
  takeover: 10.5,
  seed: 1,
};

describe('a simulated fleet', () => {
  test('takes what a schedule takes where nothing but batches takes time', () => {
    const random = randomOf(1);
    const durations = Array.from({ length: 40 }, () => 30 * (0.5 + random()));
    const { seconds, batches } = simulateFleet({ ...model, actions: [4_000] });
    expect(batches).toBe(40);
    expect(seconds).toBeCloseTo(makespan(durations, 5));
  });

  test.each([1, 2, 5])('carries out every batch, at %d addresses', (addresses) => {
    const actions = Array.from({ length: 200 }, (_, index) => 50 + 17 * index);
    const result = simulateFleet({ ...model, actions, addresses });
    const batches = actions.reduce((sum, each) => sum + Math.ceil(each / 100), 0);
    expect(result.batches).toBe(batches);
    expect(result.waits).toHaveLength(200);
    // Five at a time in each of ten places, and each takes half of the mean at least.
    expect(result.seconds).toBeGreaterThan((batches * 15) / (50 * addresses));
    expect(result.used).toBeLessThanOrEqual(1);
  });

  test('is faster with more addresses, and slower where workers die', () => {
    const actions = Array.from({ length: 400 }, () => 500);
    const one = simulateFleet({ ...model, actions });
    const four = simulateFleet({ ...model, actions, addresses: 4 });
    expect(four.seconds).toBeLessThan(one.seconds / 3);
    const dying = simulateFleet({ ...model, actions, life: 60 });
    expect(dying.deaths).toBeGreaterThan(5);
    expect(dying.seconds).toBeGreaterThan(one.seconds);
  });

  test('lets small runs have a place that a large one has held for its slice', () => {
    const actions = [100_000, ...Array.from({ length: 30 }, () => 100)];
    const sharing = simulateFleet({ ...model, actions, places: 1 });
    const keeping = simulateFleet({ ...model, actions, places: 1, slice: Infinity });
    expect(Math.max(...sharing.waits)).toBeLessThan(Math.max(...keeping.waits) / 2);
  });
});

test('what is to happen comes out in its order', () => {
  const random = randomOf(7);
  const times = Array.from({ length: 500 }, () => random());
  const queue = new EventQueue();
  for (const at of times) queue.add(at, () => {});
  const out = times.map(() => queue.next()?.at);
  expect(out).toEqual(times.toSorted((a, b) => a - b));
  expect(queue.next()).toBeUndefined();
});
