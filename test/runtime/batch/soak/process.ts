import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes a script of this folder one file that Node runs; gives its path. */
export async function bundled(script: string, folder: string): Promise<string> {
  const outfile = join(folder, `${script}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${script}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

/** What a process wrote, or undefined where `death` came before it ended: it is killed then. */
export function live(args: readonly string[], death?: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = (): void => void child.kill('SIGKILL');
    death?.addEventListener('abort', kill);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('close', (code, signal) => {
      death?.removeEventListener('abort', kill);
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(output);
      else reject(new Error(`exit code ${code}: ${errors}`));
    });
  });
}
