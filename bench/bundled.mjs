import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The checkout that is measured: another one where `--compare` says so. */
const measured = process.env['BENCH_CHECKOUT'] ?? fileURLToPath(new URL('../', import.meta.url));

/**
 * A script of `bench/` as one file that Node runs. It is removed when this process ends.
 * @param {string} script
 */
export async function bundled(script) {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'script.mjs');
  await build({
    entryPoints: [join(measured, 'bench', script)],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}
