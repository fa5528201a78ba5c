import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Sent {
  readonly method: string;
  /** Path and query, not decoded. */
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What the server answers next. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pieces of the body, each written on its own. */
  readonly body?: readonly (string | Uint8Array)[];
  /** Whether the connection breaks off behind the pieces. */
  readonly cut?: boolean;
}

export interface Loopback extends AsyncDisposable {
  readonly origin: string;
  readonly requests: readonly Sent[];
  /** The answers to the next requests, in turn, then 204; what was given before does not count. */
  answer(...answers: readonly Answer[]): void;
}

/** A server on 127.0.0.1 that keeps what is sent to it. */
export async function loopback(): Promise<Loopback> {
  const requests: Sent[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(chunks) });
      const { status, headers: sent, body = [], cut } = answers.shift() ?? { status: 204 };
      response.writeHead(status, sent);
      for (const piece of body) {
        await new Promise<void>((resolve) => response.write(piece, () => resolve()));
        // Each piece is a packet of its own.
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (cut) response.destroy();
      else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    answer: (...given) => void answers.splice(0, Infinity, ...given),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
