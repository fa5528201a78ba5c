import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Answer } from './delivery.ts';
import type { Answering, Incoming } from './server.ts';

export interface Listening extends AsyncDisposable {
  /** Without a path. */
  readonly origin: string;
}

/** Serves over real HTTP on this machine, until the test lets go of it. */
export async function listen(server: Answering, clock: Clock): Promise<Listening> {
  const http = createServer((request, response) => {
    const answered = read(request).then(async (incoming) => {
      const answer = server.answer(incoming, clock.now());
      if (answer.wait !== undefined) await clock.sleep(answer.wait);
      send(response, answer);
    });
    answered.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  // A request yields buffers, as no encoding is set.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://127.0.0.1'),
    authorization: request.headers.authorization,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

function send(
  response: ServerResponse,
  { status, headers, text, delivery = 'whole' }: Answer,
): void {
  const body = text?.();
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const all: Record<string, string> = { ...type, ...headers };
  switch (delivery) {
    case 'none':
    case 'refused':
      response.destroy();
      return;
    case 'malformed':
      response.writeHead(status, { ...all, 'X-Trace': 'x'.repeat(20_000) }).end(body);
      return;
    case 'cut': {
      if (body === undefined) {
        response.destroy();
        return;
      }
      all['Content-Length'] = String(Buffer.byteLength(body));
      response.writeHead(status, all);
      response.write(body.slice(0, body.length / 2), () => response.destroy());
      return;
    }
    case 'whole':
      response.writeHead(status, all).end(body);
  }
}
