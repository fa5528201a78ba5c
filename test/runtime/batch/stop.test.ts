import { describe, expect, test, vi } from 'vitest';
import type { AnyAction } from '../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import type { Outcome } from '../../../templates/runtime/batch/outcome/outcome.ts';
import { bench, organizationId, ports } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 60_000 });

/** How many outcomes have which status. */
function statuses(outcomes: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    const { status } = outcome as Outcome;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

describe('run.stop()', () => {
  test('waits for what runs, begins nothing new, and leaves the rest to a resume', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const plan = at.batch.plan(ports(1_000));
    const run = at.batch.run(plan, { organizationId, journal });
    for await (const { state } of run) if (state === 'running') break;
    await run.stop();
    const stopped = statuses(await run);
    expect(Object.keys(stopped).toSorted()).toEqual(['applied', 'skipped']);
    expect(at.simulator.server.openDrafts).toBe(0);

    expect(statuses(await at.batch.resume(journal, { plan }))).toEqual({ applied: 1_000 });
    expect(Math.max(...at.counts.values())).toBe(1);
  });

  test('sends nothing where it comes before the run has begun', async () => {
    await using at = await bench();
    const run = at.batch.run(ports(3), { organizationId });
    await run.stop();
    expect(statuses(await run)).toEqual({ skipped: 3 });
    expect(at.counts.size).toBe(0);
  });

  test('ends a stream whose source has nothing to give', async () => {
    await using at = await bench();
    let asked: () => void = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const source = async function* (): AsyncGenerator<AnyAction> {
      yield* ports(2_000);
      asked();
      await new Promise<void>(() => {});
    };
    const run = at.batch.run(source(), { organizationId });
    await isAsked;
    await run.stop();
    const { complete, applied, skipped } = await run;
    expect({ complete, all: applied + skipped }).toEqual({ complete: false, all: 2_000 });
  });

  test('ends a stream whose progress nobody reads on', async () => {
    await using at = await bench();
    const source = async function* (): AsyncGenerator<AnyAction> {
      for (let first = 0; ; first += 100) yield* ports(100, first);
    };
    const run = at.batch.run(source(), { organizationId });
    for await (const { done } of run) {
      if (done > 0) await run.stop();
    }
    expect((await run).complete).toBe(false);
  });
});

describe('run with resume: true', () => {
  test('begins where the journal is empty, and resumes where it is not', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const plan = at.batch.plan(ports(300));
    const options = { organizationId, journal, resume: true };
    const first = at.batch.run(plan, options);
    for await (const { state } of first) if (state === 'running') break;
    await first.stop();

    expect(statuses(await at.batch.run(plan, options))).toEqual({ applied: 300 });
    expect(statuses(await at.batch.run(plan, options))).toEqual({ applied: 300 });
    expect(Math.max(...at.counts.values())).toBe(1);
  });

  test('begins and resumes a stream', async () => {
    await using at = await bench();
    const options = { organizationId, journal: memoryJournal(), resume: true };
    const source = async function* (): AsyncGenerator<AnyAction> {
      yield* ports(250);
    };
    expect((await at.batch.run(source(), options)).applied).toBe(250);
    expect((await at.batch.run(source(), options)).applied).toBe(250);
    expect(Math.max(...at.counts.values())).toBe(1);
  });

  test('refuses the journal of another plan', async () => {
    await using at = await bench();
    const options = { organizationId, journal: memoryJournal(), resume: true };
    await at.batch.run(ports(3), options);
    await expect(at.batch.run(ports(4), options)).rejects.toMatchObject({ reason: 'different' });
  });

  test('needs a journal', async () => {
    await using at = await bench();
    expect(() => at.batch.run(ports(1), { organizationId, resume: true })).toThrow(
      'resume needs a journal',
    );
  });
});

describe('the scope of a journal', () => {
  test('is refused where another is named', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const plan = at.batch.plan(ports(3));
    await at.batch.run(plan, { organizationId, journal });
    const refusal = {
      reason: 'different',
      message: `The journal belongs to another organizationId than 2: ${organizationId}.`,
    };
    const other = { organizationId: '2' };
    await expect(at.batch.resume(journal, other)).rejects.toMatchObject(refusal);
    await expect(at.batch.resume(journal, { ...other, plan })).rejects.toMatchObject(refusal);
    await expect(at.batch.run(plan, { ...other, journal, resume: true })).rejects.toMatchObject(
      refusal,
    );
  });

  test('may be named', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.run(ports(3), { organizationId, journal });
    expect(statuses((await at.batch.resume(journal, { organizationId })) as never)).toEqual({
      applied: 3,
    });
  });
});
