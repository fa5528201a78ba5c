import { describe, expect, test, vi } from 'vitest';
import type { Journal, JournalEntry } from '../../../templates/runtime/batch/journal/journal.ts';
import { bench, organizationId, ports, updatePort, type Bench } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

function journalOf(entries: JournalEntry[]): Journal {
  return {
    open: () => Promise.resolve([...entries]),
    append: (entry) => Promise.resolve(void entries.push(entry)),
    close: () => Promise.resolve(),
  };
}

const items = ports(250);

/** A run that has ended, and its journal as it was after so many entries. */
async function restored(at: Bench, count: number): Promise<Journal> {
  const entries: JournalEntry[] = [];
  await at.batch.run(items, { organizationId, journal: journalOf(entries) });
  return journalOf(entries.slice(0, count));
}

async function lengthOf(): Promise<number> {
  await using at = await bench();
  const entries: JournalEntry[] = [];
  await at.batch.run(items, { organizationId, journal: journalOf(entries) });
  return entries.length;
}

const length = await lengthOf();

describe('a journal that was restored from a backup', () => {
  test.for(Array.from({ length: length - 4 }, (_, index) => index + 5))(
    'of %d entries repeats nothing, and names the batches that it does not know',
    async (count) => {
      await using at = await bench();
      const outcomes = await at.batch.resume(await restored(at, count));
      expect(at.counts.size).toBe(250);
      expect(Math.max(...at.counts.values())).toBe(1);
      for (const outcome of outcomes.flat()) {
        if ((outcome as { status: string }).status === 'applied') continue;
        expect(outcome).toMatchObject({ status: 'unknown', reason: 'suspect' });
        expect(outcome).toHaveProperty('batchId', expect.stringMatching(/^\d+$/));
      }
    },
  );

  test('sends what was never sent', async () => {
    await using at = await bench();
    const entries: JournalEntry[] = [];
    const control = new AbortController();
    const all = ports(1_000);
    const run = at.batch.run(all, {
      organizationId,
      onError: 'continue',
      signal: control.signal,
      journal: journalOf(entries),
    });
    for await (const { done } of run) if (done >= 300) control.abort();
    await at.clock.sleep(120_000);
    const planned = entries.findIndex(({ type }) => type === 'confirm');
    const outcomes = await at.batch.resume(journalOf(entries.slice(0, planned)));
    const statuses = outcomes.flat().map((outcome) => (outcome as { status: string }).status);
    expect(statuses.filter((status) => status === 'applied').length).toBeGreaterThan(0);
    expect(at.counts.size).toBe(1_000);
    expect(Math.max(...at.counts.values())).toBe(1);
  });
});

test('an equal batch of an earlier run does not keep a resumed run from its own', async () => {
  await using at = await bench();
  const same = [updatePort({ serial: 'Q', portId: '1', body: { n: 1 } })];
  await at.batch.run([...same, ...ports(150)], { organizationId, mode: 'async' });
  const entries: JournalEntry[] = [];
  const control = new AbortController();
  const run = at.batch.run([...same, ...ports(150)], {
    organizationId,
    mode: 'async',
    signal: control.signal,
    journal: journalOf(entries),
  });
  for await (const { state } of run) if (state === 'running') control.abort();
  await at.clock.sleep(120_000);
  const drafted = entries.findIndex(({ type }) => type === 'draft');
  const outcomes = await at.batch.resume(
    journalOf(entries.filter(({ type }, index) => index <= drafted || type === 'draft')),
  );
  expect(
    outcomes.flat().filter((one) => (one as { status: string }).status === 'applied').length,
  ).toBe(outcomes.flat().length);
});

describe('a journal that was restored from a backup twice', () => {
  test.for([
    { what: 'to before the first draft', cut: 'draft' },
    { what: 'to before the first submission', cut: 'submit' },
    { what: 'to before the first confirmation', cut: 'confirm' },
  ] as const)('$what repeats nothing of the first and the second life', async ({ cut }) => {
    await using at = await bench();
    const all = ports(2_000);
    const entries: JournalEntry[] = [];
    const livedUntil = async (
      done: number,
      run: (signal: AbortSignal) => AsyncIterable<{ readonly done: number }>,
    ): Promise<void> => {
      const control = new AbortController();
      for await (const progress of run(control.signal)) {
        if (progress.done >= done) control.abort();
      }
      await at.clock.sleep(120_000);
    };
    const options = { organizationId, journal: journalOf(entries), onError: 'continue' } as const;
    await livedUntil(200, (signal) => at.batch.run(all, { ...options, signal }));
    entries.length = entries.findIndex(({ type }) => type === cut);
    const journal = journalOf(entries);
    await livedUntil(600, (signal) => at.batch.resume(journal, { signal }));
    // The drafts of the second life are newer than those of the first, of which nothing is left.
    entries.length = entries.findLastIndex(({ type }) => type === 'draft') + 1;
    await at.batch.resume(journalOf(entries));
    expect(at.counts.size).toBe(2_000);
    expect(Math.max(...at.counts.values())).toBe(1);
  });
});
