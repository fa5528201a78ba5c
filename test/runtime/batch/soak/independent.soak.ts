import { expect, test } from 'vitest';
import { axapiModes, elementModes } from '../independent/element-modes.ts';
import { runElementTrial } from '../independent/element-trial.ts';
import { elementFaultsOf, faultsOf } from '../independent/faults-of.ts';
import { modes } from '../independent/modes.ts';
import { runTrial } from '../independent/trial.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const count = Number(process.env['SOAK_ACTIONS'] ?? 100_000);
const kills = Number(process.env['SOAK_KILLS'] ?? 5);

function withSeeds<M extends { readonly name: string }>(
  all: readonly M[],
): readonly { readonly name: string; readonly mode: M; readonly seed: number }[] {
  const every = Array.from({ length: seeds }, (_, index) => index + 1);
  return all.flatMap((mode) => every.map((seed) => ({ name: mode.name, mode, seed })));
}

// Limits of time hold where nothing is killed.
function killsOf(seed: number): number {
  return seed % 2 === 0 ? kills : 0;
}

test.for(withSeeds(modes))('$name, seed $seed', async ({ mode, seed }) => {
  const report = await runTrial(mode, seed, count, killsOf(seed));
  console.log(mode.name, seed, JSON.stringify(report));
  expect(faultsOf(mode, report)).toEqual([]);
});

test.for(withSeeds([...elementModes, ...axapiModes]))(
  '$name, seed $seed',
  async ({ mode, seed }) => {
    const report = await runElementTrial(mode, seed, count, killsOf(seed));
    console.log(mode.name, seed, JSON.stringify(report));
    expect(elementFaultsOf(mode, report)).toEqual([]);
  },
);
