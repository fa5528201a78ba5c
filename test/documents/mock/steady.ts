import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';

/** A mock server that validates every request against a document, and says in headers what is wrong. */
export interface Steady extends AsyncDisposable {
  readonly origin: string;
}

const program = createRequire(import.meta.url).resolve('@stdy/cli/steady.js');

/** Lists are expected as `name[]=a&name[]=b`, ranges as `name[lt]=a`, whatever the document says. */
const inBrackets = ['array', 'object'].map((kind) => `--validator-query-${kind}-format=brackets`);

/** Starts Steady on loopback. */
export async function startSteady(
  document: string,
  formats: readonly string[] = inBrackets,
): Promise<Steady> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [program, '--host', '127.0.0.1', '--port', `${port}`, '--quiet', ...formats, document],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin))) {
    if (child.exitCode !== null) throw new Error(`Steady has stopped: ${said.join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

/** Steady does not tell the port that it was given, so it must be told one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/_x-steady/health`)).ok;
  } catch {
    return false;
  }
}
