// @ts-nocheck
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedAccount, SimulatedReply } from './types.js';

/** A server on this machine alone that acts as the API does. */
export interface Simulator {
  readonly port: number;
  close(): Promise<void>;
}

const MOST_BYTES = 50_000_000;

/** Starts to listen on the loopback interface; at port 0 on any that is free. */
export async function startSimulator(account: SimulatedAccount, port: number): Promise<Simulator> {
  const server = createServer((request, response) => {
    respond(request, response, account).catch(() => response.destroy());
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  account: SimulatedAccount,
): Promise<void> {
  const body = await readBody(request);
  const { host = '' } = request.headers;
  // A page in a browser has no business here, even if its name was made to lead to this machine.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) {
    const text = JSON.stringify({ errors: ['This simulator serves this machine alone.'] });
    return send(response, { answer: { status: 403, text } });
  }
  const reply = await account.respond({
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', `http://${host}`),
    body,
    authorized: request.headers.authorization !== undefined,
  });
  send(response, reply);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Answers, in whatever state the answer arrives. */
function send(response: ServerResponse, { answer, isCut }: SimulatedReply): void {
  if (!answer) return void response.destroy();
  const { status, text, headers = {} } = answer;
  const type = { 'Content-Type': 'application/json' };
  if (!isCut) {
    response.writeHead(status, { ...(text !== undefined && type), ...headers }).end(text);
    return;
  }
  const whole = text ?? '{}';
  const length = String(Buffer.byteLength(whole) + 1);
  response.writeHead(status, { ...type, ...headers, 'Content-Length': length });
  response.write(whole.slice(0, whole.length / 2), () => response.destroy());
}
