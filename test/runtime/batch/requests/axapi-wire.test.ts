import { describe, expect, test } from 'vitest';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { axapi, type AxapiTraits, canned, change, get, post, remove } from './fixtures.ts';

// The requests and answers that the vendor publishes, shortened where members do not matter.

describe('batch-get of seven URIs', () => {
  const uris = [
    '/axapi/v3/interface/ethernet/1/schema',
    '/axapi/v3/interface/ethernet?total=true',
    '/axapi/v3/interface/ethernet?start=2&count=3',
    '/axapi/v3/interface/ethernet?start=2&count=3&wrong-filter=xxx',
    '/axapi/v3/interface/ethernet/1/oper',
    '/axapi/v3/slb/server/s1/stats',
    '/axapi/v3/no-such-endpoint',
  ];
  const wrong = {
    'http-status': 400,
    status: 'fail',
    err: { code: 1023524864, msg: 'JSON message is wrong.' },
  };
  const missing = {
    'http-status': 404,
    status: 'fail',
    err: { code: 1023459335, msg: 'Not found' },
  };
  const list = { 'ethernet-list': [{ ifnum: 3 }, { ifnum: 4 }, { ifnum: 5 }] };
  const oper = { ethernet: { oper: { state: 'up' }, ifnum: 1 } };
  const stats = { server: { stats: { 'curr-conn': 0 }, name: 's1' } };
  const answers = [wrong, { 'total-count': 8 }, list, wrong, oper, stats, missing];
  const published = {
    'batch-get-list': uris.map((uri, index) => ({ uri, resp: answers[index] })),
  };

  test('goes out as published', async () => {
    const { client, clock, sent } = canned([200, published]);
    await createRequestBatch<AxapiTraits>(client, { ...axapi, refuses: [] }, clock).run(
      uris.map((uri) => get(uri)),
    );
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/axapi/v3/batch-get',
        body: { 'batch-get-list': uris.map((uri) => ({ uri })) },
      },
    ]);
  });

  test('becomes an outcome for each', async () => {
    const { client, clock } = canned([200, published]);
    const batch = createRequestBatch<AxapiTraits>(client, { ...axapi, refuses: [] }, clock);
    const outcomes = await batch.run(uris.map((uri) => get(uri)));
    const bad = { message: 'JSON message is wrong.', candidates: [], status: 400 };
    expect(outcomes).toMatchObject([
      { status: 'failed', error: bad },
      { status: 'applied', value: { 'total-count': 8 } },
      { status: 'applied', value: list },
      { status: 'failed', error: bad },
      { status: 'applied', value: oper },
      { status: 'applied', value: stats },
      { status: 'failed', error: { message: 'Not found', status: 404 } },
    ]);
  });

  test('is refused before anything is sent, for the sake of its first', () => {
    const { client, clock, sent } = canned();
    const { plan } = createRequestBatch(client, axapi, clock);
    expect(() => plan(uris.map((uri) => get(uri)))).toThrow(
      'action 0 (get) cannot be part of a batch of axapi: the device fails URIs that end in /schema.',
    );
    expect(sent).toEqual([]);
  });
});

const server = post(
  '/axapi/v3/slb/server',
  { server: { name: 's1', host: '10.0.0.1' } },
  '/axapi/v3/slb/server/s1',
);
const ethernet = change('PUT', '/axapi/v3/interface/ethernet/1', {
  ethernet: { ifnum: 1, action: 'enable' },
});
const group = post(
  '/axapi/v3/slb/service-group',
  { 'service-group': { name: 'sg1', protocol: 'tcp', 'member-list': [{ name: 's9', port: 80 }] } },
  '/axapi/v3/slb/service-group/sg1',
);

test('batch-post of a server and an interface goes out as published and gives both elements', async () => {
  const created = {
    server: { name: 's1', host: '10.0.0.1', 'a10-url': '/axapi/v3/slb/server/s1' },
  };
  const replaced = { ethernet: { ifnum: 1, action: 'enable' } };
  const { client, clock, sent } = canned([
    200,
    {
      'batch-post-list': [
        { uri: '/axapi/v3/slb/server', resp: created },
        { uri: '/axapi/v3/interface/ethernet/1', resp: replaced },
      ],
    },
  ]);
  const outcomes = await createRequestBatch(client, axapi, clock).run([server, ethernet]);
  expect(sent).toEqual([
    {
      method: 'POST',
      path: '/axapi/v3/batch-post?config-version=none&ignore-errors=false',
      body: {
        'batch-post-list': [
          {
            uri: '/axapi/v3/slb/server',
            method: 'post',
            payload: { server: { name: 's1', host: '10.0.0.1' } },
          },
          {
            uri: '/axapi/v3/interface/ethernet/1',
            method: 'put',
            payload: { ethernet: { ifnum: 1, action: 'enable' } },
          },
        ],
      },
    },
  ]);
  expect(outcomes).toMatchObject([
    { status: 'applied', value: created },
    { status: 'applied', value: replaced },
  ]);
});

test('a change of the partition inside a batch is refused before anything is sent', () => {
  const { client, clock, sent } = canned();
  const batch = createRequestBatch(client, axapi, clock);
  const url = '/axapi/v3/active-partition/tenant';
  expect(() => batch.plan([change('POST', url, {})])).toThrow(
    'cannot be part of a batch of axapi: a batch stays in the partition of its session',
  );
  expect(() => batch.plan([get('/axapi/v3/active-partition/oper')])).not.toThrow();
  expect(sent).toEqual([]);
});

test('batch-post of three deletes sends empty payloads and reads reports with a capital S', async () => {
  const uris = ['/axapi/v3/slb/server/s1', '/axapi/v3/slb/server/s2', '/axapi/v3/slb/server/s3'];
  const report = { 'http-status': 200, Status: 'OK', msg: 'Object deleted.' };
  const { client, clock, sent } = canned([
    200,
    { 'batch-post-list': uris.map((uri) => ({ uri, resp: report })) },
  ]);
  const outcomes = await createRequestBatch(client, axapi, clock).run(
    uris.map((uri) => remove(uri)),
  );
  expect(sent[0]?.body).toEqual({
    'batch-post-list': uris.map((uri) => ({ uri, method: 'delete', payload: {} })),
  });
  expect(outcomes).toMatchObject(
    uris.map(() => ({ status: 'applied', value: { response: report } })),
  );
});

describe('batch-post with a service group that fails', () => {
  const err = { code: 1023460352, msg: 'Object specified does not exist (object: server)' };
  const failure = { 'http-status': 404, status: 'fail', err };

  test('is undone as a whole, and the only answer names no action', async () => {
    const { client, clock, sent } = canned([200, { response: failure }]);
    const outcomes = await createRequestBatch(client, axapi, clock).run([ethernet, group]);
    expect(sent[0]?.path).toBe('/axapi/v3/batch-post?config-version=none&ignore-errors=false');
    const error = { message: err.msg, candidates: [], status: 404 };
    expect(outcomes).toEqual([
      { status: 'rolledBack', cause: undefined, error },
      { status: 'rolledBack', cause: undefined, error },
    ]);
  });

  test('tells the action that failed where the message fits one only', async () => {
    const { client, clock } = canned([200, { response: failure }]);
    const outcomes = await createRequestBatch(client, axapi, clock).run([ethernet, server]);
    expect(outcomes).toMatchObject([
      { status: 'rolledBack', cause: 1, error: { candidates: [1] } },
      { status: 'failed', error: { message: err.msg, status: 404 } },
    ]);
  });

  test('stands among the results where errors are ignored', async () => {
    const { client, clock, sent } = canned([
      200,
      {
        'batch-post-list': [
          { uri: '/axapi/v3/interface/ethernet/1', resp: { ethernet: { ifnum: 1 } } },
          { uri: '/axapi/v3/slb/service-group', resp: failure },
        ],
      },
    ]);
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([ethernet, group], { onError: 'continue' });
    expect(sent[0]?.path).toBe('/axapi/v3/batch-post?config-version=none&ignore-errors=true');
    expect(outcomes).toMatchObject([
      { status: 'applied', value: { ethernet: { ifnum: 1 } } },
      { status: 'failed', error: { message: err.msg, status: 404 } },
    ]);
  });

  test('is suspected where it is answered with 204, and looked at', async () => {
    const nothing = { 'http-status': 204, status: 'OK', msg: 'No content.' };
    const { client, clock, sent } = canned(
      [
        200,
        {
          'batch-post-list': [
            { uri: '/axapi/v3/interface/ethernet/1', resp: { ethernet: { ifnum: 1 } } },
            { uri: '/axapi/v3/slb/service-group', resp: nothing },
          ],
        },
      ],
      [
        200,
        {
          'batch-get-list': [
            {
              uri: '/axapi/v3/slb/service-group/sg1',
              resp: { 'http-status': 404, status: 'fail', err: { code: 1, msg: 'Not found' } },
            },
          ],
        },
      ],
    );
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([ethernet, group], { onError: 'continue' });
    expect(sent[1]).toMatchObject({
      path: '/axapi/v3/batch-get',
      body: { 'batch-get-list': [{ uri: '/axapi/v3/slb/service-group/sg1' }] },
    });
    expect(outcomes).toMatchObject([
      { status: 'applied' },
      { status: 'unknown', reason: 'suspect' },
    ]);
  });
});

test('a version that is not the present one is told apart, with what the server said', async () => {
  const message = 'Config version does not match current version.';
  const { client, clock, sent } = canned([
    400,
    { response: { 'http-status': 400, status: 'fail', err: { code: 1023508480, msg: message } } },
  ]);
  const batch = createRequestBatch(client, axapi, clock);
  const outcomes = await batch.run([server, ethernet], { configVersion: 7 });
  expect(sent[0]?.path).toBe('/axapi/v3/batch-post?config-version=7&ignore-errors=false');
  expect(sent).toHaveLength(1);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'skipped',
      reason: 'stale',
      error: { status: 400, version: '7' },
    });
    expect(JSON.stringify(outcome)).toContain(message);
  }
});
