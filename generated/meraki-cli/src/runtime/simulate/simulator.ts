// @ts-nocheck
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './account.js';
import type { ActionBatches } from './action-batches.js';
import { type Answer, json, refuse } from './answer.js';
import type { Fault } from './fault.js';

export interface SimulatorOptions {
  readonly account: Account;
  readonly batches: ActionBatches;
  /** Decides what goes wrong with a request, if anything. */
  readonly fault: () => Fault | undefined;
  /** The path of the API's base URL: `/api/v1`. */
  readonly basePath: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** A server on this machine alone that acts as the API does. */
export interface Simulator {
  readonly port: number;
  close(): Promise<void>;
}

const RATE = { perSecond: 10, burst: 20 };
const MOST_BYTES = 50_000_000;
const batchesAt = /^\/organizations\/[^/]+\/actionBatches(?:\/([^/]+))?$/;

/** Starts to listen on the loopback interface. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const admit = rateLimit();
  const server = createServer((request, response) => {
    respond(request, response, options, admit).catch(() => response.destroy());
  });
  await listen(server, options.port);
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
  { account, batches, fault: draw, basePath }: SimulatorOptions,
  admit: () => boolean,
): Promise<void> {
  const body = await readBody(request);
  // A page in a browser has no business here, even if its name was made to lead to this machine.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) {
    return send(response, refuse(403, 'This simulator serves this machine alone.'));
  }
  if (!request.headers.authorization) return send(response, refuse(401, 'Invalid API key'));
  if (!admit()) return limit(response);
  const fault = draw();
  switch (fault) {
    case 'reset':
      return void response.destroy();
    case 'unavailable':
      return send(response, { status: 503 });
    case 'limited':
      return limit(response);
    case 'lost':
    case 'crashed':
    case 'truncated':
    case undefined:
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = url.pathname.startsWith(`${basePath}/`)
    ? url.pathname.slice(basePath.length)
    : undefined;
  const answer =
    path === undefined
      ? refuse(404, 'Not found')
      : await answerTo(request.method ?? 'GET', path, url.searchParams, body, account, batches);
  spoil(response, answer, fault);
}

function answerTo(
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
  account: Account,
  batches: ActionBatches,
): Answer | Promise<Answer> {
  const [isBatch, id] = batchesAt.exec(path) ?? [];
  if (isBatch !== undefined) return batches.answer(method, id, query.get('status'), body);
  if (method === 'GET') {
    const found = account.read(path);
    return found ? json(200, found) : refuse(404, 'Not found');
  }
  const verb = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'destroy' }[method];
  if (verb === undefined) return refuse(405, 'Method not allowed');
  const action = { resource: path, operation: verb, ...(isRecord(body) && { body }) };
  if (account.refusal(action) !== undefined) return refuse(404, 'Not found');
  const { created } = account.apply(action);
  if (verb === 'destroy') return { status: 204 };
  return json(verb === 'create' ? 201 : 200, account.read(created[0]?.uri ?? path));
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

/** A bucket of tokens, as the vendor describes it. */
function rateLimit(): () => boolean {
  let tokens = RATE.burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(RATE.burst, tokens + ((now - at) * RATE.perSecond) / 1_000);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Answers a request that took effect, in whatever state the answer arrives. */
function spoil(response: ServerResponse, answer: Answer, fault: Fault | undefined): void {
  if (fault === 'lost') return void response.destroy();
  if (fault === 'crashed') return send(response, { status: 502 });
  if (fault !== 'truncated') return send(response, answer);
  const { text = '{}' } = answer;
  const length = String(Buffer.byteLength(text) + 1);
  response.writeHead(answer.status, { ...jsonType, 'Content-Length': length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

const jsonType = { 'Content-Type': 'application/json' };

function limit(response: ServerResponse): void {
  response.writeHead(429, { 'Retry-After': '1' }).end();
}

function send(response: ServerResponse, { status, text }: Answer): void {
  if (text === undefined) response.writeHead(status).end();
  else response.writeHead(status, jsonType).end(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
