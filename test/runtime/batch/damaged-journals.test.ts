import { expect, test, vi } from 'vitest';
import { damageJournals } from './independent/damage.ts';

// Thousands of files are written and read.
vi.setConfig({ testTimeout: 120_000 });

test('of a journal, every byte flipped and every line dropped, doubled and swapped is refused or read rightly', async () => {
  // Of requests that are refused at first, and of changes that are kept.
  const { cases, refused, faults } = await damageJournals([4, 15]);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(cases / 2);
});
