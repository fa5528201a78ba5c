import { expect, test } from 'vitest';
import { damageJournals } from '../independent/damage.ts';

const journals = Number(process.env['SOAK_JOURNALS'] ?? 50);

test('a journal that is damaged anywhere is refused, or read rightly', async () => {
  const report = await damageJournals(journals);
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(report.faults).toEqual([]);
});
