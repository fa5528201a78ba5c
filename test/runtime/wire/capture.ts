import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A server on loopback that keeps the bytes of each request. */
export interface Capture extends AsyncDisposable {
  readonly origin: string;
  /** In order. */
  readonly requests: readonly Buffer[];
}

/**
 * Answers the requests one after the other with what is given, which is HTTP without its length;
 * `{origin}` in it is where the server is. Further requests get 204.
 */
export async function capture(answers: readonly string[]): Promise<Capture> {
  const requests: Buffer[] = [];
  const sockets = new Set<Socket>();
  let origin = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (!isWhole(received)) return;
      const answer = answers[requests.length] ?? 'HTTP/1.1 204 No Content\n';
      requests.push(received);
      socket.end(onTheWire(answer.replaceAll('{origin}', origin)));
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = bytes.toString('latin1', 0, end);
  if (/^transfer-encoding:/im.test(head)) throw new Error('Chunks are not expected here.');
  const [, length = '0'] = /^content-length: *(\d+)/im.exec(head) ?? [];
  return bytes.length >= end + 4 + Number(length);
}

function onTheWire(answer: string): string {
  const [head = '', ...rest] = answer.split('\n\n');
  const body = rest.join('\n\n').trim();
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [...head.trim().split('\n'), ...length, 'Connection: close'];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Headers that depend on the moment, the machine or the version of Node. */
const volatile = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'host',
  'sec-fetch-mode',
]);

/**
 * A request as text: the headers sorted, without the volatile ones; line ends as everywhere; bytes
 * that are no text as `\x00`; names that are made up anew each time as `{boundary}` and `{uuid}`.
 */
export function textOf(request: Buffer): string {
  const end = request.indexOf('\r\n\r\n');
  const [line = '', ...headers] = request.toString('latin1', 0, end).split('\r\n');
  const [, boundary] = /boundary=([-\w]+)/i.exec(headers.join('\n')) ?? [];
  const shown = headers
    .map((header) => header.replace(/^[^:]+/, (name) => name.toLowerCase()))
    .filter((header) => !volatile.has(header.replace(/:.*/, '')))
    // The length is that of the boundary, too.
    .filter((header) => boundary === undefined || !header.startsWith('content-length:'))
    .toSorted();
  const text = [line, ...shown, '', bodyText(request.subarray(end + 4))].join('\n').trimEnd();
  const stable = boundary === undefined ? text : text.replaceAll(boundary, '{boundary}');
  return `${stable.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '{uuid}')}\n`;
}

function bodyText(body: Buffer): string {
  return body
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\x80-\xff]+/g, decoded)
    .replaceAll(/[^\n\P{Cc}]/gu, escaped);
}

/** Bytes beyond ASCII as the text that they are in UTF-8, or one by one. */
function decoded(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString();
  return text.includes('\ufffd') ? bytes.replaceAll(/./gs, escaped) : text;
}

function escaped(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
