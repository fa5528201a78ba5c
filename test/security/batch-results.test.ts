import { describe, expect, test } from 'vitest';
import { attribute } from '../../templates/runtime/batch/outcome/attribute-error.ts';
import { createRequestBatch } from '../../templates/runtime/batch/request/request-batch.ts';
import {
  axapi,
  canned,
  change,
  get,
  graph,
  journyx,
  post,
} from '../runtime/batch/requests/fixtures.ts';

const rename = change('PATCH', '/users/1', { name: 'x' });

describe('a result that says nothing is not a success', () => {
  const nothing = [
    undefined,
    null,
    '',
    0,
    -1,
    102,
    302,
    'OK',
    200.5,
    [200],
    { status: 200 },
  ] as const;

  test.for(nothing)('status %j', async (status) => {
    const { client, clock } = canned([200, { responses: [{ id: '1', status, body: {} }] }]);
    const outcomes = await createRequestBatch(client, graph, clock).run([rename]);
    expect(outcomes).toMatchObject([{ status: 'unknown' }]);
  });

  test('an error body without a status', async () => {
    const { client, clock } = canned([200, { responses: [{ id: '1', body: { error: 'no' } }] }]);
    const outcomes = await createRequestBatch(client, graph, clock).run([rename]);
    expect(outcomes).toMatchObject([{ status: 'unknown' }]);
  });

  test('two results of one action', async () => {
    const results = [
      { id: '1', status: 500, body: {} },
      { id: '1', status: 200, body: {} },
    ];
    const { client, clock } = canned([200, { responses: results }]);
    const outcomes = await createRequestBatch(client, graph, clock).run([rename]);
    expect(outcomes).toMatchObject([{ status: 'unknown' }]);
  });

  test('a read is asked for again', async () => {
    const { client, clock, sent } = canned(
      [200, { responses: [{ id: '1', status: 102 }] }],
      [200, { responses: [{ id: '1', status: 200, body: { name: 'x' } }] }],
    );
    const outcomes = await createRequestBatch(client, graph, clock).run([get('/users/1')]);
    expect(outcomes).toMatchObject([{ status: 'applied', value: { name: 'x' } }]);
    expect(sent).toHaveLength(2);
  });
});

describe('a failure of aXAPI is one', () => {
  const err = { code: 1, msg: 'no such thing' };

  test.for([
    ['without a status', { status: 'fail', err }],
    ['in the wrapped form', { response: { status: 'fail', err } }],
    [
      'in the wrapped form with a status',
      { 'http-status': 404, response: { status: 'fail', err } },
    ],
  ] as const)('%s', async ([, resp]) => {
    const { client, clock } = canned([200, { 'batch-post-list': [{ uri: '/x', resp }] }]);
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([post('/axapi/v3/x', {})], { onError: 'continue' });
    expect(outcomes).toMatchObject([{ status: 'failed' }]);
  });

  test('of a whole batch, with status 500', async () => {
    const response = { 'http-status': 500, status: 'fail', err };
    const { client, clock } = canned([500, { response }]);
    const outcomes = await createRequestBatch(client, axapi, clock).run([post('/axapi/v3/x', {})]);
    expect(outcomes).toMatchObject([{ status: 'failed', error: { message: 'no such thing' } }]);
  });
});

describe('a Retry-After inside a result', () => {
  test.for(['2145600', '1\r\nX: y', '一', 'never', ''])(
    '%j neither holds up nor breaks a run',
    async (wait) => {
      const limited = { response_code: 429, headers: { 'Retry-After': wait }, body: {} };
      const answers = Array.from({ length: 20 }, () => [200, { results: [limited] }] as const);
      const { client, clock } = canned(...answers);
      const outcomes = await createRequestBatch(client, journyx, clock).run([get('/x')], {
        timeout: 2_000,
      });
      expect(outcomes).toMatchObject([{ status: 'skipped' }]);
      expect(clock.now()).toBeLessThanOrEqual(2_100);
    },
  );
});

test('a text that no quote ends is read once', () => {
  const failure = /^Error (?<operation>\S+) (?<resource>\S+) with /;
  for (const quotes of ['\\"', '"\\', '["'])
    expect(attribute(`Error a /b with "${quotes.repeat(500_000)}`, failure, [])).toMatchObject({
      candidates: [],
    });
});
