import { expect, test, vi } from 'vitest';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import { createPlan } from '../../../templates/runtime/batch/plan/create-plan.ts';
import {
  createNetwork,
  createVlan,
  deleteNetwork,
  organizationId,
  ports,
  updateNetwork,
} from './builders.ts';
import { meraki } from './meraki.ts';
import { change, graph, journyx } from './requests/fixtures.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

test('100,000 actions are planned without anything quadratic', () => {
  const { batches } = createPlan(meraki, ports(100_000));
  expect(batches).toHaveLength(1_000);
});

test('a change of what 150,000 actions lie below waits for all of them', () => {
  const items = Array.from({ length: 150_000 }, (_, n) =>
    createVlan({ networkId: 'N', body: { id: String(n), name: 'v' } }),
  );
  const { batches } = createPlan(meraki, [...items, deleteNetwork({ networkId: 'N' })]);
  expect(batches).toHaveLength(1_501);
  expect(batches.at(-1)?.actions).toEqual([150_000]);
  expect(batches.at(-1)?.after).toHaveLength(1_500);
});

test.for([
  ['Graph', graph, 'PATCH'],
  ['Journyx', journyx, 'PUT'],
] as const)('so does one of requests in %s', ([, dialect, method]) => {
  const items = Array.from({ length: 150_000 }, (_, n) => change(method, `/a/${n}`, {}));
  const { batches } = createPlan(dialect, [...items, change(method, '/a', {})]);
  expect(batches.at(-1)?.actions).toContain(150_000);
  expect(batches.at(-1)?.after).toHaveLength(batches.length - 1);
});

test('groups, single actions and different waves keep their places', () => {
  const network = createNetwork({ organizationId, body: { name: 'x' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'v' } });
  const later = updateNetwork({ networkId: 'N_0', body: { name: 'late' } });
  const group = [0, 1, 2].map((n) => updateNetwork({ networkId: `N_${n}` }));
  const { batches } = createPlan(
    meraki,
    { many: atomic(group), network, vlan, later },
    { mode: 'async' },
  );
  expect(batches).toMatchObject([
    { wave: 0, actions: [0, 1, 2, 5, 3], after: [] },
    { wave: 1, actions: [4], after: [0] },
  ]);
});
