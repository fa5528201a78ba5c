// What a run of ten thousand actions costs, by its journal: `batch-run.ts`, in turns, each time in a process
// of its own.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';
import { median } from './median.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const script = await bundled('batch-run.ts');
/** @type {Record<'none' | 'memory' | 'file', number[]>} CPU microseconds an action */
const costs = { none: [], memory: [], file: [] };
for (let run = 0; run < Number(values.runs); run += 1) {
  for (const [journal, measured] of Object.entries(costs)) {
    const argv = [script, '10000', journal];
    const { micros } = JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
    measured.push(micros);
  }
}
const medians = Object.entries(costs).map(([journal, measured]) => [journal, median(measured)]);
console.log(JSON.stringify(Object.fromEntries(medians)));
