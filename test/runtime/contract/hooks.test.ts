import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createClient, send } from '../../../templates/runtime/client.ts';
import { type Hooks, transport } from '../../../templates/runtime/transport/transport.ts';
import { fakeClock, fakeFetch, ok, settle, status } from './fake.ts';
import { inTurn, json, rejection, serve } from './server.ts';
import { get, key, clientOf } from './transport-client.ts';

describe('hooks', () => {
  function recording(log: unknown[]): Hooks {
    return {
      before: (event) => void log.push(['before', event]),
      after: (event) => void log.push(['after', event]),
      retry: (event, before) => void log.push(['retry', event, before]),
    };
  }

  test('hear of each attempt, its end, and its repetition', async () => {
    fakeClock();
    const log: unknown[] = [];
    const { fetch } = fakeFetch(status(503), ok());
    const client = createClient({
      baseUrl: 'https://api.example.com',
      fetch: transport({ fetch, hooks: recording(log) }),
    });
    await settle(send(client, undefined, () => ({ ...get, query: [['a', 1]] })));
    const one = {
      id: 'getThing',
      method: 'GET',
      path: '/things',
      attempt: 1,
      call: expect.any(Object),
    };
    const two = { ...one, attempt: 2 };
    expect(log).toEqual([
      ['before', one],
      ['after', { ...one, status: 503, milliseconds: expect.any(Number) }],
      ['retry', two, { ...one, status: 503, milliseconds: expect.any(Number) }],
      ['before', two],
      ['after', { ...two, status: 200, milliseconds: expect.any(Number) }],
    ]);
  });

  test('hear of an attempt that came to nothing', async () => {
    const log: unknown[] = [];
    const server = await serve((response) => response.destroy());
    await rejection(send(clientOf(server, { hooks: recording(log) }), undefined, () => get));
    expect(log).toHaveLength(2);
    expect(log[1]).toEqual([
      'after',
      {
        id: 'getThing',
        method: 'GET',
        path: '/things',
        attempt: 1,
        call: expect.any(Object),
        milliseconds: expect.any(Number),
        error: expect.objectContaining({ code: 'network', reason: 'UND_ERR_SOCKET' }),
      },
    ]);
  });

  test('may add headers, for tracing', async () => {
    const server = await serve((response) => json(response, {}));
    await send(
      clientOf(server, { hooks: { before: async () => ({ traceparent: '00-abc' }) } }),
      undefined,
      () => get,
    );
    expect(server.seen[0]?.headers).toMatchObject({
      traceparent: '00-abc',
      authorization: `Bearer ${key}`,
    });
  });

  test('never see a key', async () => {
    const log: unknown[] = [];
    const server = await serve(
      inTurn([500, {}, { errors: [key] }], [302, { Location: 'https://evil.example/' }]),
    );
    for (let count = 0; count < 2; count++)
      await rejection(send(clientOf(server, { hooks: recording(log) }), undefined, () => get));
    expect(log).toHaveLength(4);
    expect(inspect(log, { depth: 20, showHidden: true })).not.toContain(key);
  });

  test('that throw end the call', async () => {
    const server = await serve((response) => json(response, {}));
    const veto = new Error('not now');
    const before = (): never => {
      throw veto;
    };
    const error = await rejection(
      send(clientOf(server, { hooks: { before } }), undefined, () => get),
    );
    expect(server.seen).toHaveLength(0);
    expect(error.message).toContain('not now');
  });
});
