import { describe, expect, test, vi } from 'vitest';
import { faultsOf } from './independent/faults-of.ts';
import { modes } from './independent/modes.ts';
import { runTrial } from './independent/trial.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

interface Found {
  readonly name: string;
  readonly seed: number;
  readonly count: number;
  readonly kills: number;
}

async function reportOf({ name, seed, count, kills }: Found): Promise<object> {
  const mode = modes.find((one) => one.name === name)!;
  const report = await runTrial(mode, seed, count, kills);
  return { faults: faultsOf(mode, report), unknown: report.unknown, above: report.overLimit };
}

describe('seeds with which a soak has found a fault', () => {
  const lagging = 'answers are lost, reads lag, a second confirmation is refused';
  const notFound = 'PUT fails with 404 for good';
  const failing = 'PUT fails with 500 for good';
  const still = 'the process stands still for 400 s';

  test.for<Found>([
    // Replicas were asked nine times within five seconds, and did not know the batch yet.
    { name: lagging, seed: 1, count: 1_000, kills: 0 },
    { name: lagging, seed: 3, count: 1_000, kills: 0 },
    { name: lagging, seed: 15, count: 1_000, kills: 0 },
    // The process dies between the DELETE of a draft and the entry that says so.
    { name: notFound, seed: 5, count: 1_000, kills: 5 },
    { name: notFound, seed: 17, count: 1_000, kills: 5 },
    { name: failing, seed: 7, count: 1_000, kills: 5 },
    // Five looks in a row at what a failed batch may have kept were spoilt.
    { name: '20 % of all requests are faulted', seed: 13, count: 5_000, kills: 0 },
    // All that waited for their turn had it at once.
    { name: still, seed: 9, count: 1_000, kills: 0 },
    { name: still, seed: 17, count: 1_000, kills: 0 },
  ])('$name, seed $seed', async (found) => {
    expect(await reportOf(found)).toEqual({ faults: [], unknown: 0, above: 0 });
  });

  // A replica lagged behind that had not shown it before, when it was looked at what a failed batch had kept.
  test.for([4])('everything at once, seed %d', async (seed) => {
    const report = await reportOf({ name: 'everything at once', seed, count: 5_000, kills: 5 });
    expect(report).toMatchObject({ faults: [] });
  });

  const restored = 'a journal is restored from a backup when its process has died';

  // Several lives were forgotten, and what failed had been taken out of some batches.
  test.for([6])(`${restored}, seed %d`, async (seed) => {
    const report = await reportOf({ name: restored, seed, count: 5_000, kills: 5 });
    expect(report).toMatchObject({ faults: [], above: 0 });
  });
});
