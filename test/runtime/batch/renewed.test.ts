import { expect, test } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { facts } from './facts.ts';
import { bench, type Bench, organizationId } from './fixtures.ts';
import { policy, scope, seed, vlan } from './undoing.ts';

type Members = Readonly<Record<string, unknown>>;

function wire(operation: string, resource: string, body?: Members): Action {
  return action(operation, { resource, operation, body });
}

const network = '/networks/N_1';
const networks = `/organizations/${organizationId}/networks`;

/** Runs actions, and undoes them twice: the first undo stops after so many actions. */
async function undoneTwice(at: Bench, items: readonly Action[], sent: number): Promise<number> {
  const journal = memoryJournal();
  await at.batch.run(items, { ...scope, journal, capture: true });
  const first = await at.batch.undo(journal);
  const begun = first.actions.slice(0, sent);
  if (begun.length > 0) await at.batch.run(begun, { ...scope, ordered: true });
  const second = await at.batch.undo(journal);
  expect(second.conflicts).toEqual([]);
  const outcomes = await at.batch.run(second, scope);
  expect(outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
  expect((await at.batch.undo(journal)).actions).toEqual([]);
  return first.actions.length;
}

/** What an undo that stops after each of its actions leaves. */
async function everyStop(
  items: readonly Action[],
  start: (at: Bench) => void,
  check: (at: Bench) => void,
): Promise<void> {
  for (let sent = 0, most = 0; sent <= most; sent += 1) {
    await using at = await bench({}, facts);
    start(at);
    most = await undoneTwice(at, items, sent);
    expect(most).toBeGreaterThan(0);
    check(at);
  }
}

const below = `${network}/groupPolicies`;

function listOf(at: Bench, path: string): readonly Members[] {
  return at.simulator.server.resources.list(path) ?? [];
}

test('what lay below a resource that was made again under a new id is made again below that', async () => {
  await everyStop(
    [wire('destroy', vlan), wire('destroy', policy), wire('destroy', network)],
    (at) => {
      seed(at).put(vlan, { id: '7', name: 'Voice', groupPolicyId: '7' });
    },
    (at) => {
      const [made, ...others] = listOf(at, networks);
      expect([made, others]).toMatchObject([{ name: 'HQ', tags: ['a'] }, []]);
      const place = `/networks/${String(made!['id'])}`;
      const policies = listOf(at, `${place}/groupPolicies`);
      expect(policies).toMatchObject([{ name: 'Guest', bandwidth: 5 }]);
      expect(listOf(at, `${place}/appliance/vlans`)).toMatchObject([
        { id: '7', name: 'Voice', groupPolicyId: policies[0]!['id'] },
      ]);
      expect([...listOf(at, below), ...listOf(at, `${network}/appliance/vlans`)]).toEqual([]);
    },
  );
});

test('what was changed before it was destroyed is made again once, and changed back', async () => {
  await everyStop(
    [
      wire('update', policy, { name: 'Second' }),
      wire('update', policy, { bandwidth: 9 }),
      wire('destroy', policy),
    ],
    seed,
    (at) => expect(listOf(at, below)).toMatchObject([{ name: 'Guest', bandwidth: 5 }]),
  );
});

test('a resource that was like it before is none that was made again', async () => {
  await everyStop(
    [wire('update', policy, { name: 'Second' }), wire('destroy', policy)],
    (at) => {
      const resources = seed(at);
      for (const [id, name] of [
        ['8', 'Guest'],
        ['9', 'Second'],
      ]) {
        resources.put(`${below}/${id}`, { groupPolicyId: id, name, bandwidth: 5 });
      }
    },
    (at) => expect(listOf(at, below).map(({ name }) => name)).toEqual(['Guest', 'Second', 'Guest']),
  );
});

test('two that were alike are both made again', async () => {
  await everyStop(
    [wire('destroy', policy), wire('destroy', `${below}/8`)],
    (at) => {
      seed(at).put(`${below}/8`, { groupPolicyId: '8', name: 'Guest', bandwidth: 5 });
    },
    (at) => expect(listOf(at, below)).toHaveLength(2),
  );
});

test('a verb that is taken back names what was made again by its new id', async () => {
  await everyStop(
    [wire('unbind', `${network}/unbind`), wire('destroy', '/configTemplates/T_0000000001')],
    (at) => {
      const resources = seed(at);
      resources.put(network, { id: 'N_1', name: 'HQ', configTemplateId: 'T_0000000001' });
      resources.put('/configTemplates/T_0000000001', { id: 'T_0000000001', name: 'Branch' });
    },
    (at) => {
      const [made] = listOf(at, '/configTemplates');
      expect(made).toMatchObject({ name: 'Branch' });
      expect(at.simulator.server.resources.get(network)).toMatchObject({
        configTemplateId: made!['id'],
      });
    },
  );
});
