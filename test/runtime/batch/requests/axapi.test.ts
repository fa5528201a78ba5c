import { describe, expect, test } from 'vitest';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { faultsInTurn } from '../../../simulators/mishaps.ts';
import { axapi, axapiOn, canned, get, post, remove } from './fixtures.ts';

const servers = '/axapi/v3/slb/server';

function server(name: string, more: object = {}): ReturnType<typeof post> {
  const element = { name, host: '10.0.0.1', ...more };
  return post(servers, { server: element }, `${servers}/${name}`);
}

function many(count: number): ReturnType<typeof post>[] {
  return Array.from({ length: count }, (_, index) =>
    server(`s${index}`, { 'user-tag': `m${index}` }),
  );
}

describe('reads and changes in one list', () => {
  test('go to an endpoint each, and keep the order of what touches the same', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run(
      [
        get(`${servers}/s1`),
        server('s1'),
        get(`${servers}/s1`),
        remove(`${servers}/s1`),
        get(`${servers}/s1`),
      ],
      { onError: 'continue' },
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'failed',
      'applied',
      'applied',
      'applied',
      'failed',
    ]);
  });

  test('share batches where nothing binds them', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const reads = Array.from({ length: 8 }, (_, port) =>
      get(`/axapi/v3/interface/ethernet/${port + 1}`),
    );
    const plan = batch.plan(many(8).flatMap((one, index) => [one, reads[index]!]));
    expect(plan.batches).toHaveLength(2);
    await batch.run(plan);
    expect(simulator.requests.map(({ url }) => url.pathname).toSorted()).toEqual([
      '/axapi/v3/batch-get',
      '/axapi/v3/batch-post',
    ]);
  });

  test('cannot be in one group', () => {
    const { client, clock } = canned();
    const batch = createRequestBatch(client, axapi, clock);
    expect(() => batch.plan([batch.atomic([server('s1'), get(servers)])])).toThrow(
      'the atomic group at action 0 is POST and GET; no batch of axapi takes these together.',
    );
  });
});

test('a run of many actions is split, and told in progress', async () => {
  await using simulator = await startAxapi();
  const { batch } = axapiOn(simulator.baseUrl);
  const run = batch.run(many(250));
  const done: number[] = [];
  for await (const { state, done: sum } of run) if (state === 'completed') done.push(sum);
  expect(done).toEqual([100, 200, 250]);
  expect((await run).every(({ status }) => status === 'applied')).toBe(true);
});

describe('an action that fails', () => {
  const bad = remove(`${servers}/none`);

  test('undoes its batch and stops the run', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run([...many(99), bad, ...many(150).slice(99)]);
    expect(outcomes[99]).toMatchObject({ status: 'rolledBack' });
    expect(outcomes[0]).toMatchObject({ status: 'rolledBack', cause: undefined });
    expect(outcomes[120]).toMatchObject({ status: 'skipped', reason: 'stopped' });
    expect(simulator.device.account.size).toBe(0);
  });

  test('takes nothing from the others where errors are ignored', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run([...many(150), bad], { onError: 'continue' });
    expect(outcomes[150]).toMatchObject({ status: 'failed', error: { status: 404 } });
    expect(simulator.device.account.size).toBe(150);
  });

  test('is the only one of its batch, and then certainly the one that failed', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    expect(await batch.run([bad])).toMatchObject([
      { status: 'failed', error: { message: expect.stringContaining('does not exist') as string } },
    ]);
  });

  test('undoes a group, which is never split', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const [group] = await batch.run([batch.atomic([server('s1'), bad], 'pair')]);
    expect(group.map(({ status }) => status)).toEqual(['rolledBack', 'rolledBack']);
    expect(() => batch.run([batch.atomic([server('s1')])], { onError: 'continue' })).toThrow(
      "With onError: 'continue' nothing is undone, so the plan cannot have groups.",
    );
  });
});

test('without a version, an answer that is lost is not asked for again', async () => {
  await using simulator = await startAxapi({ faults: faultsInTurn('lost') });
  const { batch } = axapiOn(simulator.baseUrl);
  const outcomes = await batch.run([server('s1')]);
  expect(outcomes).toMatchObject([{ status: 'unknown', reason: 'lost' }]);
  expect(simulator.requests).toHaveLength(1);
});

test('reads are repeated until they are answered', async () => {
  await using simulator = await startAxapi({
    faults: faultsInTurn('reset', 'lost', 'limited', 'garbled'),
  });
  const { batch } = axapiOn(simulator.baseUrl);
  const [port] = await batch.run([get('/axapi/v3/interface/ethernet/1')]);
  expect(port).toMatchObject({ status: 'applied', value: { ethernet: { ifnum: 1 } } });
});

test('an element that failed and was answered with 204 is unknown', async () => {
  await using simulator = await startAxapi({ quirk: true });
  const { batch } = axapiOn(simulator.baseUrl);
  const group = post(
    '/axapi/v3/slb/service-group',
    {
      'service-group': {
        name: 'sg1',
        protocol: 'tcp',
        'member-list': [{ name: 'none', port: 80 }],
      },
    },
    '/axapi/v3/slb/service-group/sg1',
  );
  const outcomes = await batch.run([server('s1'), group], { onError: 'continue' });
  expect(outcomes).toMatchObject([{ status: 'applied' }, { status: 'unknown', reason: 'suspect' }]);
});

test('a session that is over leaves everything unsent', async () => {
  const denied = {
    response: { 'http-status': 401, status: 'fail', err: { code: 1, msg: 'No session' } },
  };
  const { client, clock } = canned([401, denied]);
  const outcomes = await createRequestBatch(client, axapi, clock).run([server('s1')]);
  expect(outcomes).toMatchObject([{ status: 'skipped', reason: 'denied' }]);
});

describe('what was sent to no effect', () => {
  const answer = (status: number, err: object): readonly [number, object] => [
    status,
    { response: { 'http-status': status, status: 'fail', err } },
  ];
  test.each([
    ['denied', answer(401, { code: 1, msg: 'No session' }), {}],
    ['stale', answer(400, { code: 1, msg: 'Config version does not match' }), { configVersion: 7 }],
    ['unreachable', answer(429, { code: 1, msg: 'Busy' }), { timeout: 1_000 }],
  ])('is not unknown in the journal: %s', async (reason, refusal, options) => {
    const journal = memoryJournal();
    const { client, clock } = canned(...Array<typeof refusal>(100).fill(refusal));
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([server('s1'), server('s2')], { ...options, journal });
    expect(outcomes).toMatchObject([
      { status: 'skipped', reason },
      { status: 'skipped', reason },
    ]);
    expect(await batch.readJournal(journal)).toMatchObject({
      counts: { skipped: 2, unknown: 0 },
      retryable: [0, 1],
      isRetried: false,
    });
  });

  test('is unknown where an answer was lost before', async () => {
    const journal = memoryJournal();
    const { client, clock } = canned([502, {}], answer(401, { code: 1, msg: 'No session' }));
    const batch = createRequestBatch(client, axapi, clock);
    await batch.run([server('s1')], { journal });
    const { counts, retryable } = await batch.readJournal(journal);
    expect([counts.unknown, retryable]).toEqual([1, []]);
  });
});

describe('a run that was cut off', () => {
  test('is resumed under the version that its journal tells, and applies nothing twice', async () => {
    const journal = memoryJournal();
    const abort = new AbortController();
    let batches = 0;
    await using simulator = await startAxapi({
      before: () => {
        batches += 1;
        if (batches === 2) abort.abort();
      },
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const plan = batch.plan(many(300));
    const first = await batch.run(plan, { configVersion: 1, journal, signal: abort.signal });
    expect(first.filter(({ status }) => status === 'applied')).toHaveLength(100);
    const outcomes = await batch.resume(journal, { plan });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(simulator.device.account.twice()).toEqual([]);
    expect(simulator.device.account.size).toBe(300);
  });

  test('is resumed without its plan, in the order of the list', async () => {
    const journal = memoryJournal();
    const abort = new AbortController();
    await using simulator = await startAxapi({ before: () => abort.abort() });
    const { batch } = axapiOn(simulator.baseUrl);
    await batch.run(many(150), { configVersion: 1, journal, signal: abort.signal });
    const outcomes = await batch.resume(journal);
    expect(outcomes).toMatchObject(
      Array.from({ length: 150 }, (_, index) => ({
        status: 'applied',
        value: { server: { name: `s${index}` } },
      })),
    );
    expect(simulator.device.account.twice()).toEqual([]);
  });

  test('without a version leaves unknown what was under way', async () => {
    const journal = memoryJournal();
    const abort = new AbortController();
    let batches = 0;
    await using simulator = await startAxapi({
      before: () => {
        batches += 1;
        if (batches === 2) abort.abort();
      },
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const plan = batch.plan(many(300));
    await batch.run(plan, { journal, signal: abort.signal, onError: 'continue' });
    const outcomes = await batch.resume(journal, { plan });
    expect(outcomes.filter(({ status }) => status === 'unknown')).toHaveLength(100);
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(200);
    expect(simulator.device.account.twice()).toEqual([]);
  });
});
