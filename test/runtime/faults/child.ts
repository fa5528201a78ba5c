import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/**
 * Runs a module in a process of its own, with what it imports bundled, and gives the JSON it prints:
 * where memory is measured, or where only the environment can set what is tested.
 */
export async function childOf<Result>(
  contents: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'fault-'));
  try {
    const outfile = join(folder, 'child.mjs');
    await build({
      // Connections that are kept would keep the process, too.
      stdin: {
        contents: `${contents}\nprocess.exit();`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outfile,
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], {
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
    // The child is a script of the test's own, which knows what it prints.
    return JSON.parse(stdout) as Result;
  } finally {
    await rm(folder, { recursive: true });
  }
}
