import { describe, expect, test, vi } from 'vitest';
import { memoryJournal, type Journal } from '../../../templates/runtime/batch/journal/journal.ts';
import { bench, organizationId, ports } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const statuses = (outcomes: readonly unknown[]): unknown[] =>
  outcomes.map((outcome) => (outcome as { readonly status: string }).status);

describe('a journal that cannot be written', () => {
  test('fails the run before anything is sent', async () => {
    await using at = await bench();
    const journal: Journal = {
      ...memoryJournal(),
      append: () => Promise.reject(new Error('ENOSPC: no space left on device')),
    };
    await expect(at.batch.run(ports(300), { organizationId, journal }).outcomes()).rejects.toThrow(
      'The journal cannot be written: ENOSPC: no space left on device',
    );
    expect(at.simulator.seen).toEqual([]);
  });

  test('ends it in between, with the outcomes of what was sent', async () => {
    await using at = await bench();
    const memory = memoryJournal();
    let writes = 0;
    const journal: Journal = {
      ...memory,
      append: (entry) => {
        writes += 1;
        return writes > 40 ? Promise.reject(new Error('EIO')) : memory.append(entry);
      },
    };
    const outcomes = await at.batch.run(ports(1_000), { organizationId, journal });
    const applied = outcomes.filter(({ status }) => status === 'applied').length;
    expect(applied).toBe(at.counts.size);
    expect(outcomes.find(({ status }) => status === 'skipped')).toMatchObject({
      reason: 'journal',
    });
    expect(applied + outcomes.filter(({ status }) => status === 'skipped').length).toBe(1_000);
    const rest = await at.batch.resume(memory);
    expect(statuses(rest).every((status) => status === 'applied')).toBe(true);
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });
});
