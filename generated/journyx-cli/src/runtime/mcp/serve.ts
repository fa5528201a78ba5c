// @ts-nocheck
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Console, say } from '../terminal/console.js';
import { ApiSession, type SessionOptions } from './api-session.js';
import { listen } from './http-listener.js';
import { serverFactory } from './mcp-server.js';
import { mcpFolder } from './plan-store.js';

/** Serves the tools until the client goes away, or a signal comes. */
export async function serve(
  api: GeneratedApi,
  options: SessionOptions & { readonly http?: number },
  console: Console,
): Promise<void> {
  const session = await ApiSession.open(api, options, console);
  // A signal that comes as soon as the server has said where it is must end it in order.
  const ended = untilEnd(options.http === undefined, console);
  const factory = serverFactory(session);
  const close = await (options.http === undefined
    ? overStdio(factory, console)
    : overHttp(factory, options.http, mcpFolder(api, console), console));
  await ended;
  // A second signal ends at once; what is under way can be taken up.
  await session.runs.stop();
  await close();
}

async function overStdio(
  factory: ReturnType<typeof serverFactory>,
  console: Console,
): Promise<() => Promise<void>> {
  const handle = serveStdio(factory, {
    onerror: (error) => say(console, `The client said what is not MCP: ${error.message}`),
  });
  return () => handle.close();
}

async function overHttp(
  factory: ReturnType<typeof serverFactory>,
  port: number,
  folder: string,
  console: Console,
): Promise<() => Promise<void>> {
  const { url, tokenFile, close } = await listen(factory, port, folder);
  say(console, `MCP on ${url}`);
  say(console, `Each request needs the header Authorization: Bearer and the token in ${tokenFile}`);
  return close;
}

async function untilEnd(endsWithInput: boolean, { stdin }: Console): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    if (!endsWithInput) return;
    stdin.once('end', resolve);
    stdin.once('close', resolve);
  });
}
