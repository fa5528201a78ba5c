import { expect, test } from 'vitest';
import { bench, organizationId, ports } from '../fixtures.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 10);
const batchMs = Number(process.env['SOAK_BATCH_MS'] ?? 60_000);

test.for(Array.from({ length: seeds }, (_, index) => index + 1))(
  'seed %d: 10,000 actions take at most 1.05 of the minimum time of the model',
  async (seed) => {
    await using at = await bench({ batchMs, jitter: 0.5, seed });
    const plan = at.batch.plan(ports(10_000));
    await at.batch.run(plan, { organizationId });
    const { busyMs, requests, offences } = at.simulator.server;
    const mean = busyMs / plan.batches.length;
    const minimum = Math.max(Math.ceil(plan.batches.length / 5) * mean, busyMs / 5);
    const ratio = at.clock.now() / minimum;
    console.log(seed, JSON.stringify({ ratio, seconds: at.clock.now() / 1_000, requests }));
    expect(ratio).toBeLessThanOrEqual(1.05);
    expect(offences).toEqual({ rate: 0, concurrency: 0, size: 0, malformed: 0 });
  },
);
