import { describe, expect, test } from 'vitest';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { faultsInTurn } from '../../../simulators/mishaps.ts';
import { startGraph } from '../../../simulators/graph.ts';
import { randomOf } from '../../../simulators/random.ts';
import { canned, change, get, graph, graphOn, post, remove } from './fixtures.ts';

interface User {
  readonly id: string;
  readonly displayName?: string;
}

function user(name: string): ReturnType<typeof post<User>> {
  return post<User>('/users', { displayName: name });
}

test('what goes over the wire has ids, and a media type where there is a body', async () => {
  const { client, clock, sent } = canned([
    200,
    {
      responses: [
        { id: '2', status: 201, body: { id: 'u' } },
        { id: '1', status: 200, headers: { ETag: 'x' }, body: { value: [] } },
      ],
    },
  ]);
  const outcomes = await createRequestBatch(client, graph, clock).run([
    get('/groups?$top=5'),
    user('Ann'),
  ]);
  expect(sent).toEqual([
    {
      method: 'POST',
      path: '/$batch',
      body: {
        requests: [
          { id: '1', method: 'GET', url: '/groups?%24top=5' },
          {
            id: '2',
            method: 'POST',
            url: '/users',
            headers: { 'Content-Type': 'application/json' },
            body: { displayName: 'Ann' },
          },
        ],
      },
    },
  ]);
  expect(outcomes).toMatchObject([
    { status: 'applied', value: { value: [] }, answer: { headers: { etag: 'x' } } },
    { status: 'applied', value: { id: 'u' }, answer: { status: 201 } },
  ]);
});

test('answers in any order find their actions, in batches of twenty', async () => {
  await using simulator = await startGraph({ random: randomOf(7) });
  const { batch } = graphOn(simulator.baseUrl);
  const names = Array.from({ length: 50 }, (_, index) => `N${index}`);
  const users = await batch.run(names.map(user)).values();
  expect(users.map(({ displayName }) => displayName)).toEqual(names);
  expect(simulator.tenant.batches.map((ids) => ids.length).toSorted()).toEqual([10, 20, 20]);
});

test('a request that is throttled is repeated alone, after the time that it asks for', async () => {
  const throttled = { status: 429, headers: { 'Retry-After': '7' }, body: { error: {} } };
  const { client, clock, sent } = canned(
    [
      200,
      {
        responses: [
          { id: '1', status: 201, body: { id: 'a' } },
          { id: '2', ...throttled },
          { id: '3', status: 201, body: { id: 'c' } },
        ],
      },
    ],
    [200, { responses: [{ id: '1', status: 201, body: { id: 'b' } }] }],
  );
  const batch = createRequestBatch(client, graph, clock);
  const values = await batch.run([user('A'), user('B'), user('C')]).values();
  expect(values.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(sent[1]?.body).toMatchObject({ requests: [{ id: '1', body: { displayName: 'B' } }] });
  expect(clock.now()).toBeGreaterThanOrEqual(7_000);
});

describe('actions whose order matters', () => {
  test('are put in sequence', async () => {
    await using simulator = await startGraph();
    const { tenant } = simulator;
    tenant.put('/users/u1', { id: 'u1' });
    const { batch } = graphOn(simulator.baseUrl);
    await batch.run([
      change('PATCH', '/users/u1', { jobTitle: 'first' }),
      change('PATCH', '/users/u1', { jobTitle: 'second' }),
      get('/users/u1'),
    ]);
    expect(simulator.requests[0]?.body).toMatchObject({
      requests: [{ id: '1' }, { id: '2', dependsOn: ['1'] }, { id: '3', dependsOn: ['2'] }],
    });
    expect(tenant.get('/users/u1')).toEqual({ id: 'u1', jobTitle: 'second' });
  });

  test('are skipped after a failure if they touch the same, and sent again if they do not', async () => {
    await using simulator = await startGraph();
    simulator.tenant.put('/users/u1', { id: 'u1' });
    const { batch } = graphOn(simulator.baseUrl);
    const outcomes = await batch.run(
      [
        change('PATCH', '/users/none', { jobTitle: 'a' }),
        remove('/users/none'),
        change('PATCH', '/users/u1', { jobTitle: 'b' }),
      ],
      { onError: 'continue' },
    );
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { status: 404 } },
      { status: 'skipped', reason: 'dependency', cause: 0 },
      { status: 'applied' },
    ]);
    expect(simulator.tenant.account.count('b')).toBe(1);
  });

  test('wait for one that is throttled', async () => {
    await using simulator = await startGraph({ random: randomOf(3), throttled: 0.4 });
    const { tenant } = simulator;
    tenant.put('/users/u1', { id: 'u1' });
    const { batch } = graphOn(simulator.baseUrl);
    const steps = Array.from({ length: 20 }, (_, index) =>
      change('PATCH', '/users/u1', { jobTitle: `t${index}` }),
    );
    const outcomes = await batch.run(steps);
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(tenant.throttled).toBeGreaterThan(0);
    expect(tenant.get('/users/u1')).toMatchObject({ jobTitle: 't19' });
    expect(tenant.account.twice()).toEqual([]);
  });
});

describe('reads never wait for reads', () => {
  /** What each request of the first batch depends on. */
  function dependencies(body: unknown): readonly (readonly string[] | undefined)[] {
    const { requests } = body as {
      readonly requests: readonly { readonly dependsOn?: readonly string[] }[];
    };
    return requests.map(({ dependsOn }) => dependsOn);
  }

  async function sentFor(
    actions: readonly ReturnType<typeof get>[],
  ): Promise<readonly (readonly string[] | undefined)[]> {
    await using simulator = await startGraph();
    simulator.tenant.put('/users/a', { id: 'a' });
    await graphOn(simulator.baseUrl).batch.run(actions, { onError: 'continue' });
    expect(simulator.requests).toHaveLength(1);
    return dependencies(simulator.requests[0]?.body);
  }

  const rename = change('PATCH', '/users/a', { jobTitle: 'x' });

  test('a list and what is below it', async () => {
    expect(await sentFor([get('/users'), get('/users/a'), get('/users/b')])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('what is below a list, and the list', async () => {
    expect(await sentFor([get('/users/a'), get('/users/b'), get('/users')])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('the same path with other queries', async () => {
    expect(await sentFor([get('/users?$top=1'), get('/users?$top=2')])).toEqual([
      undefined,
      undefined,
    ]);
  });

  // Graph promises nothing for a batch that is partly in sequence, so the reads in it follow, too.
  test('but a read after a change, and a change after a read, put the batch in sequence', async () => {
    const sequence = [undefined, ['1'], ['2']];
    expect(await sentFor([rename, get('/users/a'), get('/users')])).toEqual(sequence);
    expect(await sentFor([get('/users'), get('/users/a'), rename])).toEqual(sequence);
  });

  test('and one that is refused in such a sequence takes no other along', async () => {
    await using simulator = await startGraph();
    const { tenant } = simulator;
    tenant.put('/users/a', { id: 'a' });
    tenant.put('/users/b/manager', { id: 'm' });
    const { batch } = graphOn(simulator.baseUrl);
    const reads = [get('/users/b'), get('/users/b/manager')];
    const outcomes = await batch.run([rename, get('/users/a'), ...reads], { onError: 'continue' });
    expect(outcomes).toMatchObject([
      { status: 'applied' },
      { status: 'applied', value: { jobTitle: 'x' } },
      { status: 'failed', error: { status: 404 } },
      { status: 'applied', value: { id: 'm' } },
    ]);
  });

  test('a read that is refused takes no other along', async () => {
    await using simulator = await startGraph();
    simulator.tenant.put('/users/a/manager', { id: 'm' });
    const { batch } = graphOn(simulator.baseUrl);
    const outcomes = await batch.run([get('/users/a'), get('/users/a/manager')], {
      onError: 'continue',
    });
    expect(outcomes).toMatchObject([{ status: 'failed' }, { status: 'applied' }]);
  });
});

test('changes of a batch whose answer was lost are unknown, reads are repeated', async () => {
  await using simulator = await startGraph({ faults: faultsInTurn('lost') });
  simulator.tenant.put('/users/u1', { id: 'u1' });
  const { batch } = graphOn(simulator.baseUrl);
  const outcomes = await batch.run([user('Ann'), get('/groups')], { onError: 'continue' });
  expect(outcomes).toMatchObject([{ status: 'unknown', reason: 'lost' }, { status: 'applied' }]);
  expect(simulator.requests).toHaveLength(2);
});

test('a batch that the server refuses as a whole is halved until the culprit is found', async () => {
  const invalid = { error: { code: 'BadRequest', message: 'Invalid batch payload' } };
  const { client, clock, sent } = canned(
    [400, invalid],
    [400, invalid],
    [200, { responses: [{ id: '1', status: 201, body: { id: 'b' } }] }],
  );
  const batch = createRequestBatch(client, graph, clock);
  const outcomes = await batch.run([user('A'), user('B')], { onError: 'continue' });
  expect(outcomes).toMatchObject([
    { status: 'failed', error: { message: 'Invalid batch payload', status: 400 } },
    { status: 'applied' },
  ]);
  expect(sent).toHaveLength(3);
});

test('groups are refused: the server promises nothing about them', () => {
  const { client, clock } = canned();
  const { plan } = createRequestBatch(client, graph, clock);
  expect(() => plan([user('A')])).not.toThrow();
});
