import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Client,
  createClient,
  type Request,
  send,
} from '../../../templates/runtime/client.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { rejection } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const post: Request = { ...get, method: 'POST', body: { a: 1 } };

interface Wire {
  readonly origin: string;
  /** The requests that came, as they were written. */
  readonly requests: readonly string[];
}

/** A server that writes bytes: `answer` gets each request's socket and number, from 1. */
async function wire(answer: (socket: Socket, number: number) => void): Promise<Wire> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!/^[A-Z]+ \//.test(String(data))) return;
      answer(socket, requests.push(String(data)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const whole = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const withTransport = (baseUrl: string): Client => createClient({ baseUrl, fetch: transport() });

const clients: readonly (readonly [string, (origin: string) => Client])[] = [
  ['plain fetch', (baseUrl) => createClient({ baseUrl })],
  ['transport', withTransport],
];

const broken: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['a reset before any byte', (socket) => socket.resetAndDestroy()],
  ['a close before any byte', (socket) => socket.end()],
  ['a close within the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')],
  [
    '10 bytes where 100 were announced',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":1}   '),
  ],
  [
    'chunks without the last one',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n'),
  ],
  [
    'JSON cut in half, of no announced length',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"a":'),
  ],
  [
    'nothing where JSON was to come',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  ],
  [
    'gzip that is none',
    (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{"a":1}'),
  ],
];

describe.each(clients)('over %s', (_name, clientOf) => {
  test.each(broken)(
    '%s is repeated for a GET, and half an answer is never given',
    async (_what, answer) => {
      const { origin, requests } = await wire((socket, number) =>
        number === 1 ? answer(socket) : socket.end(whole('{"b":2}')),
      );
      expect(await send(clientOf(origin), undefined, () => get)).toEqual({ b: 2 });
      expect(requests).toHaveLength(2);
    },
  );

  test.each(broken)(
    '%s leaves the outcome of a POST unknown, and it is sent once',
    async (_what, answer) => {
      const { origin, requests } = await wire(answer);
      const error = await rejection(send(clientOf(origin), undefined, () => post));
      expect(error).toMatchObject({ name: 'ApiError', outcome: 'unknown' });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(requests).toHaveLength(1);
    },
  );

  test('a connection that the server closed meanwhile is replaced', async () => {
    const { origin, requests } = await wire((socket, number) => {
      if (number === 2) socket.destroy();
      else socket.write(whole(`[${number}]`));
    });
    const client = clientOf(origin);
    expect(await send(client, undefined, () => get)).toEqual([1]);
    expect(await send(client, undefined, () => get)).toEqual([3]);
    expect(requests).toHaveLength(3);
  });

  test('a hint before the answer changes nothing', async () => {
    const { origin } = await wire((socket) =>
      socket.end(`HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=next\r\n\r\n${whole('[1]')}`),
    );
    const answer = await clientOf(origin).request(get);
    expect(answer.headers.get('link')).toBeNull();
    expect(answer.body).toEqual([1]);
  });
});

describe('with what Node tells of failures', () => {
  test.each([
    ['a broken status line', 'HTTP/1.1 abc\r\n\r\n'],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    ['a head of 40 KB', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('%s is an error of the protocol, and not repeated', async (_what, bytes) => {
    const { origin, requests } = await wire((socket) => socket.end(bytes));
    const error = await rejection(send(withTransport(origin), undefined, () => get));
    expect(error).toMatchObject({ name: 'ApiError', code: 'protocol' });
    expect(requests).toHaveLength(1);
  });

  test('a refused connection is an error of the network that says so', async () => {
    const { origin } = await wire(() => {});
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const closed = origin.replace(/\d+$/, String(port));
    const error = await rejection(
      send(withTransport(closed), { retry: { attempts: 2 } }, () => ({ ...get, method: 'POST' })),
    );
    expect(error).toMatchObject({ name: 'ApiError', code: 'network' });
    expect(error.outcome).toBeUndefined();
    expect(error.message).toContain('ECONNREFUSED');
  });
});
