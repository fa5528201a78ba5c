import { describe, expect, test } from 'vitest';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { action } from '../../../../templates/runtime/batch/action/action.ts';
import { faultsInTurn } from '../../../simulators/mishaps.ts';
import { startJournyx } from '../../../simulators/journyx.ts';
import {
  canned,
  change,
  get,
  journyx,
  journyxOn,
  type JournyxTraits,
  post,
  remove,
} from './fixtures.ts';

interface Item {
  readonly response_code: number;
  readonly results: { readonly id: string; readonly pname?: string };
}

const projects = '/api/v1/projects';

function project(name: string): ReturnType<typeof post<Item>> {
  return post<Item>(projects, { pname: name });
}

describe('what goes over the wire', () => {
  test('is a request for each action, with query, headers and body apart', async () => {
    const { client, clock, sent } = canned([
      200,
      {
        results: [
          { response_code: 200, body: { results: [] } },
          { response_code: 200, body: { results: { id: 'A' } } },
          { response_code: 200, body: { success: true } },
        ],
      },
    ]);
    const outcomes = await createRequestBatch(client, journyx, clock).run([
      get(`${projects}?$top=2&$keys=id,pname`),
      change('PUT', `${projects}/A`, { pname: 'New' }, '"7"'),
      remove(`${projects}/B`, '"8"'),
    ]);
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/api/v1/batch',
        body: {
          stop_on_error: true,
          requests: [
            { method: 'GET', url: projects, params: { $top: '2', $keys: 'id,pname' } },
            {
              method: 'PUT',
              url: `${projects}/A`,
              headers: { 'If-Match': '"7"' },
              body: { pname: 'New' },
            },
            { method: 'DELETE', url: `${projects}/B`, headers: { 'If-Match': '"8"' } },
          ],
        },
      },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
  });

  test('has other names where a copy of the dialect says so', async () => {
    const { client, clock, sent } = canned([200, [{ response_code: 200, body: {} }]]);
    const [endpoint] = journyx.endpoints;
    const other = { ...journyx, endpoints: [{ ...endpoint!, list: ['batch_requests'] }] };
    const outcomes = await createRequestBatch<JournyxTraits>(client, other, clock).run([
      get(projects),
    ]);
    expect(sent[0]?.body).toHaveProperty('batch_requests');
    expect(outcomes).toMatchObject([{ status: 'applied' }]);
  });
});

describe('what a batch cannot hold is refused when it is planned', () => {
  const { client, clock } = canned();
  const batch = createRequestBatch(client, journyx, clock);

  test('a batch', () => {
    expect(() => batch.plan([post('/api/v1/batch', { requests: [] })])).toThrow(
      'a batch cannot hold a batch',
    );
  });

  test.each(['Authorization', 'Cookie'])('the header %s', (name) => {
    const own = action('own', { method: 'GET', url: projects, headers: [[name, 'mine']] });
    expect(() => batch.plan([own])).toThrow('the server ignores credentials inside a batch');
  });
});

test('a plan does not call atomic what the server does not undo', () => {
  const { client, clock } = canned();
  const batch = createRequestBatch(client, journyx, clock);
  const parent = project('Parent');
  const child = post<Item>(projects, { pname: 'Child', parent: batch.ref(parent) });
  const text = String(batch.plan([parent, child]));
  expect(text).toContain('it is still resumable');
  expect(text).not.toMatch(/atomic/);
});

test('a run of many actions is split into batches of a hundred', async () => {
  await using simulator = await startJournyx();
  const { batch } = journyxOn(simulator.baseUrl);
  const outcomes = await batch.run(Array.from({ length: 250 }, (_, index) => project(`P${index}`)));
  expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  expect(simulator.requests).toHaveLength(3);
});

test('a batch that the server refuses as a whole leaves each of its actions failed', async () => {
  const { client, clock, sent } = canned([400, { error: 'The batch is malformed.' }]);
  const outcomes = await createRequestBatch(client, journyx, clock).run([project('A')]);
  expect(outcomes).toMatchObject([
    { status: 'failed', error: { message: expect.stringContaining('The batch is malformed.') } },
  ]);
  expect(sent).toHaveLength(1);
});

test('each action has the value and the headers of its own answer', async () => {
  await using simulator = await startJournyx();
  const { batch } = journyxOn(simulator.baseUrl);
  const outcomes = await batch.run({ one: project('One'), two: project('Two') });
  expect(outcomes).toMatchObject({
    one: { status: 'applied', value: { results: { pname: 'One' } }, answer: { status: 201 } },
    two: { status: 'applied', value: { results: { pname: 'Two' } } },
  });
  const { one } = outcomes;
  if (one.status !== 'applied') throw new Error('not applied');
  const etag = one.answer?.headers['etag'];
  const again = change('PUT', `${projects}/${one.value.results.id}`, { pname: 'Uno' }, etag);
  expect(await batch.run([again])).toMatchObject([{ status: 'applied' }]);
});

test('the client sends the batch as whoever it is, whatever actions say', async () => {
  await using simulator = await startJournyx();
  const { batch } = journyxOn(simulator.baseUrl);
  await batch.run([project('One')]);
  expect(simulator.site.identities).toEqual([`Basic ${btoa('user:key')}`]);
});

describe('an action that fails', () => {
  const bad = change('PUT', `${projects}/none`, { pname: 'x' }, '"1"');

  test('cuts the list of results short: the rest was not executed, because of it', async () => {
    await using simulator = await startJournyx();
    const { batch } = journyxOn(simulator.baseUrl);
    const outcomes = await batch.run([project('One'), bad, project('Two'), project('Three')]);
    expect(outcomes).toMatchObject([
      { status: 'applied' },
      { status: 'failed', error: { status: 404, message: 'No such object.' } },
      { status: 'skipped', reason: 'stopped', cause: 1 },
      { status: 'skipped', reason: 'stopped', cause: 1 },
    ]);
  });

  test('takes nothing from the others where the run continues', async () => {
    await using simulator = await startJournyx();
    const { batch } = journyxOn(simulator.baseUrl);
    const outcomes = await batch.run([project('One'), bad, project('Two')], {
      onError: 'continue',
    });
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'failed', 'applied']);
  });

  test('is one whose ETag is old', async () => {
    await using simulator = await startJournyx();
    const { batch } = journyxOn(simulator.baseUrl);
    const { id } = simulator.site.put('projects', { pname: 'Old' });
    const late = change('PUT', `${projects}/${id}`, { pname: 'New' }, '"0"');
    expect(await batch.run([late])).toMatchObject([{ status: 'failed', error: { status: 412 } }]);
  });
});

describe('an answer that was lost', () => {
  test('is made up for where there is an ETag, and by nothing else', async () => {
    await using simulator = await startJournyx(faultsInTurn('lost'));
    const { site } = simulator;
    const { batch } = journyxOn(simulator.baseUrl);
    const changed = site.put('projects', { pname: 'Old' });
    const gone = site.put('projects', { pname: 'Gone' });
    const outcomes = await batch.run(
      [
        change<Item>('PUT', `${projects}/${changed.id}`, { pname: 'New' }, changed.etag),
        remove(`${projects}/${gone.id}`, gone.etag),
        project('Other'),
        get(`${projects}/${changed.id}`),
      ],
      { onError: 'continue' },
    );
    expect(outcomes).toMatchObject([
      { status: 'applied', value: { results: { pname: 'New' } } },
      { status: 'applied', value: undefined },
      { status: 'unknown', reason: 'lost' },
      { status: 'applied' },
    ]);
    expect(site.account.twice()).toEqual([]);
  });

  test('leaves unknown what somebody else has changed since', async () => {
    await using simulator = await startJournyx(faultsInTurn('lost', undefined));
    const { site } = simulator;
    const { id, etag } = site.put('projects', { pname: 'Old' });
    const { batch } = journyxOn(simulator.baseUrl);
    const run = batch.run([change('PUT', `${projects}/${id}`, { pname: 'New' }, etag)]);
    const timer = setInterval(() => {
      if (simulator.faults > 0) site.put('projects', { pname: 'Theirs' }, id);
    }, 0);
    const outcomes = await run;
    clearInterval(timer);
    expect(outcomes).toMatchObject([{ status: 'unknown', reason: 'lost' }]);
  });
});

test('a list of results that is too short for no reason leaves changes unknown, and repeats reads', async () => {
  const done = { response_code: 201, body: { results: { id: 'A' } } };
  const { client, clock, sent } = canned(
    [200, { results: [done] }],
    [200, { results: [{ response_code: 200, body: { results: [] } }] }],
  );
  const batch = createRequestBatch(client, journyx, clock);
  const actions = [project('One'), project('Two'), get('/api/v1/users')];
  const outcomes = await batch.run(actions, { onError: 'continue' });
  expect(outcomes).toMatchObject([
    { status: 'applied' },
    { status: 'unknown', reason: 'lost' },
    { status: 'applied' },
  ]);
  expect(sent[1]?.body).toMatchObject({ requests: [{ method: 'GET', url: '/api/v1/users' }] });
  expect(sent).toHaveLength(2);
});

describe('a reference', () => {
  test('stands for a member of what an earlier batch returned', async () => {
    await using simulator = await startJournyx();
    const { batch } = journyxOn(simulator.baseUrl);
    const parent = project('Parent');
    const child = post<Item>(projects, { pname: 'Child', parent: batch.ref(parent) });
    const plan = batch.plan([parent, child]);
    expect(plan.batches.map(({ wave }) => wave)).toEqual([0, 1]);
    const [first, second] = await batch.run(plan).values();
    expect(simulator.site.get('projects', second.results.id)?.members['parent']).toBe(
      first.results.id,
    );
  });

  test('to what failed leaves an action unsent', async () => {
    await using simulator = await startJournyx();
    const { batch } = journyxOn(simulator.baseUrl);
    const bad = change<Item>('PUT', `${projects}/none`, { pname: 'x' });
    const child = post(projects, { pname: 'Child', parent: batch.ref(bad) });
    const outcomes = await batch.run([bad, child], { onError: 'continue' });
    expect(outcomes[1]).toMatchObject({ status: 'skipped', reason: 'dependency', cause: 0 });
  });
});
