import { describe, expect, test } from 'vitest';
import { createAxapi } from '../../../../generated/axapi/src/index.ts';
import type { RequestAction } from '../../../../generated/axapi/src/runtime/batch/action/types.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { axapi, canned } from './fixtures.ts';

type Builder = (input: { readonly body: unknown }) => RequestAction<unknown>;

interface Lists {
  readonly batch: ReturnType<typeof createAxapi>['batch'];
  readonly createServers: Builder;
  readonly createGroups: Builder;
}

function listsOn(baseUrl: string): Lists {
  const { batch } = createAxapi({ baseUrl, signature: 'secret' });
  return {
    batch,
    // The document names one element only, so a list is none of its types.
    createServers: batch.slb.createSlbServer as unknown as Builder,
    createGroups: batch.slb.createSlbServiceGroup as unknown as Builder,
  };
}

const server = (name: string): object => ({ name, host: '10.0.0.1', 'user-tag': name });

describe('a builder of one element takes a list of them', () => {
  test.for([
    { what: 'of one', names: ['s1'] },
    { what: 'of several', names: ['s1', 's2', 's3'] },
  ])('$what', async ({ names }) => {
    await using simulator = await startAxapi();
    const { batch, createServers } = listsOn(simulator.baseUrl);
    const body = { 'server-list': names.map(server) };
    const outcomes = await batch.run([createServers({ body })], { configVersion: 1 });
    expect(outcomes).toMatchObject([{ status: 'applied', value: body }]);
    expect(names.map((name) => simulator.device.element(`/slb/server/${name}`))).toEqual(
      names.map(server),
    );
  });

  test('of service groups, in order after the servers that they name', async () => {
    await using simulator = await startAxapi();
    const { batch, createServers, createGroups } = listsOn(simulator.baseUrl);
    const group = { name: 'g1', protocol: 'tcp', 'member-list': [{ name: 's1', port: 80 }] };
    const outcomes = await batch.run([
      createServers({ body: { 'server-list': [server('s1')] } }),
      createGroups({ body: { 'service-group-list': [group] } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(simulator.device.element('/slb/service-group/g1')).toEqual(group);
  });

  test('and keeps its order with all that is below its URL', async () => {
    await using simulator = await startAxapi();
    const { batch, createServers } = listsOn(simulator.baseUrl);
    const outcomes = await batch.run([
      createServers({ body: { 'server-list': [server('s1'), server('s2')] } }),
      batch.slb.deleteSlbServer({ name: 's2' }),
      batch.slb.getSlbServer({ name: 's1' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
    expect(simulator.device.element('/slb/server/s2')).toBeUndefined();
  });
});

describe('the deletion of a collection', () => {
  const url = '/axapi/v3/slb/server';

  test('is applied to all that is in it', async () => {
    await using simulator = await startAxapi();
    const { batch, createServers } = listsOn(simulator.baseUrl);
    const outcomes = await batch.run([
      createServers({ body: { 'server-list': [server('s1'), server('s2')] } }),
      batch.request({ method: 'DELETE', url }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(simulator.device.element('/slb/server/s1')).toBeUndefined();
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
    const batch = createRequestBatch(client, axapi, clock);
    const outcomes = await batch.run([batch.request({ method: 'DELETE', url })]);
    expect(outcomes).toMatchObject([{ status: one.status }]);
  });
});
