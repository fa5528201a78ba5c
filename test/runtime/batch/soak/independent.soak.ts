import { expect, test } from 'vitest';
import { faultsOf } from '../independent/faults-of.ts';
import { modes } from '../independent/modes.ts';
import { runTrial } from '../independent/trial.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const count = Number(process.env['SOAK_ACTIONS'] ?? 100_000);
const kills = Number(process.env['SOAK_KILLS'] ?? 5);

const trials = modes.flatMap((mode) =>
  Array.from({ length: seeds }, (_, index) => ({ name: mode.name, mode, seed: index + 1 })),
);

test.for(trials)('$name, seed $seed', async ({ mode, seed }) => {
  // Limits of time hold where nothing is killed.
  const report = await runTrial(mode, seed, count, seed % 2 === 0 ? kills : 0);
  console.log(mode.name, seed, JSON.stringify(report));
  expect(faultsOf(mode, report)).toEqual([]);
});
