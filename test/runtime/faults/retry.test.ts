import { expect, test } from 'vitest';
import type { ApiError } from '../../../generated/meraki/src/index.ts';
import { answer, resetAfterRequest } from '../../simulators/fault-acts.ts';
import { clientAt, failure, KEY, random, serve } from './client.ts';

const networkId = 'N_1';
const fine = answer({ body: { id: 'N_1' } });
const vlan = { networkId, body: { id: '99', name: 'x' } };

test('R27: a server’s failure is waited out and tried again where that does no harm', async () => {
  random(0);
  for (const status of [500, 502, 503, 504]) {
    const server = await serve(answer({ status }), fine);
    const { networks } = clientAt(server.origin);
    await networks.getNetwork({ networkId });
    expect(server.requests).toHaveLength(2);
  }
  const server = await serve(
    answer({ status: 503 }),
    fine,
    answer({ status: 503 }),
    answer({ status: 204, body: '' }),
  );
  const { networks } = clientAt(server.origin);
  await networks.updateNetwork({ networkId, body: { name: 'HQ' } });
  await networks.deleteNetwork({ networkId });
  expect(server.requests.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'DELETE', 'DELETE']);
});

test('R28: a server’s failure is no reason to send a POST again, and leaves its outcome unknown', async () => {
  random(0);
  for (const status of [500, 503]) {
    const server = await serve(answer({ status }));
    const { appliance } = clientAt(server.origin);
    const error = await failure(appliance.createNetworkApplianceVlan(vlan));
    expect(error).toMatchObject({ code: 'http', status, outcome: 'unknown' });
    expect(server.requests).toHaveLength(1);
  }
});

test('R29: an answer that says no is final', async () => {
  for (const status of [400, 401, 403, 404, 409, 422]) {
    const server = await serve(answer({ status, body: { errors: ['no'] } }));
    const { networks } = clientAt(server.origin);
    const error = await failure(networks.updateNetwork({ networkId, body: {} }));
    expect(error).toMatchObject({ code: 'http', status, messages: ['no'] });
    expect(error.outcome).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  }
});

test('R30: what an API means by “busy” is a policy of the caller, within the number of attempts', async () => {
  random(0);
  const busy = answer({
    status: 400,
    body: { errors: ['Too many concurrently executing batches'] },
  });
  const when = (error: ApiError): true | undefined =>
    error.messages.some((text) => text.includes('executing batches')) || undefined;
  const server = await serve(busy, busy, fine);
  const { appliance } = clientAt(server.origin, { retry: { when } });
  await appliance.createNetworkApplianceVlan(vlan);
  expect(server.requests).toHaveLength(3);
  const always = await serve(busy);
  const options = { retry: { when, attempts: 3 } };
  await failure(clientAt(always.origin).appliance.createNetworkApplianceVlan(vlan, options));
  expect(always.requests).toHaveLength(3);
});

test('R31: an outage makes no more than a tenth more requests', async () => {
  random(0);
  const server = await serve(answer({ status: 503 }));
  const { networks } = clientAt(server.origin);
  for (let count = 0; count < 200; count += 1) await failure(networks.getNetwork({ networkId }));
  expect(server.requests.length).toBeGreaterThan(200);
  expect(server.requests.length).toBeLessThanOrEqual(220);
});

test('R32: x-should-retry is obeyed only where a policy reads it', async () => {
  random(0);
  const says = (value: string, status: number): ReturnType<typeof answer> =>
    answer({ status, headers: { 'X-Should-Retry': value } });
  const when = ({ headers }: ApiError): boolean | undefined =>
    ({ true: true, false: false })[headers?.get('X-Should-Retry') ?? ''];
  for (const [policy, requests] of [
    [undefined, [2, 1]],
    [when, [1, 2]],
  ] as const) {
    const no = await serve(says('false', 503), fine);
    await clientAt(no.origin, { retry: { when: policy } })
      .networks.getNetwork({ networkId })
      .catch(() => {});
    const yes = await serve(says('true', 409), fine);
    await clientAt(yes.origin, { retry: { when: policy } })
      .networks.getNetwork({ networkId })
      .catch(() => {});
    expect([no.requests.length, yes.requests.length]).toEqual(requests);
  }
});

test('R33: a body that can be read only once is sent once', async () => {
  random(0);
  const server = await serve(answer({ status: 503 }));
  const once = new ReadableStream({
    start(sink) {
      sink.enqueue(new TextEncoder().encode('x'));
      sink.close();
    },
  });
  const error = await failure(
    clientAt(server.origin).client.request({
      id: 'upload',
      method: 'PUT',
      path: '/file',
      body: () => ['application/octet-stream', once],
    }),
  );
  expect(error).toMatchObject({ name: 'ApiError', code: 'http', status: 503 });
  expect(server.requests).toHaveLength(1);
});

test('R33: a body that can be read only once does not follow a redirect', async () => {
  const server = await serve(answer({ status: 307, headers: { Location: '/elsewhere' } }));
  const once = new Blob(['x']).stream();
  const body = (): [string, ReadableStream] => ['application/octet-stream', once];
  const request = { id: 'upload', method: 'PUT', path: '/file', body };
  const error = await failure(clientAt(server.origin).client.request(request));
  expect(error).toMatchObject({ name: 'ApiError', code: 'refused' });
  expect(error.message).toContain('a stream cannot be sent again');
  expect(server.requests).toHaveLength(1);
});

test('R34: every attempt asks for the token anew and keeps the idempotency key', async () => {
  random(0);
  const server = await serve(
    answer({ status: 503 }),
    resetAfterRequest,
    answer({ status: 401 }),
    fine,
  );
  let count = 0;
  const apiKey = async (): Promise<string> => `${KEY}-${++count}`;
  await clientAt(server.origin, { apiKey }).client.request({
    id: 'createThing',
    method: 'POST',
    path: '/things',
    headers: [['Idempotency-Key', crypto.randomUUID()]],
    body: {},
    idempotent: true,
  });
  const sent = server.requests.map(({ headers }) => headers['authorization']);
  expect(sent).toEqual([1, 2, 3, 4].map((number) => `Bearer ${KEY}-${number}`));
  expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
});

test('R37: attempts are the client’s or the call’s, 1 sends once, and Infinity ends with the time', async () => {
  random(0);
  const server = await serve(answer({ status: 429 }));
  const client = clientAt(server.origin, { retry: { attempts: 2 } });
  const count = async (call: Promise<unknown>): Promise<number> => {
    const before = server.requests.length;
    await failure(call);
    return server.requests.length - before;
  };
  const { networks } = client;
  expect(await count(networks.getNetwork({ networkId }))).toBe(2);
  expect(await count(networks.getNetwork({ networkId }, { retry: { attempts: 1 } }))).toBe(1);
  random(0.1);
  const endless = { timeout: 400, retry: { attempts: Infinity } };
  const start = performance.now();
  const error = await failure(networks.getNetwork({ networkId }, endless));
  expect(error).toMatchObject({ code: 'timeout' });
  expect(performance.now() - start).toBeLessThan(1000);
});
