import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Account } from '../account.ts';

/** A server over HTTP, and the token that each request bears. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly tokenFile: string;
  readonly token: string;
}

/** Starts a server on a free port. */
export async function listening({ cli, env }: Account): Promise<Listening> {
  const args = [cli.main, 'mcp', '--allow-writes', '--http', '0', '--wait', '5s'];
  const child = spawn(process.execPath, args, {
    cwd: cli.folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: cli.folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(text)));
    child.stderr.on('data', (part: Buffer) => {
      text += String(part);
      if (/token in \S+\n/.test(text)) resolve();
    });
  });
  const [, url = ''] = /MCP on (\S+)/.exec(text) ?? [];
  const [, tokenFile = ''] = /token in (\S+)/.exec(text) ?? [];
  return {
    url,
    tokenFile,
    token: await readFile(tokenFile, 'utf8'),
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
