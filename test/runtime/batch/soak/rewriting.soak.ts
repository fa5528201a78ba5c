import { expect, test } from 'vitest';
import type { RewritingDialect } from '../../../simulators/rewriting/server.ts';
import { habits } from '../independent/habits.ts';
import { runRewritingTrial } from '../independent/rewriting-trial.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const total = Number(process.env['SOAK_ACTIONS'] ?? 20_000);
const kills = Number(process.env['SOAK_KILLS'] ?? 5);

const dialects: readonly RewritingDialect[] = ['meraki', 'axapi', 'journyx', 'graph'];

test.for(
  dialects.flatMap((dialect) =>
    Object.entries(habits).map(([name, one]) => [dialect, name, one] as const),
  ),
)('%s, where the server %s', async ([dialect, name, one]) => {
  const sum = { actions: 0, unknown: 0, kills: 0, restored: 0, named: 0, foreign: 0 };
  const faults: string[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const count = Math.ceil(total / seeds);
    const report = await runRewritingTrial({ dialect, habits: one, seed, count, kills });
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += report[key];
    faults.push(...report.faults.map((fault) => `${seed} ${fault}`));
  }
  console.log(dialect, name, JSON.stringify({ ...sum, faults: faults.length }), faults.slice(0, 5));
  expect(faults).toEqual([]);
});
