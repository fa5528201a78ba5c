// What planning a million actions costs: the first shape of `plan.ts`, each time in a process of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const root = fileURLToPath(new URL('../', import.meta.url));
/** The checkout that is measured: another one where `--compare` says so. */
const measured = process.env['BENCH_CHECKOUT'] ?? root;
const folder = mkdtempSync(join(tmpdir(), 'batchwright-planning-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'plan.mjs');
await build({
  entryPoints: [join(measured, 'bench/plan.ts')],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  outfile,
  logLevel: 'warning',
});

const argv = [outfile, '', '1000000', '0'];
/** @type {{ readonly building: number, readonly planning: number, readonly megabytes: number }[]} */
const costs = [];
for (let run = 0; run < Number(values.runs); run += 1)
  costs.push(JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })));
const median = (/** @type {'planning' | 'megabytes'} */ what) =>
  costs.map((cost) => cost[what]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)];
console.log(JSON.stringify({ planning: median('planning'), megabytes: median('megabytes') }));
