import { describe, expect, test, vi } from 'vitest';
import type { AnyAction, Item } from '../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
  updateNetwork,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

async function* streamOf(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** Ports without end, and how many were taken. */
function endless(): { readonly items: AsyncIterable<Item>; readonly taken: () => number } {
  let taken = 0;
  async function* generate(): AsyncGenerator<AnyAction> {
    for (;;) {
      taken += 1;
      yield* ports(1, taken);
    }
  }
  return { items: generate(), taken: () => taken };
}

describe('a stream of actions', () => {
  test('is summed up', async () => {
    await using at = await bench();
    const bad = updateNetwork({ networkId: 'N_1', body: { fail: 'no' } });
    const items = streamOf([...ports(2_100), bad]);
    const summary = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(summary).toMatchObject({ applied: 2_100, failed: 1, skipped: 0, complete: true });
    expect(summary.problems).toMatchObject([
      [2_100, { status: 'failed', error: { message: 'no' } }],
    ]);
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });

  test('gives the outcomes as they come', async () => {
    await using at = await bench();
    const seen = new Set<number>();
    for await (const { settled } of at.batch.run(streamOf(ports(2_050)), { organizationId })) {
      for (const [index, { status }] of settled) {
        expect(status).toBe('applied');
        seen.add(index);
      }
    }
    expect(seen.size).toBe(2_050);
  });

  test('keeps the order on each resource, also across what is planned together', async () => {
    const order = new Map<string, number[]>();
    await using at = await bench({
      jitter: 0.9,
      applied: ({ resource, body }) => {
        order.set(resource, [...(order.get(resource) ?? []), Number(body?.['n'])]);
      },
    });
    const items = Array.from({ length: 4_200 }, (_, n) =>
      updateNetwork({ networkId: `N_${n % 700}`, body: { n } }),
    );
    await at.batch.run(streamOf(items), { organizationId });
    expect(at.counts.size).toBe(4_200);
    for (const numbers of order.values())
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('keeps the whole order on request', async () => {
    const order: number[] = [];
    await using at = await bench({ applied: ({ body }) => order.push(Number(body?.['n'])) });
    await at.batch.run(streamOf(ports(2_150)), { organizationId, ordered: true });
    expect(order).toEqual(ports(2_150).map((_, n) => n));
    expect(at.simulator.server.mostRunning).toBe(1);
  });

  test('resolves references to much earlier actions', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'HQ' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x', n: 99_999 } });
    const summary = await at.batch.run(streamOf([network, ...ports(2_100), vlan]), {
      organizationId,
    });
    expect(summary.applied).toBe(2_102);
    expect(at.counts.get(99_999)).toBe(1);
  });

  test('is not read further than there is room', async () => {
    await using at = await bench({ stuck: true });
    const { items, taken } = endless();
    const summary = await at.batch.run(items, { organizationId, timeout: 100_000 });
    expect(summary.complete).toBe(false);
    expect(summary.unknown).toBe(500);
    expect(taken()).toBeLessThan(10_000);
  });

  test('waits for whoever reads its outcomes', async () => {
    await using at = await bench();
    const { items, taken } = endless();
    const control = new AbortController();
    const run = at.batch.run(items, { organizationId, signal: control.signal });
    for await (const { done } of run) {
      if (done === 0) continue;
      // The reader pauses for hours.
      await at.clock.sleep(10_000_000);
      break;
    }
    expect(taken()).toBeLessThan(30_000);
    control.abort();
    await run;
  });

  test('that breaks passes its error on, when what was sent has its outcomes', async () => {
    await using at = await bench();
    async function* broken(): AsyncGenerator<Item> {
      yield* ports(2_000);
      throw new Error('the database went away');
    }
    const settled: number[] = [];
    const run = at.batch.run(broken(), { organizationId });
    const read = async (): Promise<void> => {
      for await (const progress of run) settled.push(...progress.settled.map(([index]) => index));
    };
    await expect(read()).rejects.toThrow('the database went away');
    expect(settled).toHaveLength(2_000);
  });

  test('is resumed with the same actions', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const control = new AbortController();
    const run = at.batch.run(streamOf(ports(4_100)), {
      organizationId,
      journal,
      signal: control.signal,
    });
    for await (const { done } of run) {
      if (done < 2_050) continue;
      control.abort();
      break;
    }
    expect((await run).complete).toBe(false);
    const summary = await at.batch.resume(journal, { items: streamOf(ports(4_100)) });
    expect(summary).toMatchObject({ applied: 4_100, complete: true, problems: [] });
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });

  test('is resumed without them, as far as it was written down', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const control = new AbortController();
    const run = at.batch.run(streamOf(ports(4_100)), {
      organizationId,
      journal,
      signal: control.signal,
    });
    for await (const { done } of run) {
      if (done < 500) continue;
      control.abort();
      break;
    }
    await run;
    const outcomes = await at.batch.resume(journal);
    expect(outcomes.length).toBeGreaterThanOrEqual(2_000);
    expect(outcomes.length).toBeLessThan(4_100);
    expect(at.counts.size).toBe(outcomes.length);
    const summary = await at.batch.resume(journal, { items: streamOf(ports(4_100)) });
    expect(summary.applied).toBe(4_100);
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });

  test('is not resumed with others', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.run(streamOf(ports(2_100)), { organizationId, journal });
    for (const other of [ports(2_100, 1), ports(2_300), ports(1_000)]) {
      const run = at.batch.resume(journal, { items: streamOf(other) });
      await expect(run.summary()).rejects.toMatchObject({ reason: 'different' });
    }
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });
});
