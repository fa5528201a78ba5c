import { expect, test } from 'vitest';
import { runUndoTrial } from '../independent/undo-trial.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const total = Number(process.env['SOAK_ACTIONS'] ?? 100_000);
const kills = Number(process.env['SOAK_KILLS'] ?? 5);

test.for(Array.from({ length: seeds }, (_, index) => index + 1))('seed %d', async (seed) => {
  const report = await runUndoTrial(seed, Math.ceil(total / seeds), kills);
  console.log(seed, JSON.stringify(report));
  expect(report.faults).toEqual([]);
});
