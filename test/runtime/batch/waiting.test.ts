import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Progress } from '../../../templates/runtime/batch/run/progress.ts';
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

describe('the iteration of a run', () => {
  beforeEach(() => {
    // Words for people come by the system's clock.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is said when five seconds have passed, after so much of the run. */
  async function saidAfter(at: Bench, ms: number): Promise<readonly Progress[]> {
    const run = at.batch.run(ports(300), { organizationId });
    const said: Progress[] = [];
    const reading = (async () => {
      for await (const progress of run) if (progress.state === 'waiting') said.push(progress);
    })();
    await at.clock.sleep(ms);
    vi.advanceTimersByTime(5_000);
    await reading;
    expect(vi.getTimerCount()).toBe(0);
    return said;
  }

  test('says that requests fail, and until when the run tries', async () => {
    await using at = await bench({ faults: () => 'unavailable' });
    const said = await saidAfter(at, 60_000);
    expect(said).toMatchObject([
      { waiting: { why: 'trouble' }, done: 0, total: 300, batch: undefined, settled: [] },
    ]);
    expect(said[0]?.waiting?.until).toBeGreaterThanOrEqual(600_000);
  });

  test('says that other applications hold the places', async () => {
    await using at = await bench();
    at.simulator.server.occupy(5, 60_000);
    expect(await saidAfter(at, 5_000)).toMatchObject([
      { waiting: { why: 'places', message: 'other applications run 5 batches' } },
    ]);
  });

  test('says nothing of the kind while its own batches are executed', async () => {
    await using at = await bench({ batchMs: 60_000 });
    expect(await saidAfter(at, 20_000)).toEqual([]);
  });

  test('of a stream says the same', async () => {
    await using at = await bench();
    at.simulator.server.occupy(5, 60_000);
    const run = at.batch.run(
      (async function* () {
        yield* ports(300);
      })(),
      { organizationId },
    );
    const said: Progress[] = [];
    const reading = (async () => {
      for await (const progress of run) if (progress.state === 'waiting') said.push(progress);
    })();
    await at.clock.sleep(5_000);
    expect(run.waiting()).toMatchObject({ why: 'places' });
    vi.advanceTimersByTime(5_000);
    await reading;
    expect(said).toMatchObject([{ waiting: { why: 'places' }, remaining: undefined }]);
    expect(run.waiting()).toBeUndefined();
  });
});
