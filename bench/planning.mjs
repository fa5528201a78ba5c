// What planning a million actions costs: the first shape of `plan.ts`, each time in a process of its own.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const argv = [await bundled('plan.ts'), '', '1000000', '0'];
/** @type {{ readonly building: number, readonly planning: number, readonly megabytes: number }[]} */
const costs = [];
for (let run = 0; run < Number(values.runs); run += 1)
  costs.push(JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })));
const median = (/** @type {'planning' | 'megabytes'} */ what) =>
  costs.map((cost) => cost[what]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)];
console.log(JSON.stringify({ planning: median('planning'), megabytes: median('megabytes') }));
