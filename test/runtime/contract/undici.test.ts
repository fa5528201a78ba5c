// Requests through the package `undici`: what `fetch` promises holds here, and proxies are used.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as undici from 'undici';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Payload, Request } from '../../../templates/runtime/call.ts';
import { createClient, send } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { undiciFetch } from '../../../templates/runtime/transport/undici.ts';
import { answerTable, asText } from '../../../templates/runtime/answers/table.ts';
import { startTunnel, type Tunnel } from '../../support/tunnel.ts';
import { json, rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const key = 'k3y-of-the-bench';

afterEach(() => vi.unstubAllEnvs());

const clientAt = (baseUrl: string, options: object = {}): ReturnType<typeof createClient> =>
  createClient({
    baseUrl,
    credentials: [bearer(key)],
    retry: { attempts: 1 },
    fetch: transport({ fetch: undiciFetch(undici), ...options }),
    ...options,
  });

describe('an answer', () => {
  test('is what the server sent, its headers and its status included', async () => {
    const server = await serve((response) =>
      json(response, { name: 'Zoë' }, 200, { 'X-Name': 'é', 'Set-Cookie': 'a=1' }),
    );
    const answer = await clientAt(server.origin).request(get);
    expect(answer.body).toEqual({ name: 'Zoë' });
    expect(answer.headers.get('X-Name')).toBe('é');
    expect(answer.headers.getSetCookie()).toEqual(['a=1']);
    expect(answer.url).toBe(`${server.origin}/things`);
    expect(server.seen[0]?.headers['authorization']).toBe(`Bearer ${key}`);
  });

  test.each([600, 742, 999])('may have the status %i', async (status) => {
    const server = await serve((response) => json(response, {}, status));
    expect(await rejection(clientAt(server.origin).request(get))).toMatchObject({ status });
  });

  test('is unpacked where it is packed with gzip', async () => {
    const text = JSON.stringify({ list: Array.from({ length: 20_000 }, (_, at) => at) });
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(gzipSync(text));
    });
    const { body } = await clientAt(server.origin).request(get);
    expect(body).toEqual(JSON.parse(text));
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  test('that is packed in a way that nobody asked for is an error', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
      response.end(brotliCompressSync('{}'));
    });
    const error = await rejection(clientAt(server.origin).request(get));
    expect(error.message).toContain('Content-Encoding br');
  });

  test('that unpacks to more than the limit is not unpacked', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(50_000_000, ' ')));
    });
    const client = clientAt(server.origin, { maxResponseBytes: 1e6 });
    expect(await rejection(client.request(get))).toMatchObject({ code: 'too-large' });
  });

  test.each([204, 205, 304])('of status %i has no content', async (status) => {
    const server = await serve((response) => response.writeHead(status).end());
    const client = clientAt(server.origin);
    const body = status === 304 ? rejection(client.request(get)) : client.request(get);
    expect(await body).toMatchObject({ status });
  });

  test('to HEAD gives its headers, and the connection is free afterwards', async () => {
    const server = await serve((response) =>
      response.writeHead(200, { 'Content-Length': 10, 'X-Total': 7 }).end(),
    );
    const client = clientAt(server.origin);
    const head: Request = { ...get, method: 'HEAD', answers: answerTable([{ status: 200 }]) };
    for (let count = 0; count < 3; count += 1)
      expect((await client.request(head)).headers.get('X-Total')).toBe('7');
  });
});

describe('a body', () => {
  const post = (body: unknown): Request => ({ ...get, method: 'POST', body });
  const form = new FormData();
  form.append('file', new Blob(['abc'], { type: 'image/png' }), 'a.png');

  test.each<[string, unknown, RegExp, string | RegExp]>([
    ['JSON', { a: 'é' }, /^application\/json$/, '{"a":"é"}'],
    [
      'a form',
      (() => [undefined, new URLSearchParams({ a: 'b c' })]) satisfies Payload,
      /^application\/x-www-form-urlencoded/,
      'a=b+c',
    ],
    [
      'parts',
      (() => [undefined, form]) satisfies Payload,
      /^multipart\/form-data; boundary=/,
      /abc/,
    ],
    [
      'a Blob',
      (() => [undefined, new Blob(['x'], { type: 'a/b' })]) satisfies Payload,
      /^a\/b$/,
      'x',
    ],
    ['bytes', (() => ['c/d', new Uint8Array([65, 66])]) satisfies Payload, /^c\/d$/, 'AB'],
    [
      'a stream',
      (() => ['e/f', new Blob(['streamed']).stream()]) satisfies Payload,
      /^e\/f$/,
      'streamed',
    ],
  ])('of %s arrives with its type', async (_, body, type, text) => {
    const server = await serve((response) => json(response, {}));
    await clientAt(server.origin).request(post(body));
    expect(server.seen[0]?.headers['content-type']).toMatch(type);
    expect(server.seen[0]?.body).toMatch(text);
  });
});

describe('a failure', () => {
  test('to connect is known not to have been sent', async () => {
    const nobody = 'http://127.0.0.1:1';
    const error = await rejection(clientAt(nobody).request({ ...get, method: 'POST' }));
    expect(error).toMatchObject({ code: 'network' });
    expect(error.outcome).toBeUndefined();
  });

  test('in the middle of a text is an error', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    const answers = answerTable([{ status: 200, type: 'text/plain', read: asText }]);
    const error = await rejection(clientAt(server.origin).request({ ...get, answers }));
    expect(error).toMatchObject({ code: 'invalid-body' });
  });

  test('a redirect to elsewhere is not followed', async () => {
    const other = await serve((response) => json(response, {}));
    const server = await serve((response) =>
      response.writeHead(307, { Location: `${other.origin}/things` }).end(),
    );
    const error = await rejection(clientAt(server.origin).request(get));
    expect(error).toMatchObject({ code: 'redirect' });
    expect(other.seen).toHaveLength(0);
  });

  test('a call that is aborted ends, and so does its request', async () => {
    const control = new AbortController();
    const closed = new Promise<void>((resolve) => {
      void serve((response) => {
        response.on('close', () => resolve());
        control.abort();
      }).then(async (server) => {
        const error = await rejection(
          clientAt(server.origin).request(get, { signal: control.signal }),
        );
        expect(error).toMatchObject({ code: 'aborted' });
      });
    });
    await closed;
  });

  test('a head that never comes is given up in time', async () => {
    const server = await serve(() => {});
    const error = await rejection(clientAt(server.origin, { headersTimeout: 50 }).request(get));
    expect(error).toMatchObject({ code: 'timeout' });
  });
});

describe('a proxy of the environment', () => {
  /** With a password, which it is told. */
  const withPassword = ({ origin }: Tunnel): string => origin.replace('//', '//us:pr0xy@');

  test('carries the request, and sees nothing of it', async () => {
    using proxy = await startTunnel();
    vi.stubEnv('HTTP_PROXY', withPassword(proxy));
    const server = await serve((response) => json(response, { through: true }));
    expect(await send(clientAt(server.origin), undefined, () => get)).toEqual({ through: true });
    expect(proxy.asked.map((asked) => asked.split(' ')[0])).toEqual([
      server.origin.replace('http://', ''),
    ]);
    expect(proxy.asked[0]).not.toContain(key);
    expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('is left out where NO_PROXY names the host', async () => {
    using proxy = await startTunnel();
    vi.stubEnv('HTTP_PROXY', withPassword(proxy));
    vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1');
    const server = await serve((response) => json(response, {}));
    await clientAt(server.origin).request(get);
    expect(proxy.asked).toHaveLength(0);
  });

  test('that is named for https: alone carries no http:', async () => {
    using proxy = await startTunnel();
    vi.stubEnv('HTTPS_PROXY', withPassword(proxy));
    const server = await serve((response) => json(response, {}));
    await clientAt(server.origin).request(get);
    expect(proxy.asked).toHaveLength(0);
  });

  test('that is named in small letters carries the request, too', async () => {
    using proxy = await startTunnel();
    vi.stubEnv('http_proxy', withPassword(proxy));
    const server = await serve((response) => json(response, {}));
    await clientAt(server.origin).request(get);
    expect(proxy.asked).toHaveLength(1);
  });

  test('that refuses ends the call, and its password stands in no error', async () => {
    using proxy = await startTunnel('407 Proxy Authentication Required');
    vi.stubEnv('HTTP_PROXY', withPassword(proxy));
    const server = await serve((response) => json(response, {}));
    const error = await rejection(clientAt(server.origin).request(get));
    expect(error).toMatchObject({ code: 'network' });
    expect(error.message).toContain('407');
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain('pr0xy');
    expect(server.seen).toHaveLength(0);
  });
});

test('an agent of one’s own is used', async () => {
  const server = await serve((response) => json(response, { agent: true }));
  const dispatcher = new undici.Agent({ connections: 1 });
  onTestFinished(() => dispatcher.close());
  const client = createClient({
    baseUrl: server.origin,
    fetch: undiciFetch(undici, { dispatcher }),
  });
  expect(await send(client, undefined, () => get)).toEqual({ agent: true });
});
