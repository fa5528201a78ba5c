// What planning a million actions costs: the first shape of `plan.ts`, each time in a process of its own.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';
import { median } from './median.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const argv = [await bundled('plan.ts'), '', '1000000', '0'];
/** @type {{ readonly building: number, readonly planning: number, readonly megabytes: number }[]} */
const costs = [];
for (let run = 0; run < Number(values.runs); run += 1)
  costs.push(JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })));
const of = (/** @type {'planning' | 'megabytes'} */ what) =>
  median(costs.map((cost) => cost[what]));
console.log(JSON.stringify({ planning: of('planning'), megabytes: of('megabytes') }));
