// @ts-nocheck
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server';

const LARGEST_BODY = 1_048_576;

/** A server on this machine. */
export interface HttpListener {
  readonly url: string;
  /** The file that holds the token which each request has to bear. */
  readonly tokenFile: string;
  close(): Promise<void>;
}

/**
 * Streamable HTTP on the loopback address. Each request bears a token, which its user alone can read;
 * a page of a browser gets no further than its `Origin`, or a `Host` that is not this machine.
 */
export async function listen(
  factory: McpServerFactory,
  port: number,
  folder: string,
): Promise<HttpListener> {
  const token = randomBytes(32).toString('base64url');
  const tokenFile = join(folder, `token-${process.pid}`);
  await rm(tokenFile, { force: true });
  await writeFile(tokenFile, token, { mode: 0o600, flag: 'wx' });
  const handler = createMcpHandler(factory, { maxRequestBodySize: LARGEST_BODY });
  const handle = toNodeHandler(handler);
  const hasHost = localhostHostValidation();
  const hasOrigin = localhostOriginValidation();
  const server = createServer((request, response) => {
    if (!hasHost(request, response) || !hasOrigin(request, response)) return;
    if (new URL(request.url ?? '/', 'http://127.0.0.1').pathname !== '/mcp')
      return void response.writeHead(404).end();
    if (!bears(request, token))
      return void response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    // A request that came over HTTP has a method and a path.
    void handle(request as Parameters<typeof handle>[0], response);
  });
  const actual = await started(server, port);
  return {
    url: `http://127.0.0.1:${actual}/mcp`,
    tokenFile,
    close: async () => {
      await rm(tokenFile, { force: true });
      await handler.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function started(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // It listens on a port.
  return (server.address() as AddressInfo).port;
}

function bears({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const [, given = ''] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return timingSafeEqual(digest(given), digest(token));
}
