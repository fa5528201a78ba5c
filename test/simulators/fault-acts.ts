import { gzipSync } from 'node:zlib';
import type { Act, Connection, Received } from './faults.ts';

/** An answer; its length and `Connection: keep-alive` are added. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are; anything else as JSON. */
  readonly body?: unknown;
}

/** A whole, well-formed answer; a function sees the request. */
export function answer(given: Answer | ((received: Received) => Answer) = {}): Act {
  return async ({ socket, request }) => {
    const received = await request();
    const {
      status = 200,
      headers = {},
      body,
    } = typeof given === 'function' ? given(received) : given;
    const content =
      typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {});
    socket.write(
      head(status, {
        'Content-Type': 'application/json',
        'Content-Length': `${Buffer.byteLength(content)}`,
        ...headers,
      }),
    );
    socket.write(content);
  };
}

/** The head of an answer, with the empty line. */
export function head(status: number, headers: Readonly<Record<string, string>> = {}): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${fields.join('')}\r\n`;
}

/** Reads the request and writes these bytes; the connection stays as it is. */
export function write(...bytes: readonly (string | Buffer)[]): Act {
  return async ({ socket, request }) => {
    await request();
    for (const part of bytes) socket.write(part);
  };
}

/** Reads the request, writes these bytes and closes the connection. */
export function writeAndClose(...bytes: readonly (string | Buffer)[]): Act {
  return async (connection) => {
    await write(...bytes)(connection);
    connection.socket.end();
  };
}

/** RST before the request is read to its end. */
export const resetAtOnce: Act = ({ socket }) => reset(socket);

/** RST once the request is there to its end: a server may have acted on it. */
export const resetAfterRequest: Act = async ({ socket, request }) => {
  await request();
  reset(socket);
};

/** FIN in place of an answer, as soon as the request's first byte is there. */
export const finish: Act = ({ socket }) => {
  socket.end();
};

/** Reads the request and never answers. */
export const silent: Act = async ({ request }) => {
  await request();
  await forever();
};

/** Says `Content-Length: 100`, sends ten bytes and closes. */
export const shortBody: Act = writeAndClose(
  head(200, { 'Content-Type': 'application/json', 'Content-Length': '100' }),
  '{"a":[1,2,',
);

/** A chunked body without its last chunk, then FIN. */
export const unfinishedChunks: Act = writeAndClose(
  head(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }),
  '7\r\n{"a":[1\r\n',
);

/** A body of no told length, cut off by the end of the connection, at random unless `at` says where. */
export function cutBody(body: unknown, at?: number): Act {
  return async ({ socket, request, random }) => {
    await request();
    const text = JSON.stringify(body);
    const end = at ?? Math.floor(random() * text.length);
    socket.end(
      head(200, { 'Content-Type': 'application/json', Connection: 'close' }) + text.slice(0, end),
    );
  };
}

/** Writes `start`, then `piece` again and again. */
export function dribble(start: string, piece: string, milliseconds: number): Act {
  return async ({ socket, request }) => {
    await request();
    socket.write(start);
    const timer = setInterval(() => socket.write(piece), milliseconds);
    socket.on('close', () => clearInterval(timer));
    await forever();
  };
}

/** A body that comes byte by byte. */
export const slowBody = (milliseconds: number): Act =>
  dribble(
    head(200, { 'Content-Type': 'application/json', 'Content-Length': '100000' }),
    ' ',
    milliseconds,
  );

/** A head that never ends. */
export const slowHead = (milliseconds: number): Act =>
  dribble('HTTP/1.1 200 OK\r\n', 'X-Filler: 1\r\n', milliseconds);

/** Zeros, packed about a thousandfold: members of 1 MB of them, one after the other. */
export function gzipBomb(megabytes: number): Act {
  const member = gzipSync(Buffer.alloc(1_000_000), { level: 9 });
  return async ({ socket, request }) => {
    await request();
    socket.write(
      head(200, {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
        'Content-Length': `${member.length * megabytes}`,
      }),
    );
    for (let count = 0; count < megabytes && !socket.destroyed; count += 1)
      if (!socket.write(member)) await drained(socket);
  };
}

/** An answer that is packed so many times over. */
export function encodedTimes(times: number, body: unknown = {}): Act {
  let bytes: Buffer = Buffer.from(JSON.stringify(body));
  for (let count = 0; count < times; count += 1) bytes = gzipSync(bytes);
  return answer({
    headers: { 'Content-Encoding': Array(times).fill('gzip').join(', ') },
    body: bytes,
  });
}

/** Says gzip and sends something else. */
export const badGzip: Act = answer({ headers: { 'Content-Encoding': 'gzip' }, body: 'no gzip' });

/** Until the server ends. */
function forever(): Promise<never> {
  return new Promise(() => {});
}

function reset(socket: Connection['socket']): void {
  socket.resetAndDestroy();
}

function drained(socket: Connection['socket']): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}
