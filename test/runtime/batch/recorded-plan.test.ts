import { expect, test } from 'vitest';
import { entriesOf } from '../../../templates/runtime/batch/journal/recorded-plan.ts';
import { createPlan } from '../../../templates/runtime/batch/plan/create-plan.ts';
import { chunkOf } from '../../../templates/runtime/batch/plan/units.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import type { Action, Items } from '../../../templates/runtime/batch/action/types.ts';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { createNetwork, createVlan, organizationId, updateNetwork } from './builders.ts';
import { meraki } from './meraki.ts';

/** What a journal keeps of each action's wire form. */
function recorded(items: Items): readonly unknown[] {
  const plan = createPlan(meraki, items);
  const entries = [...chunkOf(plan, true)].flatMap((chunk) =>
    entriesOf(chunk, (one) => plan.actions.indexOf(one)),
  );
  return entries.flatMap(({ units }) =>
    units.flatMap(({ actions }) => actions.map(({ wire }) => wire)),
  );
}

const custom = (body: object): Action<unknown> =>
  action('custom', { resource: '/custom', operation: 'update', body });

test('a body without references goes into a journal as it is', () => {
  const one = updateNetwork({ networkId: 'N', body: { name: 'x', tags: ['a'] } });
  const body: unknown = Reflect.get(one, 'body');
  const [wire] = recorded([one]);
  expect(wire).toEqual({ resource: '/networks/N', operation: 'update', body });
  expect(Object(wire).body).toBe(body);
});

test.for([
  ['a name', { '\u0000ref': [0, 'id'] }, { '\u0000\u0000ref': [0, 'id'] }],
  ['one deep inside', { a: [{ '\u0000path': 1 }] }, { a: [{ '\u0000\u0000path': 1 }] }],
  ['one that is a mark already', { '\u0000\u0000ref': 1 }, { '\u0000\u0000\u0000ref': 1 }],
] as const)('%s that might pass for a reference is marked', ([, body, marked]) => {
  expect(recorded([custom(body)])).toMatchObject([{ body: marked }]);
});

test('a reference becomes a mark, at any depth', () => {
  const network = createNetwork({ organizationId, body: { name: 'x' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'v' } });
  const deep = custom({ a: [{ b: ref(network) }] });
  const mark = { '\u0000ref': [0, 'id'] };
  expect(recorded([network, vlan, deep])).toMatchObject([
    { body: { name: 'x' } },
    { resource: { '\u0000path': ['/networks/', mark, '/appliance/vlans'] } },
    { body: { a: [{ b: mark }] } },
  ]);
});
