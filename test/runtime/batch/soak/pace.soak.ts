import { expect, test } from 'vitest';
import { bench, organizationId, ports } from '../fixtures.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const batchMs = Number(process.env['SOAK_BATCH_MS'] ?? 60_000);

test.for(Array.from({ length: seeds }, (_, index) => index + 1))(
  'seed %d: 10,000 actions take at most 1.05 of the minimum time of the model',
  async (seed) => {
    await using at = await bench({ batchMs, jitter: 0.5, seed });
    const plan = at.batch.plan(ports(10_000));
    await at.batch.run(plan, { organizationId });
    const { busyMs, durations, requests, offences } = at.simulator.server;
    const mean = busyMs / plan.batches.length;
    const minimum = Math.max(Math.ceil(plan.batches.length / 5) * mean, busyMs / 5);
    const ratio = at.clock.now() / minimum;
    const lossless = losslessMs(durations, 5) / minimum;
    console.log(seed, JSON.stringify({ ratio, lossless, requests }));
    expect(ratio).toBeLessThanOrEqual(1.05);
    expect(offences).toEqual({ rate: 0, concurrency: 0, size: 0, malformed: 0 });
  },
);

/** What it takes if each place is given to the next batch in the moment in which it is free. */
function losslessMs(durations: readonly number[], places: number): number {
  const free = Array.from({ length: places }, () => 0);
  for (const ms of durations) {
    const next = free.indexOf(Math.min(...free));
    free[next] = free[next]! + ms;
  }
  return Math.max(...free);
}
