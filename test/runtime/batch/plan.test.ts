import { expect, test } from 'vitest';
import type { AnyAction, Items } from '../../../templates/runtime/batch/action/types.ts';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { meraki } from './meraki.ts';
import { type PlanOptions } from '../../../templates/runtime/batch/plan/plan.ts';
import { createPlan } from '../../../templates/runtime/batch/plan/create-plan.ts';
import { type Plan } from '../../../templates/runtime/batch/plan/units.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  createNetwork,
  createVlan,
  cyclePorts,
  deleteNetwork,
  organizationId,
  ports,
  updateNetwork,
  updatePort,
} from './builders.ts';

function plan<const I extends Items>(items: I, options?: PlanOptions): Plan<I> {
  return createPlan(meraki, items, options);
}

/** The actions of each batch, and the batches that it waits for. */
function layoutOf({ batches }: Plan): object[] {
  return batches.map(({ actions, after }) => ({ actions, after }));
}

const networks = (count: number): AnyAction[] =>
  Array.from({ length: count }, (_, index) => updateNetwork({ networkId: `N_${index}` }));

test('few actions go into one synchronous batch', () => {
  const { mode, batches } = plan(networks(20));
  expect(mode).toBe('sync');
  expect(batches).toHaveLength(1);
});

test('more actions go into asynchronous batches of 100', () => {
  const { mode, batches } = plan(networks(250));
  expect(mode).toBe('async');
  expect(batches.map(({ actions }) => actions.length)).toEqual([100, 100, 50]);
});

test('a mode that was asked for stays', () => {
  expect(plan(networks(45), { mode: 'sync' }).batches.map(({ actions }) => actions.length)).toEqual(
    [20, 20, 5],
  );
  expect(plan(networks(3), { mode: 'async' }).mode).toBe('async');
});

test('actions on different resources do not wait for each other', () => {
  expect(plan(networks(250)).batches.every(({ after }) => after.length === 0)).toBe(true);
});

test('actions on one resource stay in their order, in one batch where they fit', () => {
  const items = [...networks(99), ...[0, 1, 2].map(() => updateNetwork({ networkId: 'N_x' }))];
  expect(layoutOf(plan(items))).toEqual([
    { actions: Array.from({ length: 99 }, (_, index) => index), after: [] },
    { actions: [99, 100, 101], after: [] },
  ]);
});

test('more actions on one resource than a batch holds make a chain', () => {
  const items = Array.from({ length: 150 }, () => updateNetwork({ networkId: 'N_1' }));
  expect(plan(items).batches.map(({ after }) => after)).toEqual([[], [0]]);
  expect(plan(items).estimate.chain).toBe(2);
});

test('two long chains do not wait for each other', () => {
  const chain = (networkId: string): AnyAction[] =>
    Array.from({ length: 150 }, () => updateNetwork({ networkId }));
  const { estimate } = plan([...chain('N_1'), ...chain('N_2')]);
  expect(estimate.chain).toBe(2);
});

test('a resource comes after what is above it, and before it when it comes later', () => {
  const parent = updateNetwork({ networkId: 'N_1' });
  const children = Array.from({ length: 150 }, (_, index) =>
    createVlan({ networkId: 'N_1', body: { id: String(index), name: 'x' } }),
  );
  const { batches } = plan([parent, ...children, parent]);
  const batchOf = (action: number): number =>
    batches.findIndex(({ actions }) => actions.includes(action));
  expect(batchOf(0)).toBe(0);
  expect(batchOf(151)).toBe(1);
  expect(batches[1]?.after).toEqual([0]);
  expect(batches[1]?.actions.at(-1)).toBe(151);
});

test('names that begin alike are not above one another', () => {
  const items = [
    ...Array.from({ length: 100 }, () => updateNetwork({ networkId: 'N_1' })),
    ...Array.from({ length: 100 }, () => updateNetwork({ networkId: 'N_12' })),
  ];
  expect(plan(items).estimate.chain).toBe(1);
});

test('a verb at the end of a path acts on what is above it', () => {
  const cycle = cyclePorts({ serial: 'Q', body: { ports: ['1'] } });
  const port = updatePort({ serial: 'Q', portId: '1' });
  const { batches } = plan([...ports(99), ...Array.from({ length: 60 }, () => cycle), port, cycle]);
  const last = batches.find(({ actions }) => actions.includes(159))!;
  expect(last.actions.slice(-3)).toEqual([158, 159, 160]);
});

test('ordered keeps the whole list in order', () => {
  const { batches, estimate } = plan(networks(250), { ordered: true });
  expect(batches.flatMap(({ actions }) => actions)).toEqual(
    Array.from({ length: 250 }, (_, index) => index),
  );
  expect(batches.map(({ after }) => after)).toEqual([[], [0], [1]]);
  expect(estimate.chain).toBe(3);
});

test('a group is never split', () => {
  const group = atomic(networks(60));
  const { batches } = plan([...ports(50), group, ...ports(50, 50)]);
  expect(batches.map(({ actions }) => actions)).toEqual([
    [
      ...Array.from({ length: 50 }, (_, index) => index),
      ...Array.from({ length: 50 }, (_, index) => 110 + index),
    ],
    Array.from({ length: 60 }, (_, index) => 50 + index),
  ]);
});

test.for([
  {
    size: 101,
    mode: 'async',
    text: 'meraki takes 100 actions in one batch (async), and the atomic group "sites" has 101. Split it.',
  },
  {
    size: 21,
    mode: 'sync',
    text: `meraki takes 20 actions in one batch (sync), and the atomic group "sites" has 21. Use mode: 'async', or split it.`,
  },
] as const)('a group of $size is too large for $mode', ({ size, mode, text }) => {
  expect(() => plan([atomic(networks(size), 'sites')], { mode })).toThrow(text);
});

test('bytes are capped', () => {
  const items = Array.from({ length: 10 }, (_, index) =>
    updateNetwork({ networkId: `N_${index}`, body: { name: 'é'.repeat(150_000) } }),
  );
  const { batches } = plan(items, { mode: 'async' });
  expect(batches.map(({ actions }) => actions.length)).toEqual([3, 3, 3, 1]);
  expect(batches.every(({ bytes }) => bytes <= 1_000_000)).toBe(true);
});

test('an action that is too long is refused', () => {
  const long = updateNetwork({ networkId: 'N_1', body: { name: 'x'.repeat(1_000_001) } });
  expect(() => plan([long])).toThrow(/action 0 \(updateNetwork\) is 1000\d\d\d bytes long/);
});

test('a reference makes a wave, and a batch waits only for what it refers to', () => {
  const first = createNetwork({ organizationId, body: { name: 'a' } });
  const second = createVlan({ networkId: ref(first), body: { id: '1', name: 'x' } });
  const third = updateNetwork({ networkId: 'N_1', body: { name: ref(second) } });
  const { batches, estimate } = plan([first, second, third, ...networks(3)], { mode: 'async' });
  expect(batches.map(({ actions, after, wave }) => ({ actions, after, wave }))).toEqual([
    { actions: [0, 3, 5], after: [], wave: 0 },
    { actions: [1], after: [0], wave: 1 },
    { actions: [2, 4], after: [1], wave: 2 },
  ]);
  expect(estimate.waves).toBe(3);
});

test('a reference may come before what it refers to', () => {
  const network = createNetwork({ organizationId, body: { name: 'a' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
  expect(layoutOf(plan([vlan, network]))).toEqual([
    { actions: [1], after: [] },
    { actions: [0], after: [0] },
  ]);
});

test('references to different creates are different resources', () => {
  const families = Array.from({ length: 60 }, () => {
    const network = createNetwork({ organizationId, body: { name: 'a' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
    return [network, vlan, updateNetwork({ networkId: ref(network) })];
  });
  const { batches } = plan(families.flat());
  const second = batches.filter(({ wave }) => wave === 1);
  expect(second.map(({ actions }) => actions.length)).toEqual([100, 20]);
  expect(second.flatMap(({ after }) => after)).toEqual([0, 0]);
});

test('a cycle is an error that names it', () => {
  // Both touch the network, so their order counts; and the first needs what the second creates.
  const vlan = createVlan({ networkId: 'N_1', body: { id: '1', name: 'x' } });
  const rename = updateNetwork({ networkId: 'N_1', body: { name: ref(vlan) } });
  expect(() => plan([rename, vlan])).toThrow(
    /wait for one another.*action 0 \(updateNetwork\) → action 1 \(createNetworkApplianceVlan\) → action 0/,
  );
});

test('a reference inside a group is refused, because no batch resolves it', () => {
  const network = createNetwork({ organizationId, body: { name: 'a' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
  expect(() => plan([atomic([network, vlan], 'site')])).toThrow(
    /the atomic group "site" refers to createOrganizationNetwork in the same group/,
  );
});

test('a reference to an action that is not in the plan is refused', () => {
  const network = createNetwork({ organizationId, body: { name: 'a' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
  expect(() => plan([vlan])).toThrow(
    'action 0 (createNetworkApplianceVlan) refers to createOrganizationNetwork, which is not in the plan. Add it.',
  );
});

test('a reference to what the server does not tell is refused', () => {
  const rename = updateNetwork({ networkId: 'N_1' });
  const port = updatePort({ serial: 'Q', portId: '1', body: { name: ref(rename) } });
  expect(() => plan([rename, port])).toThrow(
    'meraki gives "id" and "uri" of actions that create; a reference asks for "id" of updateNetwork (update).',
  );
});

test('what is no action is refused', () => {
  const plain = { resource: '/x', operation: 'update' } as unknown as AnyAction;
  expect(() => plan([plain])).toThrow(/use the builders/);
});

test('an iterator is refused instead of being taken for a record without actions', () => {
  const items = new Set(ports(3)) as unknown as AnyAction[];
  expect(() => plan(items)).toThrow(/a list, under names, or as an async iterable/);
});

test('nothing to do is a plan too', () => {
  expect(String(plan([]))).toContain('0 actions in 0 batches');
});

test('a plan says in words what it will do', () => {
  const items = [
    ...ports(950),
    ...Array.from({ length: 50 }, (_, index) => deleteNetwork({ networkId: `N_${index}` })),
  ];
  expect(String(plan(items))).toMatchInlineSnapshot(`
    "meraki: 1,000 actions in 10 batches (async, at most 100 each)
    1 wave: nothing refers to the result of another action
    5 at a time; the longest chain is 1 batch
    DESTROYS 50 resources
    at least 1 min, if a batch takes 30 s; plain calls at 10/s: 1 min 40 s
    batching is 1.7 times as fast as plain calls"
  `);
});

test('a plan says where batching gains nothing', () => {
  expect(String(plan(ports(100), { batchMs: 60_000 }))).toContain('batching gains no time here');
});

test('a plan says where atomicity ends', () => {
  const network = createNetwork({ organizationId, body: { name: 'a' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
  expect(String(plan([network, vlan]))).toContain(
    '2 waves: references are resolved between them, and atomicity ends at each',
  );
});

test('a plan is data for programs', () => {
  const network = createNetwork({ organizationId, body: { name: 'a' } });
  const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
  expect(JSON.parse(JSON.stringify(plan([network, vlan])))).toMatchObject({
    dialect: 'meraki',
    mode: 'sync',
    batches: [
      {
        index: 0,
        wave: 0,
        after: [],
        actions: [
          { resource: '/organizations/1/networks', operation: 'create', body: { name: 'a' } },
        ],
      },
      {
        index: 1,
        wave: 1,
        after: [0],
        actions: [{ resource: '/networks/(createOrganizationNetwork.id)/appliance/vlans' }],
      },
    ],
  });
});

test('a concurrency that is no positive integer is refused', () => {
  expect(() => plan([], { concurrency: 0 })).toThrow(RangeError);
});
