import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, type Faults, isLate, noFaults } from './mishaps.ts';

/** A request, as a simulated API sees it. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined where there is none, or none that can be parsed. */
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server on this machine that stops by itself when the test lets go of it. */
export interface Loopback extends AsyncDisposable {
  readonly baseUrl: string;
  /** What came, faults included, in order. */
  readonly requests: readonly Exchange[];
  /** Faults so far. */
  readonly faults: number;
  /** Faults after which the request had been carried out all the same. */
  readonly late: number;
}

/** Serves `answer`, with faults between it and the client. */
export async function serve(
  answer: (exchange: Exchange) => Reply,
  faults: Faults = noFaults,
): Promise<Loopback> {
  const requests: Exchange[] = [];
  const count = { faults: 0, late: 0 };
  const server = createServer((request, response) => {
    read(request).then(
      (exchange) => {
        requests.push(exchange);
        const fault = faults();
        if (fault) count.faults += 1;
        if (isLate(fault)) count.late += 1;
        respond(response, fault, () => answer(exchange));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    get faults() {
      return count.faults;
    },
    get late() {
      return count.late;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://127.0.0.1'),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
    ),
    body: parse(Buffer.concat(chunks).toString()),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, fault: Fault | undefined, answer: () => Reply): void {
  switch (fault) {
    case 'reset':
      response.destroy();
      return;
    case 'limited':
      send(response, { status: 429, headers: { 'Retry-After': '1' } });
      return;
    case 'limited-silently':
      send(response, { status: 429 });
      return;
    case 'unavailable':
      send(response, { status: 503 });
      return;
    case 'lost':
      answer();
      response.destroy();
      return;
    case 'crashed':
      answer();
      send(response, { status: 502 });
      return;
    case 'truncated': {
      const text = JSON.stringify(answer().body ?? null);
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(text) + 1),
      });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    }
    case 'garbled':
      answer();
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>');
      return;
    case undefined:
      send(response, answer());
  }
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response
    .writeHead(status, { 'Content-Type': 'application/json', ...headers })
    .end(JSON.stringify(body));
}
