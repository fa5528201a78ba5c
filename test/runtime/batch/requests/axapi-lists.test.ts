import { describe, expect, expectTypeOf, test } from 'vitest';
import { createAxapi } from '../../../../generated/axapi/src/index.ts';
import type { SlbServer } from '../../../../generated/axapi/src/types.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { axapi, canned } from './fixtures.ts';

type Batch = ReturnType<typeof createAxapi>['batch'];

const { batch } = createAxapi({ baseUrl: 'http://127.0.0.1', signature: 'secret' });

function batchOn(baseUrl: string): Batch {
  return createAxapi({ baseUrl, signature: 'secret' }).batch;
}

const server = (name: string): { name: string; host: string; 'user-tag': string } => ({
  name,
  host: '10.0.0.1',
  'user-tag': name,
});

describe('a builder of one element takes a list of them', () => {
  test.for([
    { what: 'of one', names: ['s1'] },
    { what: 'of several', names: ['s1', 's2', 's3'] },
  ])('$what', async ({ names }) => {
    await using simulator = await startAxapi();
    const { slb, run } = batchOn(simulator.baseUrl);
    const body = { 'server-list': names.map(server) };
    const outcomes = await run([slb.createSlbServer({ body })], { configVersion: 1 });
    expect(outcomes).toMatchObject([{ status: 'applied', value: body }]);
    expect(names.map((name) => simulator.device.element(`/slb/server/${name}`))).toEqual(
      names.map(server),
    );
  });

  test('of service groups, in order after the servers that they name', async () => {
    await using simulator = await startAxapi();
    const { slb, run } = batchOn(simulator.baseUrl);
    const group = {
      name: 'g1',
      protocol: 'tcp' as const,
      'member-list': [{ name: 's1', port: 80 }],
    };
    const outcomes = await run([
      slb.createSlbServer({ body: { 'server-list': [server('s1')] } }),
      slb.createSlbServiceGroup({ body: { 'service-group-list': [group] } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(simulator.device.element('/slb/service-group/g1')).toEqual(group);
  });

  test('and keeps its order with all that is below its URL', async () => {
    await using simulator = await startAxapi();
    const { slb, run } = batchOn(simulator.baseUrl);
    const outcomes = await run([
      slb.createSlbServer({ body: { 'server-list': [server('s1'), server('s2')] } }),
      slb.deleteSlbServer({ name: 's2' }),
      slb.getSlbServer({ name: 's1' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
    expect(simulator.device.element('/slb/server/s2')).toBeUndefined();
  });

  test('and has that list as its value', async () => {
    await using simulator = await startAxapi();
    const { slb, run } = batchOn(simulator.baseUrl);
    const [one, several] = await run([
      slb.createSlbServer({ body: { server: server('s1') } }),
      slb.createSlbServer({ body: { 'server-list': [server('s2')] } }),
    ]);
    if (one.status !== 'applied' || several.status !== 'applied') expect.fail();
    expectTypeOf(one.value).toEqualTypeOf<{ server: SlbServer }>();
    expectTypeOf(several.value).toEqualTypeOf<{ 'server-list': SlbServer[] }>();
    expect([one.value.server.name, several.value['server-list'][0]?.name]).toEqual(['s1', 's2']);
  });

  test('and nothing else compiles', () => {
    const { slb, cgnv6 } = batch;
    // @ts-expect-error -- another name
    slb.createSlbServer({ body: { servers: [server('s1')] } });
    // @ts-expect-error -- the list of another collection
    slb.createSlbServer({ body: { 'pool-list': [server('s1')] } });
    // @ts-expect-error -- one in place of a list
    slb.createSlbServer({ body: { 'server-list': server('s1') } });
    // @ts-expect-error -- a list in place of one
    slb.createSlbServer({ body: { server: [server('s1')] } });
    // @ts-expect-error -- an element without a name
    slb.createSlbServer({ body: { 'server-list': [{ host: '10.0.0.1' }] } });
    // @ts-expect-error -- a member that no element has
    slb.createSlbServer({ body: { 'server-list': [{ ...server('s1'), hots: '10.0.0.1' }] } });
    // @ts-expect-error -- what changes one element takes one
    slb.modifySlbServer({ name: 's1', body: { 'server-list': [server('s1')] } });
    // @ts-expect-error -- a place of a list that is another's
    cgnv6.createCgnv6LsnLid({ body: { 'lsn-lid-list': [{ 'lid-number': 'one' }] } });
    expect(slb.createSlbServer).toBeTypeOf('function');
  });
});

describe('a list whose answer says nothing', () => {
  const url = '/axapi/v3/slb/server';
  const nothing = { 'http-status': 204, status: 'OK', msg: 'No content.' };
  const shown = (name: string, more: object = {}): object => ({
    ...server(name),
    weight: 1,
    ...more,
  });

  test.for([
    { what: 'all of it', list: [shown('s1'), shown('s2')], status: 'applied' },
    {
      what: 'all of it among others, in another order',
      list: [shown('s0'), shown('s2'), shown('s3'), shown('s1')],
      status: 'applied',
    },
    { what: 'a part of it', list: [shown('s1')], status: 'unknown' },
    {
      what: 'one with another value',
      list: [shown('s1'), shown('s2', { host: '10.9.9.9' })],
      status: 'unknown',
    },
    { what: 'others', list: [shown('s3'), shown('s4')], status: 'unknown' },
  ])('is $status where the collection shows $what', async ({ list, status }) => {
    const { client, clock } = canned(
      [200, { 'batch-post-list': [{ uri: url, resp: nothing }] }],
      [200, { 'batch-get-list': [{ uri: url, resp: { 'server-list': list } }] }],
    );
    const { request, run } = createRequestBatch(client, axapi, clock);
    const body = { 'server-list': [server('s1'), server('s2')] };
    const outcomes = await run([request({ method: 'POST', url, body })]);
    expect(outcomes).toMatchObject([
      status === 'applied'
        ? { status, value: { 'server-list': [shown('s1'), shown('s2')] } }
        : { status },
    ]);
  });

  test('is looked for under the name that the dialect gives to lists', async () => {
    const { client, clock } = canned(
      [200, { 'batch-post-list': [{ uri: url, resp: nothing }] }],
      [200, { 'batch-get-list': [{ uri: url, resp: { servers: [shown('s2'), shown('s1')] } }] }],
    );
    const dialect: typeof axapi = { ...axapi, lists: 's' };
    const { request, run } = createRequestBatch(client, dialect, clock);
    const body = { servers: [server('s1')] };
    expect(await run([request({ method: 'POST', url, body })])).toMatchObject([
      { status: 'applied', value: { servers: [shown('s1')] } },
    ]);
  });
});

describe('the deletion of a collection', () => {
  const url = '/axapi/v3/slb/server';

  test('is applied to all that is in it', async () => {
    await using simulator = await startAxapi();
    const { slb, run, request } = batchOn(simulator.baseUrl);
    const outcomes = await run([
      slb.createSlbServer({ body: { 'server-list': [server('s1'), server('s2')] } }),
      request({ method: 'DELETE', url }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(simulator.device.element('/slb/server/s1')).toBeUndefined();
  });

  test('has a builder where the document has it, and keeps its order', async () => {
    await using simulator = await startAxapi();
    const { cgnv6, run } = batchOn(simulator.baseUrl);
    const pool = (name: string): { 'pool-name': string; 'start-address': string } => ({
      'pool-name': name,
      'start-address': '192.0.2.1',
    });
    const lids = [{ 'lid-number': 1 }, { 'lid-number': 2 }];
    const outcomes = await run([
      cgnv6.createCgnv6NatPool({ body: { 'pool-list': [pool('p1'), pool('p2')] } }),
      cgnv6.createCgnv6LsnLid({ body: { 'lsn-lid-list': lids } }),
      cgnv6.deleteCgnv6LsnLidList(),
      cgnv6.deleteCgnv6NatPoolGroupList(),
      cgnv6.deleteCgnv6NatPoolList(),
      cgnv6.createCgnv6NatPool({ body: { pool: pool('p3') } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'applied'));
    const elements = ['/cgnv6/nat/pool/p1', '/cgnv6/lsn-lid/1', '/cgnv6/nat/pool/p3'];
    expect(elements.map((uri) => simulator.device.element(uri))).toEqual([
      undefined,
      undefined,
      pool('p3'),
    ]);
  });

  test.for([
    { what: 'an empty list', shown: { 'server-list': [] }, status: 'applied' },
    { what: 'nothing', shown: {}, status: 'applied' },
    { what: 'an element', shown: { 'server-list': [server('s1')] }, status: 'unknown' },
    { what: 'an empty element', shown: { server: {} }, status: 'unknown' },
  ])('that is answered with 204 is $status where a read shows $what', async (one) => {
    const nothing = { 'http-status': 204, status: 'OK', msg: 'No content.' };
    const { client, clock } = canned(
      [200, { 'batch-post-list': [{ uri: url, resp: nothing }] }],
      [200, { 'batch-get-list': [{ uri: url, resp: one.shown }] }],
    );
    const { request, run } = createRequestBatch(client, axapi, clock);
    const outcomes = await run([request({ method: 'DELETE', url })]);
    expect(outcomes).toMatchObject([{ status: one.status }]);
  });
});
