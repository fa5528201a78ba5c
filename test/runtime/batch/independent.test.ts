import { describe, expect, test, vi } from 'vitest';
import { axapiModes, elementModes } from './independent/element-modes.ts';
import { type ElementMode, runElementTrial } from './independent/element-trial.ts';
import { elementFaultsOf, faultsOf } from './independent/faults-of.ts';
import { known, knownElements } from './independent/known-failures.ts';
import { type Mode, modes } from './independent/modes.ts';
import { runTrial } from './independent/trial.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

/** A run in one process, and a run in processes of which two are killed. */
const lives = [
  { seed: 1, kills: 0 },
  { seed: 2, kills: 2 },
];

async function faultsIn(mode: Mode): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { seed, kills } of lives) {
    const report = await runTrial(mode, seed, 400, kills);
    for (const fault of faultsOf(mode, report)) faults.push(`seed ${seed}: ${fault}`);
  }
  return faults;
}

async function elementFaultsIn(mode: ElementMode): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { seed, kills } of lives) {
    const report = await runElementTrial(mode, seed, 1_000, kills);
    for (const fault of elementFaultsOf(mode, report)) faults.push(`seed ${seed}: ${fault}`);
  }
  return faults;
}

function eachMode<M extends { readonly name: string }>(
  all: readonly M[],
  notYet: ReadonlyMap<string, string>,
  find: (mode: M) => Promise<readonly string[]>,
): void {
  test.for(all.filter(({ name }) => !notYet.has(name)))('where $name', async (mode) => {
    expect(await find(mode)).toEqual([]);
  });
  for (const mode of all) {
    const observed = notYet.get(mode.name);
    if (observed === undefined) continue;
    test.fails(`where ${mode.name} (not yet: ${observed})`, async () => {
      expect(await find(mode)).toEqual([]);
    });
  }
}

describe('a run of action batches keeps its promises on an independent server', () => {
  eachMode(modes, known, faultsIn);
});

describe('a run of request batches keeps its promises on an independent server', () => {
  eachMode([...elementModes, ...axapiModes], knownElements, elementFaultsIn);
});
