import { expect, test, vi } from 'vitest';
import type { Journal } from '../../../templates/runtime/batch/journal/journal.ts';
import { bench, organizationId, ports, type Bench } from './fixtures.ts';
import { cutJournal, type Disk } from './independent/cut-journal.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const minute = 60_000;

/** The journal of a process that died when it had written that it was about to confirm its first draft. */
async function killedAtConfirmation(at: Bench): Promise<Journal> {
  const disk: Disk = [];
  let after = 0;
  for (;;) {
    const died = await new Promise<boolean>((resolve) => {
      disk.length = 0;
      const journal = cutJournal(disk, { after, isWritten: true, died: () => resolve(true) });
      at.batch.run(ports(150), { organizationId, journal }).then(
        () => resolve(false),
        () => resolve(false),
      );
    });
    if (!died) throw new Error('No entry says that a draft is confirmed.');
    if (disk.at(-1)?.includes('"type":"confirm"')) break;
    after += 1;
  }
  return cutJournal(disk, { after: Infinity, isWritten: true, died: () => {} });
}

test.for([
  ['five', 5, 15],
  ['five, for an hour', 5, 60],
  ['more than there are places', 7, 20],
] as const)(
  'a run that is taken up waits as long for the places of others as one that begins: %s',
  async ([, count, minutes]) => {
    await using at = await bench();
    const journal = await killedAtConfirmation(at);
    at.simulator.server.occupy(count, minutes * minute);
    const outcomes = await at.batch.resume(journal);
    expect(
      new Set(outcomes.flat().map((outcome) => (outcome as { status: string }).status)),
    ).toEqual(new Set(['applied']));
    expect(Math.max(...at.counts.values())).toBe(1);
  },
);

test('it gives up after its time, where one is set', async () => {
  await using at = await bench();
  const journal = await killedAtConfirmation(at);
  at.simulator.server.occupy(5, 60 * minute);
  const begun = at.clock.now();
  const outcomes = await at.batch.resume(journal, { timeout: minute });
  expect(outcomes.flat()).toEqual(
    expect.arrayContaining([expect.objectContaining({ status: 'skipped', reason: 'unreachable' })]),
  );
  expect(at.counts.size).toBe(0);
  expect(at.clock.now() - begun).toBeLessThan(10 * minute);
});
