import { describe, expect, test, vi } from 'vitest';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { ActionFailure } from '../../../templates/runtime/batch/outcome/outcome.ts';
import type { Progress } from '../../../templates/runtime/batch/run/progress.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import {
  bench,
  createNetwork,
  createVlan,
  deleteNetwork,
  organizationId,
  ports,
  updateNetwork,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const applied = (batchId: string, value?: object): object => ({
  status: 'applied',
  batchId,
  value,
});

describe('outcomes', () => {
  test('come in the shape in which the actions were given, with ids for what was created', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'HQ' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '99', name: 'API' } });
    const rename = updateNetwork({ networkId: 'N_1', body: { name: 'Old' } });
    const outcomes = await at.batch.run([network, atomic([vlan]), rename], { organizationId });
    const [, [nested]] = outcomes;
    expect(outcomes).toEqual([
      applied('1', { id: 'L_2', uri: '/networks/L_2' }),
      [applied('3', { id: '99', uri: '/networks/L_2/appliance/vlans/99' })],
      applied('1'),
    ]);
    expect(nested.status).toBe('applied');
    expect(at.simulator.server.resources.get('/networks/L_2/appliance/vlans/99')).toMatchObject({
      name: 'API',
    });
  });

  test('have the names that the actions were given', async () => {
    await using at = await bench();
    const { old, young } = await at.batch.run(
      {
        old: deleteNetwork({ networkId: 'N_1' }),
        young: updateNetwork({ networkId: 'N_2', body: { fail: 'busy' } }),
      },
      { organizationId },
    );
    // The network cannot be read, so nothing shows whether it was there before.
    expect(old).toMatchObject({ status: 'unknown', reason: 'suspect' });
    expect(young).toEqual({
      status: 'failed',
      error: { message: 'busy', candidates: [1], batchId: '1' },
    });
  });

  test('of nothing are nothing', async () => {
    await using at = await bench();
    expect(await at.batch.run([], { organizationId })).toEqual([]);
    expect(at.simulator.seen).toEqual([]);
  });

  test('values throw the first failure', async () => {
    await using at = await bench();
    const run = at.batch.run(
      [
        updateNetwork({ networkId: 'N_1' }),
        updateNetwork({ networkId: 'N_2', body: { fail: 'busy' } }),
      ],
      { organizationId },
    );
    const failure = await run.values().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ActionFailure);
    expect(failure).toMatchObject({
      message: 'updateNetwork (action 1) failed: busy',
      operationId: 'updateNetwork',
      index: 1,
      outcome: { status: 'failed' },
    });
  });

  test('values are what was created', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'HQ' } });
    expect(await at.batch.run([network], { organizationId }).values()).toEqual([
      { id: 'L_2', uri: '/networks/L_2' },
    ]);
  });
});

describe('options given with a plan', () => {
  test('may ask for fewer batches at a time', async () => {
    await using at = await bench();
    const plan = at.batch.plan(ports(600));
    await at.batch.run(plan, { organizationId, concurrency: 2 });
    expect(at.simulator.server.mostRunning).toBe(2);
  });

  test('cannot contradict it', async () => {
    await using at = await bench();
    const plan = at.batch.plan(ports(30));
    // @ts-expect-error -- the plan has a mode
    expect(() => at.batch.run(plan, { organizationId, mode: 'sync' })).toThrow(
      'The plan has its mode and order already: give these options to batch.plan().',
    );
    // @ts-expect-error -- the plan has an order
    expect(() => at.batch.run(plan, { organizationId, ordered: true })).toThrow(TypeError);
    expect(at.simulator.seen).toEqual([]);
  });
});

describe('the requests', () => {
  test('of a small run: who else has drafts, a draft, its confirmation, and no more', async () => {
    await using at = await bench();
    await at.batch.run([updateNetwork({ networkId: 'N_1' })], { organizationId });
    expect(at.simulator.seen).toEqual([
      'GET /api/v1/organizations/1/actionBatches?status=pending',
      'POST /api/v1/organizations/1/actionBatches',
      'PUT /api/v1/organizations/1/actionBatches/1',
    ]);
  });

  test('of one asynchronous batch: it is read until it has ended', async () => {
    await using at = await bench({ batchMs: 2_000 });
    await at.batch.run(ports(30), { organizationId });
    expect(at.simulator.seen.slice(0, 3)).toEqual([
      'GET /api/v1/organizations/1/actionBatches?status=pending',
      'POST /api/v1/organizations/1/actionBatches',
      'PUT /api/v1/organizations/1/actionBatches/1',
    ]);
    expect(new Set(at.simulator.seen.slice(3))).toEqual(
      new Set(['GET /api/v1/organizations/1/actionBatches/1']),
    );
  });

  test('of many batches: one list shows all', async () => {
    await using at = await bench();
    await at.batch.run(ports(500), { organizationId });
    expect(at.simulator.seen[0]).toBe('GET /api/v1/organizations/1/actionBatches?status=pending');
  });
});

describe('progress', () => {
  test('tells of each batch, up to all actions', async () => {
    await using at = await bench();
    const run = at.batch.run(ports(300), { organizationId });
    const seen: Progress[] = [];
    for await (const progress of run) seen.push(progress);
    expect(seen.filter(({ state }) => state === 'running')).toHaveLength(3);
    expect(seen.at(-1)).toMatchObject({ state: 'completed', done: 300, total: 300, remaining: 0 });
    expect(
      seen.flatMap(({ settled }) => settled.map(([index]) => index)).toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(await run).toHaveLength(300);
  });

  test('estimates the remaining time from the batches that have ended', async () => {
    await using at = await bench({ batchMs: 100_000 });
    const remaining: (number | undefined)[] = [];
    for await (const progress of at.batch.run(ports(1_000), { organizationId, concurrency: 1 })) {
      if (progress.state === 'completed') remaining.push(progress.remaining);
    }
    expect(remaining[0]).toBeGreaterThan(850_000);
    expect(remaining[0]).toBeLessThan(1_000_000);
    expect(remaining.at(-1)).toBe(0);
  });

  test('can be left early', async () => {
    await using at = await bench();
    const run = at.batch.run(ports(300), { organizationId });
    for await (const progress of run) if (progress.done === 0) break;
    expect((await run).every(({ status }) => status === 'applied')).toBe(true);
  });
});
