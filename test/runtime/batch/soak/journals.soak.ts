import { expect, test } from 'vitest';
import { damageJournals } from '../independent/damage.ts';

// Whatever a run may write.
const types: readonly string[] = [
  'after',
  'batch',
  'before',
  'confirm',
  'discard',
  'done',
  'draft',
  'hold',
  'keep',
  'left',
  'others',
  'planned',
  'refused',
  'results',
  'resumed',
  'retried',
  'run',
  'send',
  'submit',
  'undo',
  'undone',
  'withdraw',
];

const journals = Number(process.env['SOAK_JOURNALS'] ?? 50);

test('a journal that is damaged anywhere is refused, or read rightly', async () => {
  const report = await damageJournals(Array.from({ length: journals }, (_, at) => at + 1));
  console.log(JSON.stringify({ ...report, faults: report.faults.length }));
  expect(report.faults).toEqual([]);
  if (journals >= 50) expect(Object.keys(report.types).toSorted()).toEqual(types);
});
