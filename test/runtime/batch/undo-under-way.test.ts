import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { type Journal, memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import type { Plan } from '../../../templates/runtime/batch/plan/units.ts';
import { facts } from './facts.ts';
import { bench, type Bench, organizationId, updateNetwork } from './fixtures.ts';
import { policy, scope, seed, vlan } from './undoing.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 60_000 });

/** Destroyed; each is made again by the way back, once. */
const actions = [
  updateNetwork({ networkId: 'N_1', body: { name: 'x' } }),
  action('destroy', { resource: vlan, operation: 'destroy' }),
  action('destroy', { resource: policy, operation: 'destroy' }),
];

/** Starts a plan in a process that dies once the server has its first batch. */
async function killed(at: Bench, plan: Plan): Promise<void> {
  const dying = new AbortController();
  const journal = memoryJournal();
  const watched: Journal = {
    ...journal,
    append: async (entry) => {
      await journal.append(entry);
      if (entry.type === 'confirm') void at.clock.sleep(200).then(() => dying.abort());
    },
  };
  const { signal } = dying;
  const outcomes = await at.batch.run(plan, { organizationId, journal: watched, signal });
  expect(Object.values(outcomes)).toContainEqual(
    expect.objectContaining({ status: 'unknown', reason: 'aborted' }),
  );
}

describe('an undo is worked out anew while a batch of an earlier one', () => {
  test('is executed: it waits, and does nothing twice', async () => {
    const applied: string[] = [];
    const ms = 120_000;
    await using at = await bench(
      { batchMs: ms, applied: ({ resource }) => void applied.push(resource) },
      facts,
    );
    const { resources } = at.simulator.server;
    const ports = Array.from({ length: 25 }, (_, n) => `/devices/Q/switch/ports/${n}`);
    for (const port of ports) resources.put(port, { name: 'old' });
    const journal = memoryJournal();
    const changes = ports.map((resource) =>
      action('update', { resource, operation: 'update', body: { name: 'new' } }),
    );
    await at.batch.run(changes, { ...scope, journal, capture: true });
    await killed(at, await at.batch.undo(journal));
    applied.length = 0;
    const again = await at.batch.undo(journal);
    expect(again.actions).toEqual([]);
    expect(applied.toSorted()).toEqual(ports.toSorted());
  });

  test('is executed for ever: the error names the batch', async () => {
    await using at = await bench({}, facts);
    seed(at);
    const journal = memoryJournal();
    await at.batch.run(actions, { ...scope, journal, capture: true });
    at.simulator.server.occupy(1, 10_000_000, [
      { resource: policy, operation: 'update', body: { name: 'theirs' } },
    ]);
    await expect(at.batch.undo(journal)).rejects.toMatchObject({
      name: 'PlanError',
      message: expect.stringMatching(/^Batch \w+ is still executed, and writes /),
    });
  });

  test.for([
    ['of something else', '/networks/N_2', false],
    ['below what was touched', `${policy}/x`, true],
    ['above what was touched', '/networks/N_1', true],
    ['of its collection', '/networks/N_1/groupPolicies', true],
  ] as const)('is executed %s (%s): it waits (%s)', async ([, resource, waits]) => {
    await using at = await bench({}, facts);
    seed(at);
    const journal = memoryJournal();
    await at.batch.run(actions, { ...scope, journal, capture: true });
    const begun = at.clock.now();
    at.simulator.server.occupy(1, 200_000, [{ resource, operation: 'update' }]);
    await at.batch.undo(journal);
    expect(at.clock.now() - begun >= 200_000).toBe(waits);
  });
});
