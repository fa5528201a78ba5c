import { describe, expect, test } from 'vitest';
import { Lease } from '../../templates/runtime/fleet/lease.ts';
import { postgresJournal } from '../../templates/runtime/fleet/postgres-journal.ts';
import { recordingStore } from './recording-pool.ts';

describe('lines of a journal', () => {
  /** How many lines each statement writes where these are appended at once, and whether each stands in its place. */
  async function statements(sizes: readonly number[]): Promise<readonly number[]> {
    const { store, pool } = recordingStore((text) => {
      if (text.includes('as owners')) return [{ owners: 1 }];
      return text.startsWith('insert') ? [{ epoch: '1' }] : [];
    });
    const { signal } = new AbortController();
    const lease = await Lease.take(store, { unit: '7', worker: 'w', ms: 10_000, signal });
    const journal = postgresJournal(store, 'run', lease);
    await journal.open();
    await Promise.all(
      sizes.map((size, batch) =>
        journal.append({ type: 'draft', batch, attempt: 1, id: 'x'.repeat(size) }),
      ),
    );
    await lease.release();
    const written = pool.asked
      .filter(({ text }) => text.includes('as owners'))
      .map(({ values }) => ({ first: Number(values[3]), texts: values[4] as readonly string[] }));
    let next = 0;
    for (const { first, texts } of written) {
      expect(first).toBe(next);
      for (const text of texts) {
        expect(JSON.parse(text)).toMatchObject({ batch: next });
        next += 1;
      }
    }
    expect(next).toBe(sizes.length);
    return written.map(({ texts }) => texts.length).filter((length) => length > 1);
  }

  test('go into a statement of thousands where they are short', async () => {
    const [first] = await statements(Array.from({ length: 12_000 }, () => 10));
    expect(first).toBe(5_000);
  });

  test.each([
    [10_000, 400],
    [100_000, 40],
    [400_000, 10],
  ])('go into smaller ones where they have %d characters', async (size, count) => {
    const lengths = await statements(Array.from({ length: count }, () => size));
    for (const length of lengths) expect(length * size).toBeLessThanOrEqual(1_000_000);
    expect(Math.max(...lengths)).toBeGreaterThan(1);
  });

  test('go alone where one is longer than a statement is to be', async () => {
    expect(await statements([1_500_000, 2_000_000, 1_500_000])).toEqual([]);
  });

  test('go with others before and after a long one', async () => {
    const sizes = [...Array<number>(50).fill(10), 3_000_000, ...Array<number>(50).fill(10)];
    const lengths = await statements(sizes);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThanOrEqual(99);
  });
});
