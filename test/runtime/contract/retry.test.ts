import { describe, expect, test } from 'vitest';
import {
  type CallOptions,
  createClient,
  type Request,
  send,
} from '../../../templates/runtime/client.ts';
import { messages } from '../../../templates/runtime/answers/messages.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { broken, fakeClock, fakeFetch, type FakeFetch, ok, settle, status } from './fake.ts';
import { rejection } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const post: Request = { ...get, id: 'createThing', method: 'POST', body: {} };

function callWithTransport({ fetch }: FakeFetch, request: Request): Promise<unknown> {
  const client = createClient({ baseUrl: 'https://api.example.com', fetch: transport({ fetch }) });
  return send(client, undefined, () => request);
}

function call({ fetch }: FakeFetch, request: Request, options: CallOptions = {}): Promise<unknown> {
  const transmit = Object.assign(fetch, { messagesOf: messages });
  const client = createClient({ baseUrl: 'https://api.example.com', fetch: transmit });
  return send(client, options, () => request);
}

describe('status 429', () => {
  test.each([get, post])('is repeated after the seconds it asks for ($method)', async (request) => {
    fakeClock();
    const server = fakeFetch(status(429, { 'Retry-After': '2' }), ok({ done: true }));
    expect(await settle(call(server, request))).toEqual({ done: true });
    expect(server.times).toHaveLength(2);
    expect(server.times[1]).toBeGreaterThanOrEqual(2000);
    expect(server.times[1]).toBeLessThan(2300);
  });

  test('is repeated at the date it names, by the server’s clock', async () => {
    fakeClock();
    const headers = {
      Date: 'Sun, 06 Nov 1994 08:49:30 GMT',
      'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT',
    };
    const server = fakeFetch(status(429, headers), ok());
    await settle(call(server, get));
    expect(server.times[1]).toBeGreaterThanOrEqual(7000);
    expect(server.times[1]).toBeLessThan(7800);
  });

  test('is repeated at once where it says 0', async () => {
    fakeClock();
    const server = fakeFetch(status(429, { 'Retry-After': '0' }), ok());
    await settle(call(server, get));
    expect(server.times).toEqual([0, 0]);
  });

  test.each(['', '-1', 'NaN', '1e9', '0x10', '1, 2'])(
    'falls back on the random wait where Retry-After is %j',
    async (value) => {
      fakeClock(0.5);
      const server = fakeFetch(status(429, { 'Retry-After': value }), ok());
      await settle(call(server, get));
      expect(server.times).toEqual([0, 250]);
    },
  );

  test('fails at once where it asks for longer than the limit, and says for how long', async () => {
    fakeClock();
    const server = fakeFetch(status(429, { 'Retry-After': '86400' }, { errors: ['slow down'] }));
    const error = await rejection(settle(call(server, get)));
    expect(error).toMatchObject({
      code: 'rate-limit',
      status: 429,
      retryAfter: 86_400_000,
      messages: ['slow down'],
    });
    expect(server.times).toHaveLength(1);
  });

  test('takes the page of a proxy for what it is', async () => {
    fakeClock();
    const server = fakeFetch(status(429, {}, '<html>429</html>'));
    const error = await rejection(settle(call(server, get)));
    expect(error).toMatchObject({ code: 'rate-limit', status: 429, body: '<html>429</html>' });
    expect(server.times).toHaveLength(5);
  });

  test('gives up after the last attempt with the last answer', async () => {
    fakeClock();
    const server = fakeFetch(
      status(429, {}, { errors: ['one'] }),
      status(429, {}, { errors: ['two'] }),
    );
    const error = await rejection(settle(call(server, get, { retry: { attempts: 2 } })));
    expect(error.messages).toEqual(['two']);
  });
});

describe('a server’s failure', () => {
  test.each([500, 502, 503, 504])('%i is repeated where that does no harm', async (code) => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      fakeClock();
      const server = fakeFetch(status(code), ok());
      await settle(call(server, { ...get, method }));
      expect(server.times).toHaveLength(2);
    }
  });

  test.each(['POST', 'PATCH'])(
    'is not repeated for %s, and the outcome is called unknown',
    async (method) => {
      fakeClock();
      const server = fakeFetch(status(503));
      const error = await rejection(settle(call(server, { ...post, method })));
      expect(server.times).toHaveLength(1);
      expect(error).toMatchObject({ code: 'http', status: 503, outcome: 'unknown' });
    },
  );

  test('is repeated for a POST that carries an idempotency key, the same one each time', async () => {
    fakeClock();
    const server = fakeFetch(status(503), broken(), ok());
    const headers = [['Idempotency-Key', crypto.randomUUID()]] as const;
    await settle(call(server, { ...post, idempotent: true, headers }));
    const keys = server.sent.map(({ headers: sent }) => sent.get('Idempotency-Key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  test('is waited out longer each time, at random below a bound that doubles up to its limit', async () => {
    fakeClock(1);
    const server = fakeFetch(status(500));
    await rejection(settle(call(server, get, { retry: { attempts: 9 } }), 300_000));
    const waits = server.times.slice(1).map((time, index) => time - (server.times[index] ?? 0));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  });

  test('obeys Retry-After too', async () => {
    fakeClock();
    const server = fakeFetch(status(503, { 'Retry-After': '3' }), ok());
    await settle(call(server, get));
    expect(server.times[1]).toBeGreaterThanOrEqual(3000);
  });
});

describe('a failure of the network', () => {
  test('is repeated for a GET', async () => {
    fakeClock();
    const server = fakeFetch(broken(), broken('UND_ERR_SOCKET', 'other side closed'), ok([1]));
    expect(await settle(call(server, get))).toEqual([1]);
  });

  test('is not repeated for a POST, whose outcome is unknown', async () => {
    fakeClock();
    const server = fakeFetch(broken());
    const error = await rejection(settle(call(server, post)));
    expect(server.times).toHaveLength(1);
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown', operation: 'createThing' });
    expect(error.message).toContain('socket hang up');
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'before anything was sent (%s) is repeated for a POST as well',
    async (code) => {
      fakeClock();
      const server = fakeFetch(broken(code, code), ok());
      await settle(callWithTransport(server, post));
      expect(server.times).toHaveLength(2);
    },
  );

  test('is not repeated for a POST where nobody tells whether it was sent', async () => {
    fakeClock();
    const server = fakeFetch(broken('ECONNREFUSED'), ok());
    expect(await rejection(settle(call(server, post)))).toMatchObject({ outcome: 'unknown' });
    expect(server.times).toHaveLength(1);
  });

  test('leaves the outcome open where an earlier attempt may have been applied', async () => {
    fakeClock();
    const put = { ...get, method: 'PUT' };
    const server = fakeFetch(broken(), broken('ECONNREFUSED'));
    const error = await rejection(settle(callWithTransport(server, put)));
    expect(error.outcome).toBe('unknown');
    const unsent = fakeFetch(broken('ECONNREFUSED'));
    const other = await rejection(settle(callWithTransport(unsent, put)));
    expect(other.outcome).toBeUndefined();
  });

  test.each([
    'HPE_INVALID_CONSTANT',
    'UND_ERR_HEADERS_OVERFLOW',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('that violates the protocol (%s) is final', async (code) => {
    fakeClock();
    const server = fakeFetch(broken(code));
    const error = await rejection(settle(callWithTransport(server, get)));
    expect(server.times).toHaveLength(1);
    expect(error.code).toBe('protocol');
  });
});

describe('half a body', () => {
  test('is never given, and repeated for a GET', async () => {
    fakeClock();
    const server = fakeFetch(() => new Response('{"a":[1,2'), ok({ a: [1, 2] }));
    expect(await settle(call(server, get))).toEqual({ a: [1, 2] });
  });

  test('leaves the outcome of a POST unknown', async () => {
    fakeClock();
    const server = fakeFetch(() => new Response('{"a":', { status: 201 }));
    const error = await rejection(settle(call(server, post)));
    expect(error).toMatchObject({ code: 'invalid-body', outcome: 'unknown' });
    expect(server.times).toHaveLength(1);
  });
});

test.each([400, 403, 404, 409, 422])('status %i is final', async (code) => {
  fakeClock();
  const server = fakeFetch(status(code, {}, { errors: ['no'] }));
  const error = await rejection(settle(call(server, get)));
  expect(server.times).toHaveLength(1);
  expect(error).toMatchObject({ code: 'http', status: code, messages: ['no'] });
  expect(error.outcome).toBeUndefined();
});

describe('a caller’s policy', () => {
  test('may repeat what is final otherwise, within the number of attempts', async () => {
    fakeClock();
    const busy = status(400, {}, { errors: ['too many executing batches'] });
    const server = fakeFetch(busy, busy, ok({ id: 1 }));
    const when = (error: { messages: readonly string[] }): true | undefined =>
      error.messages.some((text) => text.includes('executing batches')) || undefined;
    expect(await settle(call(server, post, { retry: { when } }))).toEqual({ id: 1 });
    const forever = fakeFetch(busy);
    await rejection(settle(call(forever, post, { retry: { when, attempts: 3 } })));
    expect(forever.times).toHaveLength(3);
  });

  test('may forbid what is repeated otherwise, by a header of the answer say', async () => {
    fakeClock();
    const server = fakeFetch(status(503, { 'X-Should-Retry': 'false' }));
    const when = ({ headers }: { headers?: Headers }): false | undefined =>
      headers?.get('X-Should-Retry') === 'false' ? false : undefined;
    await rejection(settle(call(server, get, { retry: { when } })));
    expect(server.times).toHaveLength(1);
  });

  test('attempts: 1 sends once, also for 429', async () => {
    fakeClock();
    const server = fakeFetch(status(429, { 'Retry-After': '1' }));
    await rejection(settle(call(server, get, { retry: { attempts: 1 } })));
    expect(server.times).toHaveLength(1);
  });

  test('endless attempts end with the call’s time', async () => {
    fakeClock(0);
    const server = fakeFetch(status(429, { 'Retry-After': '1' }));
    const endless = { timeout: 10_500, retry: { attempts: Infinity } };
    const error = await rejection(settle(call(server, get, endless)));
    expect(error.code).toBe('timeout');
    expect(server.times).toHaveLength(11);
    expect(server.times.at(-1)).toBeLessThanOrEqual(10_500);
  });
});

test('an outage makes no more than a tenth more requests', async () => {
  fakeClock();
  const { fetch, sent } = fakeFetch(status(503));
  const client = createClient({ baseUrl: 'https://api.example.com', fetch });
  const calls = Array.from({ length: 200 }, () => rejection(send(client, undefined, () => get)));
  await settle(Promise.all(calls));
  expect(sent.length).toBeGreaterThan(200);
  expect(sent.length).toBeLessThanOrEqual(220);
});

test('after an outage retries come back with success', async () => {
  fakeClock();
  let down = true;
  let requests = 0;
  const fetch = async (): Promise<Response> => {
    requests++;
    return down ? new Response('', { status: 503 }) : new Response('{}');
  };
  const client = createClient({ baseUrl: 'https://api.example.com', fetch });
  const calls = Array.from({ length: 50 }, () => rejection(send(client, undefined, () => get)));
  await settle(Promise.all(calls));
  down = false;
  for (let count = 0; count < 100; count++) await send(client, undefined, () => get);
  down = true;
  requests = 0;
  await rejection(settle(send(client, undefined, () => get)));
  expect(requests).toBe(5);
});
