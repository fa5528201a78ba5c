import { expect, test } from 'vitest';
import { type Journal, memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { bench, organizationId, ports } from './fixtures.ts';

test.each([2_050, 4_050])('a batch of %d ms is found to have ended soon', async (batchMs) => {
  await using at = await bench({ batchMs });
  await at.batch.run(ports(100), { organizationId, mode: 'async' });
  // On a clock that only the run moves.
  expect(at.clock.now() - batchMs).toBeLessThan(300);
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
