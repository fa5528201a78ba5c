import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { facts } from './facts.ts';
import {
  bench,
  type Bench,
  createNetwork,
  createVlan,
  cyclePorts,
  deleteNetwork,
  organizationId,
  ports,
  updateNetwork,
  updatePort,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const scope = { organizationId };

function update(resource: string, body: Record<string, unknown>): Action {
  return action('update', { resource, operation: 'update', body });
}

/** Reads that the server saw since the last look. */
function readsOf(at: Bench): readonly string[] {
  return at.simulator.seen.filter((line) => line.startsWith('GET')).map((line) => line.slice(11));
}

function putPorts(at: Bench, switches: number): void {
  for (let serial = 0; serial < switches; serial += 1) {
    for (let port = 0; port < 48; port += 1) {
      const path = `/devices/Q2-${serial}/switch/ports/${port}`;
      at.simulator.server.resources.put(path, { portId: String(port), n: -1, vlan: 1 });
    }
  }
}

describe('a preview says what each action will do:', () => {
  test('change, with the old and the new value', async () => {
    await using at = await bench({}, facts);
    at.simulator.server.resources.put('/networks/N_1', { name: 'old', timeZone: 'UTC' });
    const rename = updateNetwork({ networkId: 'N_1', body: { name: 'new', timeZone: 'UTC' } });
    const { steps } = await at.batch.preview([rename], scope);
    expect(steps).toEqual([
      {
        kind: 'change',
        index: 0,
        operationId: 'updateNetwork',
        path: '/networks/N_1',
        members: { name: { old: 'old', new: 'new' } },
        reversal: { kind: 'reversible' },
      },
    ]);
  });

  test('the same, where all values are there', async () => {
    await using at = await bench({}, facts);
    at.simulator.server.resources.put('/networks/N_1', { name: 'x', tags: ['b', 'a'] });
    const same = updateNetwork({ networkId: 'N_1', body: { name: 'x', tags: ['a', 'b'] } });
    const preview = await at.batch.preview([same], scope);
    expect(preview.steps).toMatchObject([{ kind: 'same' }]);
    expect([preview.dropped, preview.changes.actions.length]).toEqual([1, 0]);
  });

  test('create, and what is within it', async () => {
    await using at = await bench({}, facts);
    const network = createNetwork({ organizationId, body: { name: 'HQ' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '9', name: 'x' } });
    const tag = updateNetwork({ networkId: ref(network), body: { tags: ['a'] } });
    const { steps, reads } = await at.batch.preview([network, vlan, tag], scope);
    expect(steps).toMatchObject([
      { kind: 'create', members: { name: 'HQ' } },
      { kind: 'create', members: { id: '9', name: 'x' } },
      { kind: 'change', members: { tags: { old: undefined, new: ['a'] } } },
    ]);
    expect(reads).toBe(0);
  });

  test('destroy, with what is lost', async () => {
    await using at = await bench({}, facts);
    at.simulator.server.resources.put('/networks/N_1', { name: 'HQ' });
    const gone = deleteNetwork({ networkId: 'N_1' });
    const missing = deleteNetwork({ networkId: 'N_2' });
    const { steps } = await at.batch.preview([gone, missing], scope);
    expect(steps).toMatchObject([{ kind: 'destroy', lost: { name: 'HQ' } }, { kind: 'same' }]);
  });

  test('unreadable, with the reason', async () => {
    await using at = await bench({}, facts);
    const cycle = cyclePorts({ serial: 'Q', body: { ports: ['1'] } });
    const missing = updateNetwork({ networkId: 'N_9', body: { name: 'x' } });
    const { steps } = await at.batch.preview([cycle, missing], scope);
    expect(steps).toMatchObject([
      { kind: 'unreadable', why: 'what "cycle" changes cannot be read' },
      { kind: 'unreadable', why: 'it is not there' },
    ]);
  });

  test('compared with what earlier actions of the plan leave', async () => {
    await using at = await bench({}, facts);
    at.simulator.server.resources.put('/networks/N_1', { name: 'a' });
    const items = ['b', 'b', 'a'].map((name) =>
      updateNetwork({ networkId: 'N_1', body: { name } }),
    );
    const { steps } = await at.batch.preview(items, scope);
    expect(steps).toMatchObject([
      { kind: 'change', members: { name: { old: 'a', new: 'b' } } },
      { kind: 'same' },
      { kind: 'change', members: { name: { old: 'b', new: 'a' } } },
    ]);
  });
});

describe('a preview reads each readable parent once:', () => {
  test('2,000 ports of 42 switches are 42 reads', async () => {
    await using at = await bench({}, facts);
    putPorts(at, 42);
    const preview = await at.batch.preview(ports(2_000), scope);
    expect(preview.steps.every(({ kind }) => kind === 'change')).toBe(true);
    expect(readsOf(at)).toHaveLength(42);
    expect(preview.reads).toBe(42);
    expect(at.simulator.server.offences.rate).toBe(0);
  });

  test('the same without any facts about the API', async () => {
    await using at = await bench();
    putPorts(at, 3);
    const { steps, reads } = await at.batch.preview(ports(100), scope);
    expect(steps.every(({ kind }) => kind === 'change')).toBe(true);
    expect(reads).toBe(3);
  });

  test('what its list does not show is read by itself', async () => {
    await using at = await bench({}, facts);
    putPorts(at, 1);
    at.simulator.server.resources.put('/devices/Q2-0/switch/ports/7', { portId: '7' });
    const items = [
      updatePort({ serial: 'Q2-0', portId: '6', body: { vlan: 2 } }),
      updatePort({ serial: 'Q2-0', portId: '7', body: { vlan: 2 } }),
      updatePort({ serial: 'Q2-0', portId: '99', body: { vlan: 2 } }),
    ];
    const { steps } = await at.batch.preview(items, scope);
    expect(steps.map(({ kind }) => kind)).toEqual(['change', 'change', 'unreadable']);
    expect(readsOf(at)).toEqual([
      '/devices/Q2-0/switch/ports',
      '/devices/Q2-0/switch/ports/7',
      '/devices/Q2-0/switch/ports/99',
    ]);
  });

  test('a collection elsewhere is read there', async () => {
    await using at = await bench({}, facts);
    const ids = ['N_1', 'N_2', 'N_3'];
    for (const id of ids) {
      at.simulator.server.resources.put(`/networks/${id}`, { id, name: id });
    }
    const items = ids.map((networkId) => updateNetwork({ networkId, body: { name: 'x' } }));
    const { reads } = await at.batch.preview(items, scope);
    expect([reads, readsOf(at)]).toEqual([1, ['/organizations/1/networks']]);
  });
});

describe('lists', () => {
  const rules = '/networks/N_1/appliance/firewall/l3FirewallRules';
  const live = {
    rules: [
      { port: 1, log: false },
      { port: 2, log: false },
    ],
    hosts: ['a', 'b'],
  };
  test.for([
    [['rules'], { rules: [{ port: 2 }, { port: 1 }] }, 'change'],
    [[], { rules: [{ port: 2 }, { port: 1 }] }, 'same'],
    [[], { rules: [{ port: 2 }, { port: 2 }] }, 'change'],
    [[], { rules: [{ port: 1 }] }, 'change'],
    [[], { hosts: ['b', 'a'] }, 'same'],
    [['hosts'], { hosts: ['b', 'a'] }, 'change'],
    [undefined, { hosts: ['b', 'a'] }, 'change'],
    [undefined, { rules: [{ port: 1 }, { port: 2 }] }, 'same'],
  ] as const)('whose meaningful orders are %j: %j is %s', async ([orderedLists, body, kind]) => {
    const resources = { [rules]: { read: true, ...(orderedLists && { orderedLists }) } };
    await using at = await bench({}, { resources, verbs: {} });
    at.simulator.server.resources.put(rules, live);
    const { steps } = await at.batch.preview([update(rules, body)], scope);
    expect(steps).toMatchObject([{ kind }]);
  });
});

describe('a preview is a plan:', () => {
  test('it runs as it is, and without what changes nothing', async () => {
    await using at = await bench({}, facts);
    putPorts(at, 1);
    const same = updatePort({ serial: 'Q2-0', portId: '1', body: { n: -1 } });
    const items = [same, ...ports(5)] as const;
    const preview = await at.batch.preview(items, scope);
    expect(preview.changes.actions).toHaveLength(5);
    expect(await at.batch.run(preview, scope)).toHaveLength(6);
    expect(JSON.parse(JSON.stringify(preview))).toMatchObject({ dropped: 1, batches: [{}] });
  });

  test('a group loses what changes nothing, and stays a group', async () => {
    await using at = await bench({}, facts);
    putPorts(at, 1);
    const same = updatePort({ serial: 'Q2-0', portId: '1', body: { n: -1 } });
    const group = atomic([same, ...ports(2)], 'pair');
    const { changes } = await at.batch.preview([group], scope);
    expect(changes.batches[0]?.units).toMatchObject([{ group: true, name: 'pair' }]);
    expect(changes.actions).toHaveLength(2);
  });

  test('it is refused where a touched value has changed since', async () => {
    await using at = await bench({}, facts);
    const { resources } = at.simulator.server;
    resources.put('/networks/N_1', { name: 'a', tags: ['x'] });
    const rename = updateNetwork({ networkId: 'N_1', body: { name: 'b' } });
    const preview = await at.batch.preview([rename], scope);
    resources.put('/networks/N_1', { name: 'other', tags: ['x'] });
    await expect(at.batch.run(preview, scope).outcomes()).rejects.toThrow(
      'The preview is out of date: /networks/N_1 changed since',
    );
    expect(at.simulator.server.drafts).toBe(0);
  });

  test('it runs where only what it does not touch has changed', async () => {
    await using at = await bench({}, facts);
    const { resources } = at.simulator.server;
    resources.put('/networks/N_1', { name: 'a', tags: ['x'] });
    const rename = updateNetwork({ networkId: 'N_1', body: { name: 'b' } });
    const preview = await at.batch.preview([rename], scope);
    resources.put('/networks/N_1', { name: 'a', tags: ['y'] });
    expect(await at.batch.run(preview, scope)).toMatchObject([{ status: 'applied' }]);
  });

  test('people can read it', async () => {
    await using at = await bench({}, facts);
    at.simulator.server.resources.put('/networks/N_1', { name: 'a' });
    const items = [
      updateNetwork({ networkId: 'N_1', body: { name: 'b' } }),
      createVlan({ networkId: 'N_1', body: { id: '9', name: 'Voice' } }),
      deleteNetwork({ networkId: 'N_1' }),
    ];
    const text = String(await at.batch.preview(items, scope));
    const lines = text.split('\n');
    expect(lines.slice(0, 11)).toEqual([
      '~ /networks/N_1 (updateNetwork)',
      '    ~ name: "a" → "b"',
      '',
      '+ /networks/N_1/appliance/vlans/9 (createNetworkApplianceVlan)',
      '    + id:   "9"',
      '    + name: "Voice"',
      '',
      '- /networks/N_1 (deleteNetwork)',
      '    # undone but for what lies below it',
      '    - name: "b"',
      '',
    ]);
    expect(lines.slice(-4)).toEqual([
      '',
      'Read: 1 answer',
      'Undo: 2 reversible, 0 with a new id, 1 partly, 0 irreversible',
      'Plan: 1 to create, 1 to change, 1 to destroy, 0 unchanged, 0 unreadable',
    ]);
  });
});

test('with requireReversible nothing is sent that cannot be taken back', async () => {
  await using at = await bench({}, facts);
  const cycle = cyclePorts({ serial: 'Q', body: { ports: ['1'] } });
  const run = at.batch.run([cycle], { ...scope, requireReversible: true });
  await expect(run.outcomes()).rejects.toThrow('1 of 1 actions cannot be taken back');
  expect(at.simulator.server.drafts).toBe(0);
});
