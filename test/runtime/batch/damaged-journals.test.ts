import { expect, test, vi } from 'vitest';
import { damageJournals } from './independent/damage.ts';

// Thousands of files are written and read.
vi.setConfig({ testTimeout: 120_000 });

test('of a journal, every byte flipped and every line dropped, doubled and swapped is refused or read rightly', async () => {
  const { cases, refused, faults } = await damageJournals(1);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(cases / 2);
});
