import { answerTable, asBlob, asText } from '../../../templates/runtime/answers/table.ts';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createClient, send } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { depthOf } from '../../../templates/runtime/transport/depth.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { fakeFetch, status } from './fake.ts';
import { inTurn, json, rejection, serve } from './server.ts';
import { get, key, clientOf } from './transport-client.ts';

const loopback = /^http:\/\/127\.0\.0\.1:\d+\//;

describe('a redirect', () => {
  test.each([301, 302, 307, 308])(
    '%i on the same host keeps method, body and key',
    async (code) => {
      const server = await serve((response, _seen, number) =>
        number === 1
          ? json(response, {}, code, { Location: '/elsewhere?a=1' })
          : json(response, { done: 1 }),
      );
      const body = { x: 1 };
      expect(
        await send(clientOf(server), undefined, () => ({ ...get, method: 'POST', body })),
      ).toEqual({
        done: 1,
      });
      expect(server.seen[1]).toMatchObject({
        method: 'POST',
        url: '/elsewhere?a=1',
        body: '{"x":1}',
        headers: { authorization: `Bearer ${key}`, 'x-cisco-meraki-api-key': key },
      });
    },
  );

  test('303 asks for the result with GET', async () => {
    const server = await serve(inTurn([303, { Location: '/result' }], [200, {}, [1]]));
    expect(
      await send(clientOf(server), undefined, () => ({ ...get, method: 'POST', body: {} })),
    ).toEqual([1]);
    expect(server.seen[1]).toMatchObject({ method: 'GET', url: '/result', body: '' });
  });

  test('to another host is an error, and nothing is sent there', async () => {
    const other = await serve((response) => json(response, {}));
    const server = await serve(inTurn([307, { Location: `${other.origin}/things` }]));
    const error = await rejection(
      send(clientOf(server), undefined, () => ({ ...get, method: 'POST', body: {} })),
    );
    expect(error).toMatchObject({ name: 'ApiError', code: 'redirect' });
    expect(error.outcome).toBeUndefined();
    expect(other.seen).toHaveLength(0);
  });

  test('to another host is an error without a transport too', async () => {
    const other = await serve((response) => json(response, {}));
    const server = await serve(inTurn([302, { Location: `${other.origin}/things` }]));
    const client = createClient({ baseUrl: server.origin, credentials: [bearer(key)] });
    expect(await rejection(send(client, undefined, () => get))).toMatchObject({ status: 302 });
    expect(other.seen).toHaveLength(0);
  });

  test('to an allowed host is followed with method, body and key', async () => {
    const shard = await serve((response) => json(response, { shard: 1 }));
    const server = await serve(inTurn([307, { Location: `${shard.origin}/things` }]));
    const client = clientOf(server, { allowedUrls: loopback });
    expect(
      await send(client, undefined, () => ({ ...get, method: 'PUT', body: { x: 1 } })),
    ).toEqual({
      shard: 1,
    });
    expect(shard.seen[0]).toMatchObject({
      method: 'PUT',
      body: '{"x":1}',
      headers: { authorization: `Bearer ${key}` },
    });
  });

  test.each([
    'http://api.example.com/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:pw@api.example.com/',
    'https://api.example.com:444/',
    '//evil.example/',
    'https:\\\\evil.example/',
    'http://[',
    '',
  ])('from https to %j is refused', async (location) => {
    const server = fakeFetch(status(302, { Location: location }));
    const client = createClient({
      baseUrl: 'https://api.example.com',
      fetch: transport({ fetch: server.fetch }),
    });
    expect(await rejection(send(client, undefined, () => get))).toMatchObject({ code: 'redirect' });
    expect(server.sent).toHaveLength(1);
  });

  test('that leads in a circle ends after five', async () => {
    const server = await serve(inTurn([302, { Location: '/things' }]));
    expect(await rejection(send(clientOf(server), undefined, () => get))).toMatchObject({
      code: 'redirect',
    });
    expect(server.seen).toHaveLength(6);
  });

  test('that a browser hides is an error', async () => {
    const hidden = new Response();
    Object.defineProperty(hidden, 'type', { value: 'opaqueredirect' });
    const server = fakeFetch(() => hidden);
    const client = createClient({
      baseUrl: 'https://api.example.com',
      fetch: transport({ fetch: server.fetch }),
    });
    expect(await rejection(send(client, undefined, () => get))).toMatchObject({ code: 'redirect' });
  });
});

describe('a body', () => {
  test('larger than the limit is not read on', async () => {
    let written = 0;
    const server = await serve((response) => {
      const chunk = Buffer.alloc(65_536, '[');
      const write = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
        written += chunk.length;
      };
      response.on('drain', write);
      write();
    });
    const error = await rejection(
      send(clientOf(server, { maxResponseBytes: 1e6 }), undefined, () => ({
        ...get,
        answers: answerTable([{ status: 200, type: '*/*', read: asText }]),
      })),
    );
    expect(error).toMatchObject({ name: 'ApiError', code: 'too-large' });
    expect(written).toBeLessThan(2e7);
  });

  test('that unpacks to more than the limit is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' });
      response.end(bomb);
    });
    const before = process.memoryUsage().rss;
    const error = await rejection(
      send(clientOf(server, { maxResponseBytes: 1e6 }), undefined, () => get),
    );
    expect(error.code).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  test('of an error is cut off at the limit, and its status told', async () => {
    const server = await serve((response) => {
      response.writeHead(500);
      response.end('x'.repeat(3e6));
    });
    for (const [maxResponseBytes, kept] of [
      [1e4, 1e4],
      [64e6, 1e6],
    ] as const) {
      const error = await rejection(
        send(clientOf(server, { maxResponseBytes }), undefined, () => get),
      );
      expect(error).toMatchObject({ code: 'http', status: 500, body: 'x'.repeat(kept) });
    }
  });

  test('at the limit is read, piece by piece, with its characters whole', async () => {
    const text = JSON.stringify('é😀'.repeat(100_000));
    const server = await serve((response) => {
      response.setHeader('Content-Type', 'application/json');
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 1001) response.write(bytes.subarray(at, at + 1001));
      response.end();
    });
    const maxResponseBytes = Buffer.byteLength(text);
    expect(await send(clientOf(server, { maxResponseBytes }), undefined, () => get)).toBe(
      JSON.parse(text),
    );
  });

  test('nested too deep is an error and no overflow', async () => {
    const server = await serve((response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end('['.repeat(1e5) + ']'.repeat(1e5));
    });
    expect(await rejection(send(clientOf(server), undefined, () => get))).toMatchObject({
      name: 'ApiError',
      code: 'invalid-body',
    });
  });

  test('keeps its type as a Blob', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'image/png' });
      response.end('png');
    });
    const blob: Blob = await send(clientOf(server), undefined, () => ({
      ...get,
      answers: answerTable([{ status: 200, type: '*/*', read: asBlob }]),
    }));
    expect([blob.type, await blob.text()]).toEqual(['image/png', 'png']);
  });

  test('may be absent', async () => {
    const server = await serve((response) => response.writeHead(204).end());
    expect(await send(clientOf(server), undefined, () => get)).toBeUndefined();
  });
});

test.each([
  ['{"a":[1,{"b":2}]}', 3],
  ['[[],[],[[]]]', 3],
  ['"[[[["', 0],
  ['["\\"[[[", "\\\\"]', 1],
  ['{"[{":"}]"}', 1],
  ['[{"é":"["}]', 2],
  ['1', 0],
  ['[[["cut off', 3],
  ['["\\', 1],
])('the depth of %s is %i', (text, depth) => {
  expect(depthOf(text)).toBe(depth);
});
