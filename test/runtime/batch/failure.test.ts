import { describe, expect, test, vi } from 'vitest';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
  updateNetwork,
  updatePort,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('after a failure with onError stop', () => {
  const items = [
    ...ports(99),
    updateNetwork({ networkId: 'N_bad', body: { fail: 'no' } }),
    ...ports(900, 99),
  ];

  test('the batch is rolled back, what runs ends, and the rest is not sent', async () => {
    await using at = await bench({ jitter: 0.5 });
    const outcomes = await at.batch.run(items, { organizationId, concurrency: 2 });
    const count = (status: string): number =>
      outcomes.filter((outcome) => outcome.status === status).length;
    expect(outcomes[99]).toMatchObject({ status: 'failed', error: { message: 'no' } });
    expect(outcomes[0]).toMatchObject({ status: 'rolledBack', cause: 99 });
    expect(outcomes[999]).toEqual({ status: 'skipped', reason: 'stopped', error: undefined });
    expect(count('rolledBack')).toBe(99);
    expect(at.counts.size).toBe(count('applied'));
    expect(at.simulator.server.openDrafts).toBe(0);
  });
});

describe('after a failure with onError continue', () => {
  test('the action that failed is taken out, and the rest is sent again', async () => {
    await using at = await bench();
    const items = [
      ...ports(50),
      updateNetwork({ networkId: 'N_bad', body: { fail: 'no' } }),
      ...ports(49, 50),
    ];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(99);
    expect(outcomes[50]).toMatchObject({ status: 'failed', error: { candidates: [50] } });
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
    expect(at.simulator.server.ended).toEqual({ well: 1, badly: 1 });
  });

  test('several actions that failed are found one after the other', async () => {
    await using at = await bench();
    const bad = (n: number) => updateNetwork({ networkId: `N_${n}`, body: { fail: `no ${n}` } });
    const items = [bad(1), ...ports(50), bad(2), bad(3)];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(50);
    expect([0, 51, 52].map((index) => outcomes[index])).toMatchObject([
      { error: { message: 'no 1' } },
      { error: { message: 'no 2' } },
      { error: { message: 'no 3' } },
    ]);
  });

  test('several that are named at once are taken out together', async () => {
    await using at = await bench({ namesAll: true });
    const bad = (n: number) => updateNetwork({ networkId: `N_${n}`, body: { fail: `no ${n}` } });
    const items = [...ports(40), bad(1), bad(2), ...ports(57, 40), bad(3)];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(97);
    expect(outcomes.filter(({ status }) => status === 'failed')).toHaveLength(3);
    expect(at.simulator.server.ended).toEqual({ well: 1, badly: 1 });
  });

  test('halves are sent where nobody can tell which action failed', async () => {
    await using at = await bench({ namesActions: false });
    const items = [
      ...ports(40),
      updateNetwork({ networkId: 'N_bad', body: { fail: 'no' } }),
      ...ports(20, 40),
    ];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(60);
    expect(outcomes[40]).toMatchObject({
      status: 'failed',
      error: { message: 'Something went wrong.', candidates: [40] },
    });
  });

  test('an action that a text only mentions is tried alone before it is blamed', async () => {
    await using at = await bench({
      textOf: (_, reason) => `${reason}: the name of /devices/Q2-0/switch/ports/3 is taken`,
    });
    const bad = updateNetwork({ networkId: 'N_bad', body: { fail: 'no' } });
    const outcomes = await at.batch.run([...ports(30), bad], {
      organizationId,
      onError: 'continue',
    });
    expect(outcomes.slice(0, 30).every(({ status }) => status === 'applied')).toBe(true);
    expect(outcomes[30]).toMatchObject({ status: 'failed' });
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
  });

  test('of actions that look the same, only the one that fails is taken out', async () => {
    let failures = 0;
    await using at = await bench({
      // The second of the twins fails, whenever both are there.
      fails: ({ resource }) =>
        resource === '/networks/N_twin' && failures++ === 0 ? 'no' : undefined,
    });
    const twin = () => updateNetwork({ networkId: 'N_twin', body: { name: 'same' } });
    const outcomes = await at.batch.run([twin(), ...ports(20), twin()], {
      organizationId,
      onError: 'continue',
    });
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'applied'));
  });

  test('a group is never taken apart', async () => {
    await using at = await bench();
    const group = atomic([
      updateNetwork({ networkId: 'N_1', body: { n: 900 } }),
      updateNetwork({ networkId: 'N_2', body: { n: 901, fail: 'no' } }),
    ]);
    const outcomes = await at.batch.run([...ports(30), group], {
      organizationId,
      onError: 'continue',
    });
    expect(outcomes[30]).toEqual([
      { status: 'rolledBack', cause: 31, error: { message: 'no', candidates: [31], batchId: '1' } },
      { status: 'failed', error: { message: 'no', candidates: [31], batchId: '1' } },
    ]);
    expect(at.counts.size).toBe(30);
  });

  test('what refers to a failed action is skipped, with all that refers to that', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'x', fail: 'no' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
    const port = updatePort({ serial: 'Q', portId: '1', body: { name: ref(vlan, 'id') } });
    const outcomes = await at.batch.run([network, vlan, port, ...ports(3)], {
      organizationId,
      onError: 'continue',
    });
    expect(outcomes.slice(0, 3)).toMatchObject([
      { status: 'failed' },
      { status: 'skipped', reason: 'dependency', cause: 0 },
      { status: 'skipped', reason: 'dependency', cause: 1 },
    ]);
    expect(at.counts.size).toBe(3);
  });
});

describe('a draft that the server refuses', () => {
  test('stops the run, and names what the server mentions', async () => {
    await using at = await bench();
    const outcomes = await at.batch.run(
      [
        updateNetwork({ networkId: 'N_1' }),
        updateNetwork({ networkId: 'N_2', body: { refuse: 'Invalid resource /networks/N_2' } }),
      ],
      { organizationId },
    );
    expect(outcomes).toEqual([
      // Who is mentioned need not be who is at fault.
      {
        status: 'skipped',
        reason: 'refused',
        cause: undefined,
        error: { message: 'Invalid resource /networks/N_2', candidates: [1], status: 400 },
      },
      {
        status: 'skipped',
        reason: 'refused',
        cause: undefined,
        error: { message: 'Invalid resource /networks/N_2', candidates: [1], status: 400 },
      },
    ]);
  });

  test('loses only what was refused, with onError continue', async () => {
    await using at = await bench();
    const items = [...ports(60), updateNetwork({ networkId: 'N_2', body: { refuse: 'Nonsense' } })];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(at.counts.size).toBe(60);
    expect(outcomes[60]).toMatchObject({ status: 'failed', error: { message: 'Nonsense' } });
  });
});
