import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { Foresight } from '../../../templates/runtime/batch/draft/foresight.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { RateLimiter } from '../../../templates/runtime/batch/pace/rate-limiter.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { facts } from './facts.ts';
import { bench, type Bench, ports } from './fixtures.ts';
import { scope } from './undoing.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

/** Deletes VLANs of networks, `each` of every one. */
function deletions(networks: number, each: number): readonly Action[] {
  return Array.from({ length: networks * each }, (_, n) =>
    action('deleteVlan', {
      operation: 'destroy',
      resource: `/networks/N_${n % networks}/appliance/vlans/${Math.floor(n / networks)}`,
      body: undefined,
    }),
  );
}

async function captured(at: Bench, items: readonly Action[]): Promise<readonly string[]> {
  const outcomes = await at.batch.run(items, { ...scope, journal: memoryJournal(), capture: true });
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['applied']));
  return at.simulator.seen.filter((line) => !line.includes('actionBatches'));
}

function seedVlans({ simulator }: Bench, networks: number, each: number): void {
  for (let n = 0; n < networks * each; n += 1) {
    const id = String(Math.floor(n / networks));
    simulator.server.resources.put(`/networks/N_${n % networks}/appliance/vlans/${id}`, {
      id,
      name: 'old',
    });
  }
}

describe('a run that captures', () => {
  test('looks at deletions by their lists, also where nothing is left of them', async () => {
    await using at = await bench({}, facts);
    seedVlans(at, 4, 50);
    const reads = await captured(at, deletions(4, 50));
    // Whether a list shows all is learnt from one resource; two batches may begin at the same time.
    expect(reads.filter((line) => /vlans\/\d+$/.test(line)).length).toBeLessThanOrEqual(2);
  });

  test('reads what is missing from a list by itself where no list has shown what names its rows', async () => {
    await using at = await bench({}, facts);
    const reads = await captured(at, deletions(1, 2));
    expect(reads.filter((line) => /vlans\/\d+$/.test(line)).length).toBeGreaterThanOrEqual(2);
  });

  test('has drafts ready for all places that become free at once', async () => {
    await using at = await bench({ batchMs: 20_000, jitter: 0 }, facts);
    for (let n = 0; n < 2_000; n += 1) {
      const path = `/devices/Q2-${Math.floor(n / 48)}/switch/ports/${n % 48}`;
      at.simulator.server.resources.put(path, { portId: String(n % 48), n: -1 });
    }
    await captured(at, ports(2_000));
    // Four times five batches, and a twentieth for what is sent besides.
    expect(at.clock.now()).toBeLessThan(4 * 20_000 * 1.05 + 2_000);
  });
});

describe('requests that can wait', () => {
  test('go after those that come later and cannot', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(clock, 10, 1);
    const order: string[] = [];
    const note = (name: string) => (): void => void order.push(name);
    await Promise.all([
      limiter.turn().then(note('first')),
      limiter.spareTurn().then(note('spare 1')),
      limiter.spareTurn().then(note('spare 2')),
      limiter.turn().then(note('second')),
      limiter.turn().then(note('third')),
    ]);
    expect(order).toEqual(['first', 'second', 'third', 'spare 1', 'spare 2']);
    expect(clock.now()).toBe(400);
  });

  test('go when they are aborted, and let the next go on', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(clock, 10, 1);
    const end = new AbortController();
    await limiter.turn();
    const aborted = limiter.spareTurn(end.signal);
    const next = limiter.spareTurn();
    end.abort();
    await expect(aborted).resolves.toBe(true);
    await expect(next).resolves.toBe(true);
  });
});

describe('what is looked at while a draft waits for its place', () => {
  test('counts when the place comes soon', async () => {
    const clock = new VirtualClock();
    let looks = 0;
    const foresight = new Foresight(clock, async () => void (looks += 1));
    foresight.begin();
    foresight.begin();
    await clock.sleep(30_000);
    await foresight.finish();
    expect(looks).toBe(1);
  });

  test('is looked at again when the place comes later than reads lag behind', async () => {
    const clock = new VirtualClock();
    let looks = 0;
    const foresight = new Foresight(clock, async () => void (looks += 1));
    foresight.begin();
    await clock.sleep(30_001);
    await foresight.finish();
    expect(looks).toBe(2);
  });

  test('is looked at when the place comes first', async () => {
    let looks = 0;
    await new Foresight(new VirtualClock(), async () => void (looks += 1)).finish();
    expect(looks).toBe(1);
  });

  test('fails the batch alone, and not the process', async () => {
    const foresight = new Foresight(new VirtualClock(), () => Promise.reject(new Error('no')));
    foresight.begin();
    await Promise.resolve();
    await expect(foresight.finish()).rejects.toThrow('no');
  });
});
