import { expect, test, vi } from 'vitest';
import { ActionFailure, type Outcome } from '../../../templates/runtime/batch/outcome/outcome.ts';
import { consistentAfter } from '../../../templates/runtime/batch/pace/read-lag.ts';
import { bench, organizationId, ports, updateNetwork } from '../batch/fixtures.ts';
import { change, journyxOn, post } from '../batch/requests/fixtures.ts';
import { startJournyx } from '../../simulators/journyx.ts';
import { faultsFor } from '../../simulators/meraki-http.ts';
import { faultsInTurn } from '../../simulators/mishaps.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const kept = { rate: 0, concurrency: 0, size: 0, malformed: 0 };

function count(outcomes: readonly Outcome[], status: Outcome['status']): number {
  return outcomes.filter((outcome) => outcome.status === status).length;
}

test('R70: a draft whose answer was lost is made anew, and the first is named as left', async () => {
  const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
  for (const fault of ['lost', 'crashed', 'truncated', 'garbled', 'accepted'] as const) {
    await using at = await bench({ faults: faultsFor('POST', fault) });
    const run = at.batch.run([rename], { organizationId });
    const [outcome] = await run;
    expect(outcome, fault).toMatchObject({ status: 'applied', batchId: '2' });
    const methods = at.simulator.seen.map((line) => line.split(' ')[0]);
    expect(methods.slice(0, 4)).toEqual(['GET', 'POST', 'POST', 'PUT']);
    expect(await run.leftDrafts()).toEqual([{ id: '1', batch: 0, isOurs: false }]);
    expect(methods).not.toContain('DELETE');
    expect(at.counts).toEqual(new Map([[1, 1]]));
  }
});

test('R70: a request of changes is sent again only under a fence; the others are unknown', async () => {
  await using simulator = await startJournyx(faultsInTurn('lost'));
  const { site } = simulator;
  const { id, etag } = site.put('projects', { pname: 'Bridge' });
  const { batch } = journyxOn(simulator.baseUrl);
  const outcomes = await batch.run(
    [
      change('PUT', `/api/v1/projects/${id}`, { description: 'fenced' }, etag),
      post('/api/v1/time_entries', { comments: 'open' }),
    ],
    { onError: 'continue' },
  );
  expect(outcomes).toMatchObject([{ status: 'applied' }, { status: 'unknown', reason: 'lost' }]);
  expect(site.account.count('fenced')).toBe(1);
  expect(site.account.count('open')).toBe(1);
});

test('R71: where 3 of 100 actions fail, they are named, and the other 97 are applied', async () => {
  const bad = new Set([10, 50, 90]);
  const items = Array.from({ length: 100 }, (_, n) =>
    updateNetwork({ networkId: `N_${n}`, body: { n, ...(bad.has(n) && { fail: `no ${n}` }) } }),
  );
  for (const namesActions of [true, false]) {
    await using at = await bench({ namesAll: true, namesActions });
    const outcomes = await at.batch.run(items, { organizationId, onError: 'continue' });
    expect(count(outcomes, 'failed')).toBe(3);
    expect(count(outcomes, 'applied')).toBe(97);
    for (const n of bad) {
      const message = namesActions ? `no ${n}` : 'Something went wrong.';
      expect(outcomes[n]).toMatchObject({ status: 'failed', error: { message } });
    }
    expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
    expect(at.counts.size).toBe(97);
  }
});

test('R72: a batch that never ends is unknown when its time is over, and the error has its id', async () => {
  await using at = await bench({ stuck: true });
  const run = at.batch.run(ports(100), { organizationId, timeout: 60_000 });
  const failure: unknown = await run.values().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ActionFailure);
  expect(failure).toMatchObject({
    operationId: 'updateDeviceSwitchPort',
    index: 0,
    outcome: { status: 'unknown', reason: 'timeout', batchId: '1' },
  });
  expect(at.clock.now()).toBeGreaterThan(60_000);
  expect(at.clock.now()).toBeLessThan(90_000);
});

test('R73: where five batches run already, as a 400 or a 429 says, the others wait, and none is lost', async () => {
  await using at = await bench({
    faults: faultsFor('PUT', 'limited', undefined, 'limited-silently'),
  });
  at.simulator.server.occupy(5, 120_000);
  const outcomes = await at.batch.run(ports(1_000), { organizationId });
  expect(count(outcomes, 'applied')).toBe(1_000);
  expect(at.counts.size).toBe(1_000);
  expect(at.clock.now()).toBeGreaterThan(120_000);
  expect(at.simulator.server.mostRunning).toBe(5);
  expect(at.simulator.server.offences).toEqual(kept);
});

test('R74: 101 actions are two batches', async () => {
  await using at = await bench();
  const outcomes = await at.batch.run(ports(101), { organizationId });
  expect(count(outcomes, 'applied')).toBe(101);
  expect(at.simulator.server.drafts).toBe(2);
  expect(at.simulator.server.offences).toEqual(kept);
});

test('R74: a batch that the server finds too large (413) is halved, and keeps its order', async () => {
  const order: unknown[] = [];
  await using at = await bench({
    mostBytes: 4_000,
    applied: ({ body }) => order.push(body?.['n']),
  });
  const items = Array.from({ length: 101 }, (_, n) =>
    updateNetwork({ networkId: `N_${n % 7}`, body: { n } }),
  );
  const outcomes = await at.batch.run(items, { organizationId, ordered: true });
  expect(count(outcomes, 'applied')).toBe(101);
  expect(order).toEqual(items.map((_, n) => n));
  // Two were planned; the first is halved.
  expect(at.simulator.seen.filter((line) => line.startsWith('POST'))).toHaveLength(4);
});

test('R78: a batch that is 404 for a while is looked for again', async () => {
  await using at = await bench({ lag: 10_000, batchMs: 5_000 });
  const outcomes = await at.batch.run(ports(300), { organizationId });
  expect(count(outcomes, 'applied')).toBe(300);
  expect(at.counts.size).toBe(300);
});

test('R78: a batch that stays 404 is unknown after nine looks in half a minute, and is not sent again', async () => {
  await using at = await bench({
    faults: (method) => {
      if (method === 'GET') at.simulator.server.forget('1');
      return undefined;
    },
  });
  const outcomes = await at.batch.run(ports(100), { organizationId });
  expect(outcomes[0]).toMatchObject({ status: 'unknown', reason: 'vanished', batchId: '1' });
  const looks = at.simulator.seen.filter((line) => /^GET .*\/1$/.test(line));
  // Pauses are random: where they were short, nine looks take less than half a minute.
  expect(looks.length).toBeGreaterThanOrEqual(9);
  expect(looks.length).toBeLessThanOrEqual(11);
  expect(at.clock.now()).toBeGreaterThanOrEqual(consistentAfter);
  expect(at.simulator.server.drafts).toBe(1);
});

test('R78: 202 without a body or a Location is no batch: nothing is applied twice', async () => {
  for (const method of ['POST', 'PUT', 'GET']) {
    await using at = await bench({ faults: faultsFor(method, 'accepted', 'accepted') });
    const run = at.batch.run(ports(300), { organizationId });
    expect(count(await run, 'applied'), method).toBe(300);
    expect(Math.max(...at.counts.values())).toBe(1);
    expect(await run.leftDrafts()).toHaveLength(at.simulator.server.openDrafts);
  }
});

test('R78: what is no JSON while looking is borne with, as long as the batch has time', async () => {
  await using well = await bench({
    faults: faultsFor('GET', 'garbled', 'truncated', 'garbled', 'accepted', 'garbled'),
  });
  expect(count(await well.batch.run(ports(300), { organizationId }), 'applied')).toBe(300);

  await using badly = await bench({
    faults: (method) => (method === 'GET' ? 'garbled' : undefined),
  });
  const outcomes = await badly.batch.run(ports(100), { organizationId, timeout: 60_000 });
  expect(outcomes[0]).toMatchObject({ status: 'unknown', reason: 'timeout', batchId: '1' });
  expect(badly.clock.now()).toBeLessThan(300_000);
});
