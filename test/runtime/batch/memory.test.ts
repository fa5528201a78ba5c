import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import { createRequestBatch } from '../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { Connection } from '../../simulators/independent/connection.ts';
import { IndependentServer } from '../../simulators/independent/server.ts';
import { randomOf } from '../../simulators/random.ts';
import { bench, organizationId, ports } from './fixtures.ts';
import { load } from './independent/load.ts';
import { meraki } from './meraki.ts';
import { axapi, canned, post } from './requests/fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const warnings: string[] = [];
const listen = (warning: Error): void => void warnings.push(warning.name);

beforeEach(() => {
  warnings.length = 0;
  process.on('warning', listen);
});
afterEach(() => {
  process.off('warning', listen);
});

setFlagsFromString('--expose-gc');
// V8 gives its collector to contexts that are made after the flag.
const collect = runInNewContext('gc') as () => void;

/** How many are still held when all that is not reachable has been collected. */
async function held(refs: readonly WeakRef<object>[]): Promise<number> {
  // What a turn of the event loop has touched is kept until it ends.
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return refs.filter((ref) => ref.deref() !== undefined).length;
}

/** Makes runs one after another with one client; counts what is still held of them. */
async function heldAfter<Subject>(
  subject: Subject,
  once: (subject: Subject) => Promise<readonly object[]>,
): Promise<number> {
  const refs: WeakRef<object>[] = [];
  for (let time = 0; time < 12; time += 1) {
    refs.push(...(await once(subject)).map((object) => new WeakRef(object)));
  }
  expect(refs.length).toBeGreaterThanOrEqual(24);
  return held(refs);
}

test('what can be collected is told from what is held', async () => {
  const kept = { n: 1 };
  const refs = [new WeakRef(kept), new WeakRef({ n: 2 })];
  expect(await held(refs)).toBe(1);
  expect(kept.n).toBe(1);
});

test('a process that makes many runs holds none that has ended', async () => {
  await using at = await bench();
  const count = await heldAfter(at, async ({ batch }) => {
    const plan = batch.plan(ports(40));
    const journal = memoryJournal();
    const run = batch.run(plan, { organizationId, journal });
    return [plan, journal, run, await run];
  });
  expect(count).toBe(0);
});

test('runs under one signal are let go while the signal lives', async () => {
  await using at = await bench();
  const { signal } = new AbortController();
  const count = await heldAfter(at, async ({ batch }) => {
    const run = batch.run(ports(300), { organizationId, signal });
    return [run, await run];
  });
  expect(count).toBe(0);
  expect(signal.aborted).toBe(false);
  expect(warnings).toEqual([]);
});

test('runs that are aborted, stopped or not iterated to their end are let go', async () => {
  await using at = await bench();
  const count = await heldAfter(at, async ({ batch }) => {
    const control = new AbortController();
    const aborted = batch.run(ports(300), { organizationId, signal: control.signal });
    for await (const _ of aborted) break;
    control.abort();
    const stopped = batch.run(ports(300), { organizationId });
    await stopped.stop();
    return [control, aborted, stopped, await aborted, await stopped];
  });
  expect(count).toBe(0);
  expect(warnings).toEqual([]);
});

test('runs in trouble are let go when they have given up', async () => {
  await using at = await bench({ faults: () => 'unavailable' });
  const count = await heldAfter(at, async ({ batch }) => {
    const run = batch.run(ports(200), { organizationId, timeout: 20_000 });
    return [run, await run];
  });
  expect(count).toBe(0);
});

test('runs of batches that are requests are let go', async () => {
  const { client, clock } = canned();
  const { signal } = new AbortController();
  const count = await heldAfter(createRequestBatch(client, axapi, clock), async (batch) => {
    const run = batch.run([post('/a', {})], { configVersion: 1, signal });
    return [run, await run];
  });
  expect(count).toBe(0);
  expect(signal.aborted).toBe(false);
  expect(warnings).toEqual([]);
});

test('many runs at a time listen to one signal without a warning', async () => {
  await using at = await bench();
  const { signal } = new AbortController();
  const runs = Array.from({ length: 12 }, () =>
    at.batch.run(ports(30), { organizationId, signal }),
  );
  await Promise.all(runs);
  expect(warnings).toEqual([]);
});

// The harness of the long runs, which kills thousands of processes.
test('a process that was killed is let go, whatever it waited for', async () => {
  const clock = new VirtualClock();
  const refs: WeakRef<object>[] = [];
  for (const after of [0, 50, 500, 3_000, 9_000, 20_000]) {
    refs.push(...(await killed(clock, after)));
  }
  await clock.sleep(600_000);
  expect(await held(refs)).toBe(0);
});

/** Begins a run in a process of its own, and kills it. */
async function killed(clock: VirtualClock, after: number): Promise<readonly WeakRef<object>[]> {
  const random = randomOf(after);
  const server = new IndependentServer({ seed: after });
  const connection = new Connection(server, clock, random);
  const client = createClient({ baseUrl: 'http://127.0.0.1', fetch: connection.fetch });
  const batch = createBatch(connection.mortal(client), meraki, connection.clock);
  const { items } = load(server, 300, random);
  const run = batch.run(items, { organizationId: '1', onError: 'continue' });
  await clock.sleep(after);
  connection.kill();
  return [new WeakRef(batch), new WeakRef(run)];
}
