import { describe, expect, test, vi } from 'vitest';
import { faultsFor } from '../../simulators/meraki-http.ts';
import { bench, organizationId, ports, updateNetwork, type Bench } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
const batches = '/api/v1/organizations/1/actionBatches';

function seen({ simulator }: Bench): readonly string[] {
  return simulator.seen.map((line) => line.replace(batches, ''));
}

describe('other applications', () => {
  test('count for the limit of five', async () => {
    await using at = await bench({ batchMs: 20_000 });
    at.simulator.server.occupy(3, 60_000);
    const outcomes = await at.batch.run(ports(1_000), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.simulator.server.mostRunning).toBe(5);
    expect(at.simulator.server.offences.concurrency).toBe(0);
  });

  test('that take every place are waited for, for hours', async () => {
    await using at = await bench();
    at.simulator.server.occupy(5, 3_600_000);
    const outcomes = await at.batch.run(ports(200), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.clock.now()).toBeGreaterThan(3_600_000);
    expect(at.clock.now()).toBeLessThan(3_600_000 + 120_000);
    // About one look in 15 seconds.
    expect(at.simulator.server.requests).toBeLessThan(400);
  });

  test('that take every place all the time end the run after six hours', async () => {
    await using at = await bench();
    at.simulator.server.occupy(5, 36_000_000);
    const outcomes = await at.batch.run(ports(200), { organizationId });
    expect(outcomes[0]).toMatchObject({ status: 'skipped', reason: 'unreachable' });
    expect(at.clock.now()).toBeGreaterThan(21_600_000);
    expect(at.clock.now()).toBeLessThan(21_600_000 + 120_000);
  });

  test('are looked for after a refusal, instead of insisting', async () => {
    let isFirst = true;
    await using at = await bench({
      faults: (method) => {
        if (method === 'PUT' && isFirst) at.simulator.server.occupy(5, 120_000);
        if (method === 'PUT') isFirst = false;
        return undefined;
      },
    });
    const [outcome] = await at.batch.run([rename], { organizationId });
    expect(outcome.status).toBe('applied');
    expect(seen(at).filter((line) => line === 'PUT /1')).toHaveLength(2);
  });

  test('that come in between are no failure either', async () => {
    let intruders = 20;
    await using at = await bench({
      batchMs: 20_000,
      faults: (method) => {
        if (method === 'PUT' && intruders-- > 0) at.simulator.server.occupy(1, 15_000);
        return undefined;
      },
    });
    const outcomes = await at.batch.run(ports(1_500), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.counts.size).toBe(1_500);
  });

  test('may leave drafts, which do not count', async () => {
    await using at = await bench();
    for (let n = 0; n < 9; n += 1) {
      at.simulator.server.draft([{ resource: `/networks/N_${n}`, operation: 'destroy' }]);
    }
    const before = at.clock.now();
    await at.batch.run(ports(500), { organizationId });
    expect(at.clock.now() - before).toBeLessThan(45_000);
  });
});

describe('limits', () => {
  test('a batch that is too large for the server is halved, and keeps its order', async () => {
    const order: number[] = [];
    await using at = await bench({
      mostBytes: 8_000,
      applied: ({ body }) => order.push(Number(body?.['n'])),
    });
    const items = Array.from({ length: 100 }, (_, n) =>
      updateNetwork({ networkId: 'N_1', body: { n, name: 'x'.repeat(100) } }),
    );
    const outcomes = await at.batch.run(items, { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(order).toEqual(items.map((_, n) => n));
  });

  test('an action that is too large for the server fails alone', async () => {
    await using at = await bench({ mostBytes: 8_000 });
    const items = [
      ...ports(40),
      updateNetwork({ networkId: 'N_1', body: { name: 'x'.repeat(9_000) } }),
    ];
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(outcomes.slice(0, 40).every(({ status }) => status === 'applied')).toBe(true);
    expect(outcomes[40]).toMatchObject({ status: 'failed', error: { status: 413 } });
  });

  test('429 holds everybody back as long as the server asks', async () => {
    await using at = await bench({
      faults: faultsFor('POST', 'limited', 'limited-silently', 'limited'),
    });
    const outcomes = await at.batch.run(ports(500), { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.simulator.server.offences.rate).toBe(0);
  });

  test('the rate is kept while thousands of small batches run', async () => {
    await using at = await bench({ batchMs: 600 });
    await at.batch.run(ports(2_000), { organizationId, mode: 'sync' });
    expect(at.simulator.server.offences).toEqual({
      rate: 0,
      concurrency: 0,
      size: 0,
      malformed: 0,
    });
    // Two requests for each of 100 batches, at ten a second.
    expect(at.clock.now()).toBeLessThan(25_000);
  });
});

test('many drafts of others do not make every look long', async () => {
  await using at = await bench({ batchMs: 20_000 });
  for (let n = 0; n < 60; n += 1) {
    at.simulator.server.draft([{ resource: `/networks/N_${n}`, operation: 'destroy' }]);
  }
  const outcomes = await at.batch.run(ports(1_000), { organizationId });
  expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  const lists = at.simulator.seen.filter((line) => line.includes('status=pending'));
  expect(lists).toHaveLength(1);
});
