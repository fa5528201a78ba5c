import { describe, expect, test } from 'vitest';
import { axapiFaulted, graphFaulted, journyxFaulted } from './faulted.ts';

// The full size is `npm run soak:batches`.
const count = 1_000;
const share = 0.05;
const seeds = [1, 2, 3];

describe.each(seeds)('a server that fails every so often, seed %d', (seed) => {
  test('aXAPI under a version: nothing is lost, made twice, or reported wrongly', async () => {
    const report = await axapiFaulted(true)(count, share, seed);
    expect(report.faults).toBeGreaterThan(0);
    expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [] });
    expect(report.unknown).toBe(report.untellable);
  });

  test('aXAPI without a version: what nobody can know is said to be unknown', async () => {
    const report = await axapiFaulted(false)(count, share, seed);
    expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [] });
    expect(report.unknown).toBe(report.untellable);
  });

  test('Journyx: what has an ETag is neither lost nor made twice, and known', async () => {
    const report = await journyxFaulted(count, share, seed);
    expect(report.faults).toBeGreaterThan(0);
    expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [] });
    expect(report.unknown).toBe(report.untellable);
  });

  test('Microsoft Graph: nothing is sent twice that was not throttled', async () => {
    const report = await graphFaulted(count, share, seed);
    expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [] });
    expect(report.unknown).toBe(report.untellable);
  });
});
