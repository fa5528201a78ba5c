import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MerakiServer, type MerakiOptions, type Reply } from './meraki.ts';
import { type Random, randomOf } from './random.ts';

/** What goes wrong with a request. */
export type MerakiFault =
  /** The connection breaks before the request has an effect. */
  | 'reset'
  /** 503 without effect. */
  | 'unavailable'
  /** 429 for this request and some after it, with `Retry-After`. */
  | 'limited'
  /** 429 without. */
  | 'limited-silently'
  /** The request takes effect, and the connection breaks before the answer. */
  | 'lost'
  /** The request takes effect, and the answer is 502. */
  | 'crashed'
  /** The request takes effect, and the answer ends in the middle. */
  | 'truncated'
  /** The request takes effect, and the answer is no JSON. */
  | 'garbled'
  /** The answer takes half a minute. */
  | 'slow'
  /** The request takes effect, and the answer is 202 without a body or a `Location`. */
  | 'accepted';

const allFaults: readonly MerakiFault[] = [
  'reset',
  'unavailable',
  'limited',
  'limited-silently',
  'lost',
  'crashed',
  'truncated',
  'garbled',
  'slow',
  'accepted',
];

export interface ServeOptions extends MerakiOptions {
  /** Decides what goes wrong with a request, if anything. */
  readonly faults?: (method: string, pathname: string) => MerakiFault | undefined;
  /** Waits for an answer that takes its time; by default on the clock. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface MerakiSimulator extends AsyncDisposable {
  readonly baseUrl: string;
  readonly server: MerakiServer;
  /** Methods and paths of the requests, as far as they were asked to be kept. */
  readonly seen: readonly string[];
  faults: number;
}

/** Faults in a share of all requests. */
export function faultsIn(
  share: number,
  random: Random,
  kinds: readonly MerakiFault[] = allFaults,
): () => MerakiFault | undefined {
  return () => (random() < share ? kinds[Math.floor(random() * kinds.length)] : undefined);
}

/** These faults for the first requests of a method, then none. */
export function faultsFor(
  wanted: string,
  ...first: readonly (MerakiFault | undefined)[]
): (method: string) => MerakiFault | undefined {
  const left = [...first];
  return (method) => (method === wanted ? left.shift() : undefined);
}

/** The action-batch server on a port of this machine. */
export async function startMeraki(options: ServeOptions): Promise<MerakiSimulator> {
  const meraki = new MerakiServer(options);
  const wait = options.wait ?? ((ms: number) => options.clock.sleep(ms));
  const seen: string[] = [];
  const burst = { left: 0, silently: false };
  const random = randomOf((options.seed ?? 1) + 7);

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await read(request);
    const { method = '' } = request;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (seen.length < 10_000) seen.push(`${method} ${url.pathname}${url.search}`);
    if (request.headers.authorization !== 'Bearer key') {
      send(response, { status: 401, text: '{"errors":["Invalid API key"]}' });
      return;
    }
    if (!meraki.admit()) {
      limit(response, false);
      return;
    }
    if (burst.left > 0) {
      burst.left -= 1;
      limit(response, burst.silently);
      return;
    }
    const fault = options.faults?.(method, url.pathname);
    if (fault) simulator.faults += 1;
    switch (fault) {
      case 'reset':
        response.destroy();
        return;
      case 'unavailable':
        send(response, { status: 503 });
        return;
      case 'limited':
      case 'limited-silently':
        burst.left = Math.floor(random() * 5);
        burst.silently = fault === 'limited-silently';
        limit(response, burst.silently);
        return;
      case 'slow':
        await wait(30_000);
        break;
      case 'lost':
      case 'crashed':
      case 'truncated':
      case 'garbled':
      case 'accepted':
      case undefined:
    }
    const reply = meraki.answer(method, url, parse(sent), sent.length);
    if (reply.later) await wait(reply.later.ms);
    const text = reply.later ? reply.later.text() : reply.text;
    spoil(response, { status: reply.status, ...(text && { text }) }, fault);
  };

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const simulator: MerakiSimulator = {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    server: meraki,
    seen,
    faults: 0,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return simulator;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function limit(response: ServerResponse, silently: boolean): void {
  response.writeHead(429, silently ? {} : { 'Retry-After': '1' }).end();
}

/** Answers a request that took effect, in whatever state the answer arrives. */
function spoil(response: ServerResponse, reply: Reply, fault: MerakiFault | undefined): void {
  switch (fault) {
    case 'lost':
      response.destroy();
      return;
    case 'crashed':
      send(response, { status: 502 });
      return;
    case 'accepted':
      send(response, { status: 202 });
      return;
    case 'truncated': {
      const text = reply.text ?? 'null';
      const length = String(Buffer.byteLength(text) + 1);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    }
    case 'garbled':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>');
      return;
    case 'reset':
    case 'unavailable':
    case 'limited':
    case 'limited-silently':
    case 'slow':
    case undefined:
      send(response, reply);
  }
}

function send(response: ServerResponse, { status, text }: Reply): void {
  if (text === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
}
