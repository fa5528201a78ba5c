import { expect, test, vi } from 'vitest';
import type { Waiting } from '../../../templates/runtime/batch/pace/standstill.ts';
import { bench, organizationId, ports, type Bench } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

/** What a run waits for, when it has gone on for so long. */
async function waitingAfter(at: Bench, ms: number): Promise<Waiting | undefined> {
  const run = at.batch.run(ports(300), { organizationId });
  await at.clock.sleep(ms);
  const waiting = run.waiting();
  await run;
  expect(run.waiting()).toBeUndefined();
  return waiting;
}

test('a run whose batches are executed says so', async () => {
  await using at = await bench({ batchMs: 60_000 });
  expect(await waitingAfter(at, 20_000)).toMatchObject({ why: 'running', until: undefined });
});

test('a run whose requests fail says why, and until when it tries', async () => {
  await using at = await bench({ faults: () => 'unavailable' });
  const waiting = await waitingAfter(at, 60_000);
  expect(waiting).toMatchObject({ why: 'trouble' });
  expect(waiting?.message).toContain('503');
  // It began to fail at once, and tries for ten minutes.
  expect(waiting?.until).toBeGreaterThanOrEqual(600_000);
  expect(waiting?.until).toBeLessThan(605_000);
});

test('a run that other applications keep waiting says how many batches they run', async () => {
  await using at = await bench();
  at.simulator.server.occupy(5, 60_000);
  expect(await waitingAfter(at, 5_000)).toMatchObject({
    why: 'places',
    message: 'other applications run 5 batches',
  });
});
