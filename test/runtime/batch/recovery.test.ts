import { describe, expect, test, vi } from 'vitest';
import { faultsFor } from '../../simulators/meraki-http.ts';
import {
  bench,
  createNetwork,
  organizationId,
  ports,
  updateNetwork,
  type Bench,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
const batches = '/api/v1/organizations/1/actionBatches';

function seen({ simulator }: Bench): readonly string[] {
  return simulator.seen.map((line) => line.replace(batches, ''));
}

describe('a confirmation whose answer is lost', () => {
  test.for(['lost', 'crashed', 'truncated', 'garbled', 'reset', 'unavailable'] as const)(
    'is never a second execution: %s',
    async (fault) => {
      await using at = await bench({ faults: faultsFor('PUT', fault, fault) });
      const [outcome] = await at.batch.run([rename], { organizationId });
      expect(outcome).toMatchObject({ status: 'applied', batchId: '1' });
      expect(at.counts.get(1)).toBe(1);
    },
  );

  test('is looked up before it is repeated', async () => {
    await using at = await bench({ faults: faultsFor('PUT', 'lost') });
    await at.batch.run([rename], { organizationId });
    expect(seen(at).slice(0, 4)).toEqual(['GET ?status=pending', 'POST ', 'PUT /1', 'GET /1']);
    expect(seen(at).filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  });
});

describe('looking at a batch', () => {
  test('never fails the run', async () => {
    await using at = await bench({
      faults: faultsFor(
        'GET',
        'unavailable',
        'garbled',
        'truncated',
        'reset',
        'limited',
        'slow',
        'lost',
      ),
    });
    const outcomes = await at.batch.run(ports(300), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  });

  test('bears with a server that does not know it yet', async () => {
    await using at = await bench({ lag: 10_000, batchMs: 5_000 });
    const outcomes = await at.batch.run(ports(300), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.counts.size).toBe(300);
  });

  test('a batch that does not end is unknown, and says where to look', async () => {
    await using at = await bench({ stuck: true });
    const outcomes = await at.batch.run(ports(100), { organizationId, timeout: 60_000 });
    expect(outcomes[0]).toEqual({
      status: 'unknown',
      reason: 'timeout',
      batchId: '1',
      message: 'the batch had not ended when its time was over; it may still end',
    });
    expect(at.clock.now()).toBeGreaterThan(60_000);
    expect(at.clock.now()).toBeLessThan(90_000);
  });

  test('what touches a resource whose state is unknown is not sent', async () => {
    await using at = await bench({ stuck: true });
    const items = [
      ...Array.from({ length: 120 }, () => updateNetwork({ networkId: 'N_1' })),
      ...ports(200),
    ];
    const outcomes = await at.batch.run(items, {
      organizationId,
      onError: 'continue',
      timeout: 60_000,
    });
    expect(outcomes[119]).toMatchObject({ status: 'skipped', reason: 'dependency' });
    expect(outcomes[200]).toMatchObject({ status: 'unknown' });
  });
});

describe('a server that cannot be used', () => {
  test('ends the run when it forbids', async () => {
    await using at = await bench();
    const { batch } = at.forbidden();
    const outcomes = await batch.run(ports(300), { organizationId });
    expect(outcomes[0]).toMatchObject({
      status: 'skipped',
      reason: 'denied',
      error: { message: expect.stringContaining('401') as string },
    });
    expect(outcomes.every(({ status }) => status === 'skipped')).toBe(true);
    expect(at.simulator.server.requests).toBe(0);
  });

  test('ends the run when it stays away, and says that nothing was sent', async () => {
    await using at = await bench({ faults: () => 'unavailable' });
    const outcomes = await at.batch.run(ports(300), { organizationId, onError: 'continue' });
    expect(outcomes.every(({ status }) => status === 'skipped')).toBe(true);
    expect(outcomes[0]).toMatchObject({ reason: 'unreachable' });
    expect(at.clock.now()).toBeGreaterThanOrEqual(600_000);
    expect(at.clock.now()).toBeLessThan(700_000);
  });

  test('leaves a confirmed batch unknown when it goes away in between', async () => {
    let gone = false;
    await using at = await bench({
      faults: (method) => {
        if (method === 'PUT') gone = true;
        return gone ? 'lost' : undefined;
      },
    });
    const [outcome] = await at.batch.run([rename], { organizationId });
    expect(outcome).toMatchObject({ status: 'unknown', reason: 'lost', batchId: '1' });
  });
});

describe('an abort', () => {
  test('before the run sends nothing', async () => {
    await using at = await bench();
    const outcomes = await at.batch.run(ports(300), {
      organizationId,
      signal: AbortSignal.abort(),
    });
    expect(outcomes.every((one) => one.status === 'skipped' && one.reason === 'aborted')).toBe(
      true,
    );
    expect(at.simulator.seen).toEqual([]);
  });

  test('leaves what runs unknown, skips the rest, and sends nothing more', async () => {
    await using at = await bench();
    const control = new AbortController();
    const run = at.batch.run(ports(1_000), { organizationId, signal: control.signal });
    for await (const { state } of run) {
      if (state !== 'running') continue;
      control.abort();
      break;
    }
    const outcomes = await run;
    const requests = at.simulator.server.requests;
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['unknown', 'skipped']));
    expect(outcomes.find(({ status }) => status === 'unknown')).toMatchObject({
      reason: 'aborted',
    });
    await at.clock.sleep(100_000);
    expect(at.simulator.server.requests).toBe(requests);
  });

  test('leaves no listener on the signal', async () => {
    await using at = await bench();
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = ((...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    }) as typeof add;
    signal.removeEventListener = ((...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    }) as typeof remove;
    await at.batch.run(ports(300), { organizationId, signal });
    expect(listeners).toBe(0);
  });
});

test('an id from the server that is no path segment is not used', async () => {
  await using at = await bench();
  const { batch, requests } = at.answering({ id: '../../admins', confirmed: false });
  const outcomes = await batch.run([rename], { organizationId, timeout: 3_000 });
  // The confirmation was taken, whatever the server shows.
  expect(outcomes[0].status).toBe('unknown');
  expect(requests.filter((url) => url.includes('admins')).every((url) => url.includes('%2F'))).toBe(
    true,
  );
});

test('creates that the server does not tell of are applied without a value', async () => {
  await using at = await bench();
  const network = createNetwork({ organizationId, body: { name: 'x' } });
  const { batch } = at.answering({
    id: '1',
    confirmed: true,
    status: { completed: true, failed: false, errors: [], createdResources: [] },
    actions: [network],
  });
  const [outcome] = await batch.run([network], { organizationId });
  expect(outcome).toMatchObject({ status: 'applied', value: undefined });
});

test.each([401, 403, 407])('a wrong key is denied (%i), and ends the run', async (status) => {
  await using at = await bench();
  const { batch } = at.answering({ errors: ['no'] }, status);
  const outcomes = await batch.run(ports(300), { organizationId, onError: 'continue' });
  expect(outcomes[0]).toMatchObject({ status: 'skipped', reason: 'denied' });
  expect(outcomes.every((outcome) => outcome.status === 'skipped')).toBe(true);
});

test('a server that asks for a day of patience ends the run', async () => {
  await using at = await bench();
  const { batch } = at.answering({ errors: ['later'] }, 429, { 'Retry-After': '86400' });
  const [outcome] = await batch.run([rename], { organizationId });
  expect(outcome).toMatchObject({ status: 'skipped', reason: 'unreachable' });
  expect(at.clock.now()).toBeLessThan(1_000);
});
