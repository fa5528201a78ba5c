import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { facts } from './facts.ts';
import {
  bench,
  type Bench,
  createNetwork,
  createVlan,
  cyclePorts,
  organizationId,
  ports,
  updateNetwork,
  updatePort,
} from './fixtures.ts';
import { scope, vlan, policy, seed } from './undoing.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

function wire(operation: string, resource: string, body?: Record<string, unknown>): Action {
  return action(operation, { resource, operation, body });
}

/** Runs actions with before-images, and gives the journal. */
async function captured(
  at: Bench,
  items: readonly Action[],
): Promise<ReturnType<typeof memoryJournal>> {
  const journal = memoryJournal();
  const outcomes = await at.batch.run(items, { ...scope, journal, capture: true });
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['applied']));
  return journal;
}

async function undone(at: Bench, journal: ReturnType<typeof memoryJournal>): Promise<void> {
  const undo = await at.batch.undo(journal);
  const outcomes = await at.batch.run(undo, { ...scope });
  expect(outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
}

describe('undo', () => {
  test('sets old values again, and no others', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = await captured(at, [
      updatePort({ serial: 'Q', portId: '1', body: { name: 'new' } }),
      updateNetwork({ networkId: 'N_1', body: { tags: ['b'] } }),
    ]);
    resources.put('/networks/N_1', { id: 'N_1', name: 'other', tags: ['b'] });
    const undo = await at.batch.undo(journal);
    expect(undo.steps.map(({ path }) => path)).toEqual([
      '/networks/N_1',
      '/devices/Q/switch/ports/1',
    ]);
    await at.batch.run(undo, scope);
    expect(resources.get('/networks/N_1')).toEqual({ id: 'N_1', name: 'other', tags: ['a'] });
    expect(resources.get('/devices/Q/switch/ports/1')).toEqual({
      portId: '1',
      name: 'old',
      vlan: 1,
    });
  });

  test('goes back over several changes of the same member', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const names = ['x', 'y', 'z'].map((name) =>
      updateNetwork({ networkId: 'N_1', body: { name } }),
    );
    const journal = await captured(at, names);
    const undo = await at.batch.undo(journal);
    expect(undo.actions).toHaveLength(1);
    await at.batch.run(undo, scope);
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'HQ' });
  });

  test('sets a member whose name is empty, and what is in it', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const old = { id: 'N_1', name: 'HQ', '': { a: 1, '': 'x' }, tags: ['a'] };
    resources.put('/networks/N_1', old);
    const journal = await captured(at, [
      wire('update', '/networks/N_1', { '': { a: 2 }, tags: ['b'] }),
      wire('update', '/networks/N_1', { '': { a: 3, '': 'y' } }),
    ]);
    await undone(at, journal);
    expect(resources.get('/networks/N_1')).toEqual(old);
  });

  test('destroys what was created, from the inside out', async () => {
    await using at = await bench({}, facts);
    const network = createNetwork({ organizationId, body: { name: 'New' } });
    const inside = createVlan({ networkId: ref(network), body: { id: '9', name: 'x' } });
    const journal = await captured(at, [network, inside]);
    const undo = await at.batch.undo(journal);
    expect(undo.steps).toMatchObject([
      { kind: 'destroy', path: '/networks/L_2/appliance/vlans/9' },
      { kind: 'destroy', path: '/networks/L_2' },
    ]);
    await at.batch.run(undo, scope);
    expect(at.simulator.server.resources.get('/networks/L_2')).toBeUndefined();
  });

  test('creates again what was destroyed, with its own id where the body brings it', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    await undone(at, await captured(at, [wire('destroy', vlan)]));
    expect(resources.get(vlan)).toEqual({ id: '7', name: 'Voice', subnet: '10.0.0.0/24' });
  });

  test('sets what creation does not take by a change', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const full = { id: '7', name: 'Voice', dhcpHandling: 'Relay', shownOnly: 1 };
    resources.put(vlan, full);
    const journal = await captured(at, [wire('destroy', vlan)]);
    const undo = await at.batch.undo(journal);
    expect(undo.actions).toMatchObject([
      { operation: 'create', body: { id: '7', name: 'Voice' } },
      { operation: 'update', resource: vlan, body: { dhcpHandling: 'Relay' } },
    ]);
    await at.batch.run(undo, scope);
    expect(resources.get(vlan)).toEqual({ id: '7', name: 'Voice', dhcpHandling: 'Relay' });
  });

  test('names what got a new id by that id', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    resources.put(vlan, { id: '7', name: 'Voice', groupPolicyId: '7' });
    const journal = await captured(at, [
      wire('update', vlan, { groupPolicyId: '1' }),
      wire('destroy', policy),
    ]);
    await undone(at, journal);
    const { groupPolicyId } = resources.get(vlan)!;
    expect(groupPolicyId).toMatch(/^L_/);
    expect(resources.get(`/networks/N_1/groupPolicies/${String(groupPolicyId)}`)).toMatchObject({
      name: 'Guest',
      bandwidth: 5,
    });
  });

  test('puts the former in the place of another', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const again = wire('create', '/networks/N_1/appliance/vlans', { id: '7', name: 'Data' });
    await undone(at, await captured(at, [wire('destroy', vlan), again]));
    expect(resources.get(vlan)).toEqual({ id: '7', name: 'Voice', subnet: '10.0.0.0/24' });
  });

  test('takes verbs back by their inverses', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    resources.put('/networks/N_1', { id: 'N_1', name: 'HQ', configTemplateId: null });
    const bind = wire('bind', '/networks/N_1/bind', { configTemplateId: 'T' });
    const journal = await captured(at, [bind]);
    resources.put('/networks/N_1', { id: 'N_1', name: 'HQ', configTemplateId: 'T' });
    const undo = await at.batch.undo(journal);
    expect(undo.actions).toMatchObject([{ resource: '/networks/N_1/unbind', operation: 'unbind' }]);
  });

  test('of an undo does again what was undone', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = await captured(at, [
      updateNetwork({ networkId: 'N_1', body: { name: 'New' } }),
      wire('destroy', vlan),
    ]);
    const second = memoryJournal();
    const undo = await at.batch.undo(journal);
    await at.batch.run(undo, { ...scope, journal: second, capture: true });
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'HQ' });
    await undone(at, second);
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'New' });
    expect(resources.get(vlan)).toBeUndefined();
  });

  test('has nothing to do a second time', async () => {
    await using at = await bench({}, facts);
    seed(at);
    const journal = await captured(at, [
      updateNetwork({ networkId: 'N_1', body: { name: 'New' } }),
      wire('destroy', policy),
      createNetwork({ organizationId, body: { name: 'Third' } }),
    ]);
    await undone(at, journal);
    const again = await at.batch.undo(journal);
    expect([again.actions, again.conflicts]).toEqual([[], []]);
  });

  test('of 2,000 ports on 42 switches reads 42 lists, twice with its preview', async () => {
    await using at = await bench({}, facts);
    for (let n = 0; n < 2_000; n += 1) {
      const path = `/devices/Q2-${Math.floor(n / 48)}/switch/ports/${n % 48}`;
      at.simulator.server.resources.put(path, { portId: String(n % 48), n: -1 });
    }
    const journal = await captured(at, ports(2_000));
    const reads = (): number => at.simulator.seen.filter((line) => line.includes('/ports')).length;
    const before = reads();
    const undo = await at.batch.undo(journal);
    expect(undo.actions).toHaveLength(2_000);
    expect(reads() - before).toBe(84);
  });
});

describe('undo leaves alone', () => {
  test('what somebody else has changed since, unless it is forced', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = await captured(at, [
      updateNetwork({ networkId: 'N_1', body: { name: 'New', tags: ['b'] } }),
    ]);
    resources.put('/networks/N_1', { id: 'N_1', name: 'Theirs', tags: ['b'] });
    const undo = await at.batch.undo(journal);
    expect(undo.conflicts).toEqual([
      {
        path: '/networks/N_1',
        why: 'it was changed since',
        members: { name: { before: 'HQ', wrote: 'New', live: 'Theirs' } },
      },
    ]);
    expect(undo.steps).toMatchObject([{ members: { tags: { old: ['b'], new: ['a'] } } }]);
    const forced = await at.batch.undo(journal, { force: true });
    expect(forced.steps).toMatchObject([{ members: { name: { new: 'HQ' }, tags: {} } }]);
  });

  test('what is as it was before', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = await captured(at, [updateNetwork({ networkId: 'N_1', body: { name: 'x' } })]);
    resources.put('/networks/N_1', { id: 'N_1', name: 'HQ', tags: ['a'] });
    const undo = await at.batch.undo(journal);
    expect([undo.actions, undo.conflicts]).toEqual([[], []]);
  });

  test('what somebody else has destroyed, or created again', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = await captured(at, [
      updateNetwork({ networkId: 'N_1', body: { name: 'x' } }),
      wire('destroy', vlan),
    ]);
    resources.remove('/networks/N_1');
    resources.put(vlan, { id: '7', name: 'Theirs' });
    const { actions, conflicts } = await at.batch.undo(journal);
    expect(actions).toEqual([]);
    expect(conflicts).toMatchObject([
      { path: '/networks/N_1', why: 'it was destroyed since' },
      { path: vlan, why: 'it was created again since' },
    ]);
  });

  test('what was created and that somebody else has changed', async () => {
    await using at = await bench({}, facts);
    const journal = await captured(at, [createNetwork({ organizationId, body: { name: 'x' } })]);
    at.simulator.server.resources.put('/networks/L_2', { id: 'L_2', name: 'Theirs' });
    const undo = await at.batch.undo(journal);
    expect([undo.actions, undo.conflicts]).toMatchObject([[], [{ path: '/networks/L_2' }]]);
    expect(String(undo)).toContain('! /networks/L_2: it was changed since (name)');
  });

  test('secrets and verbs that nothing undoes, and says so', async () => {
    await using at = await bench({}, facts);
    const broker = '/networks/N_1/mqttBrokers/b';
    seed(at).put(broker, { id: 'b', name: 'old' });
    const journal = await captured(at, [
      wire('update', broker, { name: 'new', password: 'secret' }),
      cyclePorts({ serial: 'Q', body: { ports: ['1'] } }),
    ]);
    const undo = await at.batch.undo(journal);
    expect(undo.actions).toMatchObject([{ resource: broker, body: { name: 'old' } }]);
    expect(undo.left.map(({ why }) => why)).toEqual(
      expect.arrayContaining([
        'what password was cannot be read',
        expect.stringContaining('nothing is known that undoes "cycle"'),
      ]),
    );
  });
});

test('before-images are in the journal before a batch is confirmed', async () => {
  await using at = await bench({}, facts);
  seed(at);
  const journal = await captured(at, [updateNetwork({ networkId: 'N_1', body: { name: 'x' } })]);
  const types = (await journal.open()).map(({ type }) => type);
  expect(types.indexOf('before')).toBeGreaterThan(-1);
  expect(types.indexOf('before')).toBeLessThan(types.indexOf('confirm'));
});

test('capture asks for a journal', async () => {
  await using at = await bench({}, facts);
  expect(() => at.batch.run(ports(1), { ...scope, capture: true })).toThrow('needs a journal');
});
