import { expect, test } from 'vitest';
import { type Journal, memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bench, organizationId, ports } from './fixtures.ts';
import { meraki } from './meraki.ts';

test.each([2_050, 4_050])('a batch of %d ms is found to have ended soon', async (batchMs) => {
  await using at = await bench({ batchMs });
  await at.batch.run(ports(100), { organizationId, mode: 'async' });
  // On a clock that only the run moves.
  expect(at.clock.now() - batchMs).toBeLessThan(300);
});

/** How a run looks at batches, once ten have been confirmed. */
function looksIn(seen: readonly string[]): { readonly lists: number; readonly reads: number } {
  const confirmations = [...seen.keys()].filter(
    (index) => seen[index]?.startsWith('PUT ') === true,
  );
  const looks = seen.slice(confirmations[10]).filter((request) => request.startsWith('GET '));
  const reads = looks.filter((request) => /\/actionBatches\/\d+$/.test(request)).length;
  return { lists: looks.length - reads, reads };
}

test('batches that end one by one are read by themselves, and seldom with a list', async () => {
  await using at = await bench();
  await at.batch.run(ports(6_000), { organizationId, mode: 'async' });
  const { lists, reads } = looksIn(at.simulator.seen);
  // Each is read as it ends, and shortly before; five of them begin in half a minute.
  expect(lists).toBeLessThan(3 * 10);
  expect(reads).toBeGreaterThanOrEqual(50);
  expect(reads).toBeLessThan(3 * 50);
});

test.each([5, 1])(
  'of %d at a time, batches that have become fast are seen early',
  async (concurrency) => {
    const slow = 4 * concurrency;
    await using at = await bench({ batchMs: (before) => (before < slow ? 60_000 : 1_000) });
    await at.batch.run(ports(100 * (slow + 20)), { organizationId, mode: 'async', concurrency });
    // Longer by minutes where each is first looked at when batches usually end.
    expect(at.clock.now()).toBeLessThan(5.5 * 60_000);
  },
);

test('batches that become faster are learned of although early looks at them fail', async () => {
  await using at = await bench({ batchMs: (before) => (before < 5 ? 60_000 : 20_000) });
  const begun = new Map<string, number>();
  const client = createClient({
    baseUrl: at.simulator.baseUrl,
    credentials: [bearer('key')],
    fetch: (url, init) => {
      if (init.method === 'PUT') begun.set(url.pathname, at.clock.now());
      const age = at.clock.now() - (begun.get(url.pathname) ?? -Infinity);
      return at.clock.during(
        init.method === 'GET' && age < 9_000
          ? Promise.resolve(Response.json({ errors: ['Not found'] }, { status: 404 }))
          : fetch(url, init),
      );
    },
  });
  const settings = { organizationId, mode: 'async', concurrency: 1 } as const;
  await createBatch(client, meraki, at.clock).run(ports(3_000), settings);
  // As long as those of 60 s are, the first looks at the others come half a minute or more after they begin.
  expect(at.clock.now()).toBeLessThan(5 * 60_000 + 25 * 26_000);
});

test('a server that shows no batch by itself is looked at with lists', async () => {
  await using at = await bench();
  const client = createClient({
    baseUrl: at.simulator.baseUrl,
    credentials: [bearer('key')],
    fetch: (url, init) =>
      at.clock.during(
        init.method === 'GET' && /\/actionBatches\/\d+$/.test(url.pathname)
          ? Promise.resolve(Response.json({ errors: ['Not found'] }, { status: 404 }))
          : fetch(url, init),
      ),
  });
  const settings = { organizationId, mode: 'async' } as const;
  const outcomes = await createBatch(client, meraki, at.clock).run(ports(3_000), settings);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['applied']));
  expect(at.clock.now()).toBeLessThan(6 * 30_000 + 10_000);
});

test('a recorded run that has not begun begins after one look at what the server has', async () => {
  await using at = await bench();
  const recorded = memoryJournal();
  const control = new AbortController();
  const journal: Journal = {
    ...recorded,
    append: async (entry) => {
      await recorded.append(entry);
      if (entry.type === 'planned') control.abort();
    },
  };
  await at.batch.run(ports(300), { organizationId, journal, signal: control.signal });
  const sent = at.simulator.seen.length;
  await at.batch.resume(recorded);
  const methods = at.simulator.seen.slice(sent).map((request) => request.split(' ')[0]);
  expect(methods.slice(0, methods.indexOf('PUT'))).toEqual(['GET', 'POST', 'POST', 'POST']);
});
