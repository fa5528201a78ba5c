import { describe, expect, expectTypeOf, test } from 'vitest';
import type { RequestAction } from '../../../../templates/runtime/batch/action/types.ts';
import { PlanError } from '../../../../templates/runtime/batch/plan/units.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { startJournyx } from '../../../simulators/journyx.ts';
import { faultsInTurn } from '../../../simulators/mishaps.ts';
import { axapi, axapiOn, canned, graph, journyx, journyxOn } from './fixtures.ts';

const servers = '/axapi/v3/slb/server';
const ok = { 'http-status': 200, Status: 'OK', msg: 'Success' };

describe('a request that no builder makes', () => {
  test('goes out as the device publishes lists', async () => {
    const list = { 'server-list': [{ name: 's1', host: '1.1.1.1' }] };
    const groups = { 'service-group-list': [{ name: 's2', protocol: 'tcp' }] };
    const { client, clock, sent } = canned([
      200,
      {
        'batch-post-list': [
          { uri: servers, resp: list },
          { uri: '/axapi/v3/slb/service-group', resp: groups },
        ],
      },
    ]);
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([
      batch.request({ method: 'POST', url: servers, body: list }),
      batch.request({ method: 'post', url: '/axapi/v3/slb/service-group', body: groups }),
    ]);
    expect(sent[0]?.body).toEqual({
      'batch-post-list': [
        { uri: servers, method: 'post', payload: list },
        { uri: '/axapi/v3/slb/service-group', method: 'post', payload: groups },
      ],
    });
    expect(outcomes).toMatchObject([
      { status: 'applied', value: list },
      { status: 'applied', value: groups },
    ]);
  });

  test('removes whole collections, as the device publishes it', async () => {
    const uris = ['lsn-lid', 'nat/pool-group', 'nat/pool'].map((end) => `/axapi/v3/cgnv6/${end}`);
    const { client, clock, sent } = canned([
      200,
      { 'batch-post-list': uris.map((uri) => ({ uri, resp: ok })) },
    ]);
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run(uris.map((url) => batch.request({ method: 'DELETE', url })));
    expect(sent[0]?.body).toEqual({
      'batch-post-list': uris.map((uri) => ({ uri, method: 'delete', payload: {} })),
    });
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
  });

  test('keeps its query, in the URL or beside it', async () => {
    const url = '/axapi/v3/interface/ethernet';
    const { client, clock, sent } = canned([
      200,
      { 'batch-get-list': [1, 2].map(() => ({ uri: url, resp: { 'total-count': 8 } })) },
    ]);
    const batch = createRequestBatch(client, axapi, clock);
    await batch.run([
      batch.request({ method: 'GET', url: `${url}?start=2&count=3` }),
      batch.request({ method: 'GET', url, query: [['total', true]] }),
    ]);
    expect(sent[0]?.body).toEqual({
      'batch-get-list': [{ uri: `${url}?start=2&count=3` }, { uri: `${url}?total=true` }],
    });
  });

  test('has the fence of the run: a lost answer is looked for, and applied once', async () => {
    await using simulator = await startAxapi({ faults: faultsInTurn('lost') });
    const { batch } = axapiOn(simulator.baseUrl);
    const body = { server: { name: 's1', host: '10.0.0.1' } };
    const outcomes = await batch.run(
      [batch.request({ method: 'POST', url: servers, body, at: `${servers}/s1` })],
      { configVersion: 1 },
    );
    expect(outcomes).toMatchObject([{ status: 'applied', value: body }]);
    expect(simulator.device.account.twice()).toEqual([]);
  });

  test('sends an ETag that is given as a header', async () => {
    await using simulator = await startJournyx();
    const { site } = simulator;
    const { batch } = journyxOn(simulator.baseUrl);
    const url = '/api/v1/projects';
    const [made] = await batch.run([
      batch.request<{ results: { id: string } }>({ method: 'POST', url, body: { name: 'p' } }),
    ]);
    expect(made.status).toBe('applied');
    const id = made.status === 'applied' ? made.value.results.id : '';
    const etag = made.status === 'applied' ? made.answer?.headers['etag'] : undefined;
    const [changed] = await batch.run([
      batch.request({
        method: 'PUT',
        url: `${url}/${id}`,
        headers: [['If-Match', etag ?? '']],
        body: { name: 'q' },
      }),
    ]);
    expect(changed).toMatchObject({ status: 'applied' });
    expect(site.account.twice()).toEqual([]);
  });

  test('is refused where the dialect refuses it', () => {
    const { client } = canned();
    const batch = createRequestBatch(client, axapi);
    for (const url of ['/axapi/v3/slb/server/schema', '/axapi/v3/batch-post']) {
      expect(() => batch.plan([batch.request({ method: 'POST', url })])).toThrow(PlanError);
    }
    const patch = batch.request({ method: 'PATCH', url: servers });
    expect(() => batch.plan([patch])).toThrow(PlanError);
  });

  test.for([
    'https://other.example/x',
    '//other.example/x',
    '/\\other.example/x',
    'slb/server',
    '/a/../../logoff',
    '/a/%2e%2E/logoff',
    '/a b',
    '/a#b',
    '',
  ])('is refused where its URL is none below the base URL: %s', (url) => {
    const { request } = createRequestBatch(canned().client, graph);
    expect(() => request({ method: 'GET', url })).toThrow(/it is a path below the base URL/);
  });
});

test("etag: 'none' sends no If-Match, and is no fence", async () => {
  const { client, clock, sent } = canned([200, { results: [{ response_code: 200, body: {} }] }]);
  const batch = createRequestBatch(client, journyx, clock);
  const url = '/api/v1/projects/1';
  await batch.run([
    batch.request({ method: 'PUT', url, headers: [['If-Match', 'none']], body: { name: 'q' } }),
  ]);
  expect(sent[0]?.body).toMatchObject({ requests: [{ method: 'PUT', url, body: { name: 'q' } }] });
  expect(JSON.stringify(sent[0]?.body)).not.toContain('If-Match');
});

test('the value of a request has the type that its caller names', () => {
  const { request } = createRequestBatch(canned().client, axapi);
  expectTypeOf(request<{ readonly a: 1 }>({ method: 'GET', url: '/x' })).toEqualTypeOf<
    RequestAction<{ readonly a: 1 }>
  >();
  expectTypeOf(request({ method: 'GET', url: '/x' })).toEqualTypeOf<RequestAction>();
});
