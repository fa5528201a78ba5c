import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ApiError } from '../../../templates/runtime/answers/errors.ts';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Server {
  readonly origin: string;
  readonly seen: readonly Seen[];
}

/** What answers a request; `number` counts them from 1. */
export type Answering = (response: ServerResponse, request: Seen, number: number) => void;

/** A server on loopback that ends with the test. */
export async function serve(answer: Answering): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      answer(response, one, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen };
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Answers one after the other, each status with its headers and body; the last one stays. */
export function inTurn(
  ...answers: readonly (readonly [
    status: number,
    headers?: Record<string, string>,
    body?: unknown,
  ])[]
): Answering {
  return (response, _request, number) => {
    const [status, headers = {}, body = {}] = answers[Math.min(number, answers.length) - 1]!;
    json(response, body, status, headers);
  };
}

/** What a promise is rejected with; tests look at it as an `ApiError`. */
export async function rejection(promise: PromiseLike<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('was not rejected');
}
