import { describe, expect, test } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { facts } from './facts.ts';
import { bench, organizationId } from './fixtures.ts';
import { policy, scope, seed, vlan } from './undoing.ts';

type Members = Readonly<Record<string, unknown>>;

function wire(operation: string, resource: string, body?: Members): Action {
  return action(operation, { resource, operation, body });
}

const network = '/networks/N_1';
const networks = `/organizations/${organizationId}/networks`;

describe('what a run changed and then destroyed with its parent is left, not in conflict', () => {
  test.for<[string, string, readonly Action[]]>([
    [
      'by one change',
      policy,
      [wire('update', policy, { name: 'Second' }), wire('destroy', network)],
    ],
    [
      'by two changes',
      policy,
      [
        wire('update', policy, { name: 'Second' }),
        wire('update', policy, { bandwidth: 9 }),
        wire('destroy', network),
      ],
    ],
    ['two levels below', vlan, [wire('update', vlan, { name: 'Data' }), wire('destroy', network)]],
  ])('%s', async ([, path, items]) => {
    await using at = await bench({}, facts);
    seed(at).put(vlan, { id: '7', name: 'Voice' });
    const journal = memoryJournal();
    await at.batch.run(items, { ...scope, journal, capture: true });
    const undo = await at.batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    const left = items
      .slice(0, -1)
      .map((_, index) => ({ index, path, why: `it was destroyed with ${network}` }))
      .toReversed();
    expect(undo.left).toMatchObject(left);
    const outcomes = await at.batch.run(undo, scope);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied']);
  });

  test('also by an undo that takes up another', async () => {
    await using at = await bench({}, facts);
    seed(at);
    const items = [wire('update', policy, { name: 'Second' }), wire('destroy', network)];
    const journal = memoryJournal();
    await at.batch.run(items, { ...scope, journal, capture: true });
    await at.batch.run(await at.batch.undo(journal), scope);
    const second = await at.batch.undo(journal);
    expect([second.conflicts, second.actions]).toEqual([[], []]);
    expect(second.left).toMatchObject([{ path: policy, why: `it was destroyed with ${network}` }]);
  });
});

test('what a run destroyed before its parent is made again below that', async () => {
  await using at = await bench({}, facts);
  seed(at);
  const items = [
    wire('update', policy, { name: 'Second' }),
    wire('destroy', policy),
    wire('destroy', network),
  ];
  const journal = memoryJournal();
  await at.batch.run(items, { ...scope, journal, capture: true });
  const undo = await at.batch.undo(journal);
  expect([undo.conflicts, undo.left]).toEqual([[], []]);
  await at.batch.run(undo, scope);
  const [made] = at.simulator.server.resources.list(networks) ?? [];
  expect(
    at.simulator.server.resources.list(`/networks/${String(made!['id'])}/groupPolicies`),
  ).toMatchObject([{ name: 'Guest' }]);
});
