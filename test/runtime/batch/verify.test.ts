import { describe, expect, test, vi } from 'vitest';
import { differences } from '../../../templates/runtime/batch/verify/compare.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  createNetwork,
  createVlan,
  cyclePorts,
  deleteNetwork,
  organizationId,
  updateNetwork,
  updatePort,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('a run that verifies', () => {
  test('finds that what was sent is there', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'HQ', tags: ['b', 'a'] } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '9', name: 'x' } });
    const port = updatePort({ serial: 'Q', portId: '1', body: { name: ref(network) } });
    const gone = deleteNetwork({ networkId: 'N_1' });
    const outcomes = await at.batch.run([network, vlan, port, gone], {
      organizationId,
      verify: true,
    });
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ verification: { state: 'same' } });
  });

  test('reports what differs', async () => {
    await using at = await bench({
      applied: ({ resource }) => {
        // The server keeps a value of its own.
        if (resource === '/networks/N_1') {
          setImmediate(() =>
            at.simulator.server.resources.put(resource, { name: 'other', tags: ['a'] }),
          );
        }
      },
    });
    at.simulator.server.resources.put('/networks/N_2', {});
    const items = [
      updateNetwork({ networkId: 'N_1', body: { name: 'HQ', tags: ['a'], timeZone: null } }),
      updateNetwork({ networkId: 'N_2', body: { name: 'x' } }),
    ] as const;
    const [first, second] = await at.batch.run(items, { organizationId, verify: true });
    expect(first).toMatchObject({
      verification: {
        state: 'different',
        differences: [{ pointer: '/name', intended: 'HQ', actual: 'other' }],
      },
    });
    expect(second).toMatchObject({ verification: { state: 'same' } });
  });

  test('compares a field with whoever wrote it last', async () => {
    await using at = await bench();
    const items = [
      updateNetwork({ networkId: 'N_1', body: { name: 'first', timeZone: 'UTC' } }),
      updateNetwork({ networkId: 'N_1', body: { name: 'second' } }),
      updateNetwork({ networkId: 'N_2', body: { name: 'gone' } }),
      deleteNetwork({ networkId: 'N_2' }),
    ] as const;
    const outcomes = await at.batch.run(items, { organizationId, verify: true });
    expect(outcomes.map((outcome) => 'verification' in outcome && outcome.verification)).toEqual([
      { state: 'same' },
      { state: 'same' },
      { state: 'unverified', reason: 'a later action destroyed it' },
      { state: 'same' },
    ]);
    // Each resource is read once.
    const reads = at.simulator.seen.filter((line) => /^GET .*networks/.test(line));
    expect(reads).toEqual(['GET /api/v1/networks/N_1', 'GET /api/v1/networks/N_2']);
  });

  test('says what it cannot verify', async () => {
    await using at = await bench();
    const cycle = cyclePorts({ serial: 'Q', body: { ports: ['1'] } });
    const [outcome] = await at.batch.run([cycle], { organizationId, verify: true });
    expect(outcome).toMatchObject({
      verification: { state: 'unverified', reason: 'what "cycle" does cannot be read back' },
    });
  });

  test('reports a resource that is missing', async () => {
    await using at = await bench({
      applied: ({ resource }) => setImmediate(() => at.simulator.server.resources.remove(resource)),
    });
    const rename = updateNetwork({ networkId: 'N_1', body: { name: 'x' } });
    const [outcome] = await at.batch.run([rename], { organizationId, verify: true });
    expect(outcome).toMatchObject({
      verification: {
        state: 'different',
        differences: [{ pointer: '', intended: { name: 'x' }, actual: undefined }],
      },
    });
  });

  test('looks only at what was applied', async () => {
    await using at = await bench();
    const bad = updateNetwork({ networkId: 'N_1', body: { fail: 'no' } });
    const [outcome] = await at.batch.run([bad], { organizationId, verify: true });
    expect(outcome).not.toHaveProperty('verification');
  });
});

test('a run that hydrates fetches what was created', async () => {
  await using at = await bench();
  const network = createNetwork({ organizationId, body: { name: 'HQ' } });
  const rename = updateNetwork({ networkId: 'N_1', body: { name: 'x' } });
  const [first, second] = await at.batch.run([network, rename], { organizationId, hydrate: true });
  expect(first).toMatchObject({ resource: { id: 'L_2', name: 'HQ' } });
  expect(second).not.toHaveProperty('resource');
});

test.for([
  '//evil.example/x',
  'https://evil.example/x',
  '/networks/../../admins',
  '/a/%2e%2e/b',
  '',
])('a path from the server that leads elsewhere is not read: %j', async (uri) => {
  await using at = await bench();
  const network = createNetwork({ organizationId, body: { name: 'HQ' } });
  const { batch, requests } = at.answering({
    id: '1',
    confirmed: true,
    status: { completed: true, failed: false, createdResources: [{ id: '1', uri }] },
    actions: [network],
  });
  const [outcome] = await batch.run([network], { organizationId, verify: true });
  expect(outcome).toMatchObject({ verification: { state: 'unverified' } });
  expect(requests.filter((url) => !url.includes('/actionBatches'))).toEqual([]);
});

test.for([
  [{ a: 1 }, { a: 1, b: 2 }, []],
  [{ a: 1 }, { a: '1' }, []],
  [{ a: null }, {}, []],
  [{ a: null }, { a: 0 }, ['/a']],
  [{ a: '' }, {}, ['/a']],
  [{ a: ['x', 'y'] }, { a: ['y', 'x'] }, []],
  [{ a: ['x', 'x'] }, { a: ['x', 'y'] }, ['/a']],
  [{ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, []],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['/a/0/b']],
  [{ a: [1] }, { a: [1, 2] }, ['/a']],
  [{ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } }, ['/a~1b/~0']],
  [{ a: { b: 1 } }, { a: 'x' }, ['/a']],
  [{ a: 1 }, null, ['']],
] as const)('%j against %j differs at %j', ([intended, actual, pointers]) => {
  expect(differences(intended, actual, '').map(({ pointer }) => pointer)).toEqual(pointers);
});
