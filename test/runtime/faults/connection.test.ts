import { expect, test } from 'vitest';
import { fullBacklog } from '../../simulators/full-backlog.ts';
import { refusingOrigin } from '../../simulators/faults.ts';
import { answer, finish, resetAfterRequest, resetAtOnce } from '../../simulators/fault-acts.ts';
import { clientAt, failure, random, serve, until } from './client.ts';

const networkId = 'N_1';

test('R01: a refused connection is tried again, and then an error with the platform’s code', async () => {
  random(0);
  const baseUrl = await refusingOrigin();
  let attempts = 0;
  const client = clientAt(baseUrl, { hooks: { before: () => void attempts++ } });
  const error = await failure(client.networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ name: 'ApiError', code: 'network', reason: 'ECONNREFUSED' });
  expect(error.outcome).toBeUndefined();
  expect(attempts).toBe(5);
});

test('R02: a connection that is reset before the answer is tried again for a GET', async () => {
  random(0);
  const server = await serve(resetAtOnce, resetAfterRequest, answer({ body: { id: 'N_1' } }));
  const network = await clientAt(server.origin).networks.getNetwork({ networkId });
  expect(network).toEqual({ id: 'N_1' });
  expect(server.connections).toBe(3);
});

test('R03: a POST is not sent again when the connection breaks after it, and its outcome is unknown', async () => {
  random(0);
  const server = await serve(resetAfterRequest, answer());
  const error = await failure(
    clientAt(server.origin).appliance.createNetworkApplianceVlan({
      networkId,
      body: { id: '99', name: 'x' },
    }),
  );
  expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
  expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
});

test('R04: a kept connection that the server closes is replaced by a new one for a GET', async () => {
  random(0);
  let closed = 0;
  const once = answer({ body: { id: 'N_1' } });
  const server = await serve((connection) => {
    if (connection.served === 0) return once(connection);
    closed += 1;
    return finish(connection);
  });
  const { networks } = clientAt(server.origin);
  for (let count = 0; count < 5; count += 1) {
    expect(await networks.getNetwork({ networkId })).toEqual({ id: 'N_1' });
    // A connection is kept only once the platform has seen the end of what it carried.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(closed).toBeGreaterThan(0);
});

test('R11: a connection that never comes about ends with the time for headers, not the call’s', async () => {
  const backlog = until(await fullBacklog());
  const client = clientAt(backlog.origin, { headersTimeout: 200, retry: { attempts: 1 } });
  const error = await failure(client.networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'timeout' });
  expect(error.message).toContain('no headers in 200 ms');
});
