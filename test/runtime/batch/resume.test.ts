import { describe, expect, test, vi } from 'vitest';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
} from '../../../templates/runtime/batch/journal/journal.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
  updateNetwork,
  type Bench,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

/** A journal that holds these entries already. */
function journalWith(
  entries: readonly JournalEntry[],
): Journal & { readonly entries: JournalEntry[] } {
  const kept = [...entries];
  return {
    entries: kept,
    open: () => Promise.resolve([...kept]),
    append: (entry) => {
      kept.push(JSON.parse(JSON.stringify(entry)) as JournalEntry);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

const network = createNetwork({ organizationId, body: { name: 'HQ', n: 0 } });
const items = [
  network,
  createVlan({ networkId: ref(network), body: { id: '1', name: 'x', n: 1 } }),
  atomic(
    [
      updateNetwork({ networkId: 'N_1', body: { n: 2 } }),
      updateNetwork({ networkId: 'N_2', body: { n: 3, fail: 'no' } }),
    ],
    'pair',
  ),
  ...ports(150, 10),
  updateNetwork({ networkId: 'N_3', body: { n: 400, fail: 'never' } }),
];

/** Every entry that a whole run writes. */
async function recording(): Promise<{
  readonly entries: readonly JournalEntry[];
  readonly outcomes: readonly unknown[];
}> {
  await using at = await bench();
  const journal = journalWith([]);
  const outcomes = await at.batch.run(items, { organizationId, onError: 'continue', journal });
  return { entries: journal.entries, outcomes: outcomes.flat() };
}

const { entries: recorded, outcomes: expected } = await recording();
const statuses = (outcomes: readonly unknown[]): unknown[] =>
  outcomes.map((outcome) => (outcome as { readonly status: string }).status);

/** A server on which a run got as far as its journal says, or one request further. */
async function interrupted(
  count: number,
  further: boolean,
): Promise<{ readonly at: Bench; readonly journal: ReturnType<typeof journalWith> }> {
  const at = await bench();
  const kept = journalWith([]);
  const control = new AbortController();
  const dying: Journal = {
    ...kept,
    append: async (entry) => {
      // Nothing happens any more once the process is dead.
      if (kept.entries.length >= count) return new Promise<void>(() => {});
      await kept.append(entry);
      if (kept.entries.length < count) return;
      if (!further) return new Promise<void>(() => {});
    },
  };
  const run = at.batch.run(items, {
    organizationId,
    onError: 'continue',
    journal: dying,
    signal: control.signal,
  });
  run.then(
    () => {},
    () => {},
  );
  // Long enough for whatever goes on without its journal.
  await at.clock.sleep(120_000);
  return { at, journal: kept };
}

describe('a run that ended anywhere is resumed', () => {
  test.for(Array.from({ length: recorded.length + 1 }, (_, count) => count))(
    'after %d entries of its journal, with nothing lost and nothing repeated',
    async (count) => {
      for (const further of [false, true]) {
        const { at, journal } = await interrupted(count, further);
        await using _ = at;
        const plan = at.batch.plan(items);
        const written = journal.entries.length > 0;
        const again = written
          ? at.batch.resume(journal, { plan })
          : at.batch.run(plan, { organizationId, onError: 'continue', journal });
        const outcomes = (await again).flat();
        expect(statuses(outcomes)).toEqual(statuses(expected));
        const left = await again.leftDrafts();
        expect(Math.max(...at.counts.values())).toBe(1);
        expect(at.counts.size).toBe(
          statuses(expected).filter((status) => status === 'applied').length,
        );
        // Drafts whose ids the dead process never wrote down are named, and left.
        expect(left.filter(({ id }) => id !== undefined)).toHaveLength(
          at.simulator.server.openDrafts,
        );
      }
    },
  );
});

describe('resuming', () => {
  test('needs no plan: the journal has it', async () => {
    const { at, journal } = await interrupted(recorded.length - 6, true);
    await using _ = at;
    const outcomes = await at.batch.resume(journal);
    expect(statuses(outcomes.flat())).toEqual(statuses(expected));
    expect(outcomes[2]).toHaveLength(2);
    expect(Math.max(...at.counts.values())).toBe(1);
  });

  test('what has ended gives its outcomes again and sends nothing', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const first = await at.batch.run(items, { organizationId, onError: 'continue', journal });
    const requests = at.simulator.server.requests;
    const second = await at.batch.resume(journal, { plan: at.batch.plan(items) });
    expect(second).toEqual(first);
    expect(at.simulator.server.requests).toBeLessThanOrEqual(requests + 1);
  });

  test('what was aborted finishes it', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const control = new AbortController();
    const run = at.batch.run(ports(1_000), { organizationId, journal, signal: control.signal });
    for await (const { done } of run) {
      if (done < 300) continue;
      control.abort();
      break;
    }
    expect((await run).some(({ status }) => status === 'unknown')).toBe(true);
    const outcomes = await at.batch.resume(journal);
    expect(statuses(outcomes).every((status) => status === 'applied')).toBe(true);
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
    expect(at.counts.size).toBe(1_000);
  });

  test('what an error has stopped leaves it stopped', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const bad = updateNetwork({ networkId: 'N_1', body: { fail: 'no' } });
    await at.batch.run([bad, ...ports(1_000)], { organizationId, journal, concurrency: 1 });
    const size = at.counts.size;
    const outcomes = await at.batch.resume(journal);
    expect(outcomes[0]).toMatchObject({ status: 'failed' });
    expect(outcomes[1_000]).toMatchObject({ status: 'skipped', reason: 'stopped' });
    expect(at.counts.size).toBe(size);
  });

  test('a batch that was given up looks at it again', async () => {
    await using at = await bench({ batchMs: 100_000 });
    const journal = memoryJournal();
    const first = await at.batch.run(ports(100), { organizationId, journal, timeout: 50_000 });
    expect(new Set(statuses(first))).toEqual(new Set(['unknown']));
    const second = await at.batch.resume(journal);
    expect(new Set(statuses(second))).toEqual(new Set(['applied']));
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });

  test('a batch that was confirmed and is gone says so, and does not send it again', async () => {
    await using at = await bench();
    const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
    const full = journalWith([]);
    await at.batch.run([rename], { organizationId, journal: full });
    const confirmed = full.entries.findIndex(({ type }) => type === 'confirm');
    const journal = journalWith(full.entries.slice(0, confirmed + 1));
    at.simulator.server.forget('1');
    const [outcome] = await at.batch.resume(journal);
    expect(outcome).toMatchObject({ status: 'unknown', reason: 'vanished', batchId: '1' });
    expect(at.counts.get(1)).toBe(1);
  });

  test('a draft that is gone and was not confirmed makes another', async () => {
    await using at = await bench();
    const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
    const full = journalWith([]);
    await at.batch.run([rename], { organizationId, journal: full });
    const drafted = full.entries.findIndex(({ type }) => type === 'draft');
    await using later = await bench();
    const [outcome] = await later.batch.resume(journalWith(full.entries.slice(0, drafted + 1)));
    expect(outcome).toMatchObject({ status: 'applied' });
    expect(later.counts.get(1)).toBe(1);
  });

  test('of two equal drafts, of which one is not ours, neither is touched', async () => {
    await using at = await bench();
    const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
    const full = journalWith([]);
    await at.batch.run([rename], { organizationId, journal: full });
    const journal = journalWith(
      full.entries.slice(
        0,
        full.entries.findIndex(({ type }) => type === 'draft'),
      ),
    );
    await using later = await bench();
    for (const _ of [1, 2]) later.simulator.server.draft([rename]);
    const outcomes = await later.batch.resume(journal);
    expect(outcomes[0]).toMatchObject({ status: 'applied', batchId: '3' });
    const touched = later.simulator.seen.filter((line) => /^(?:DELETE|PUT) .*\/[12]$/.test(line));
    expect(touched).toEqual([]);
  });
});

describe('a journal is refused', () => {
  const failing = async (run: PromiseLike<unknown>): Promise<JournalError> => {
    const error = await Promise.resolve(run).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof JournalError) return error;
    throw new Error('it was not refused', { cause: error });
  };

  test('for a new run when it holds one', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.run(ports(3), { organizationId, journal });
    const error = await failing(at.batch.run(ports(3), { organizationId, journal }));
    expect(error).toMatchObject({
      reason: 'started',
      message: expect.stringContaining('resume it') as string,
    });
    expect(at.counts.get(0)).toBe(1);
  });

  test('with another plan', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.run(ports(3), { organizationId, journal });
    for (const other of [ports(4), ports(3, 1), ports(300)]) {
      const plan = at.batch.plan(other);
      expect((await failing(at.batch.resume(journal, { plan }))).reason).toBe('different');
    }
    const requests = at.simulator.server.requests;
    expect(requests).toBe(3);
  });

  test('that is empty', async () => {
    await using at = await bench();
    expect((await failing(at.batch.resume(memoryJournal()))).reason).toBe('empty');
  });

  test('that ends before the plan does, without the plan', async () => {
    const { at, journal } = await interrupted(2, false);
    await using _ = at;
    const error = await failing(at.batch.resume(journal));
    expect(error.message).toContain('nothing was sent');
  });

  test('that another run has', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const run = at.batch.run(ports(3), { organizationId, journal });
    expect((await failing(at.batch.resume(journal))).reason).toBe('in-use');
    await run;
  });

  test('of another dialect', async () => {
    await using at = await bench();
    const journal = journalWith([{ ...(recorded[0] as object), dialect: 'other' } as JournalEntry]);
    expect((await failing(at.batch.resume(journal))).reason).toBe('different');
  });
});
