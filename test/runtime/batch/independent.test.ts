import { describe, expect, test, vi } from 'vitest';
import { faultsOf } from './independent/faults-of.ts';
import { modes } from './independent/modes.ts';
import { runTrial } from './independent/trial.ts';
import { known } from './independent/known-failures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const count = 400;
/** A run in one process, and a run in processes of which two are killed. */
const seeds = [1, 2];

async function faultsIn(mode: (typeof modes)[number]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const seed of seeds) {
    const report = await runTrial(mode, seed, count, seed % 2 === 0 ? 2 : 0);
    for (const fault of faultsOf(mode, report)) faults.push(`seed ${seed}: ${fault}`);
  }
  return faults;
}

describe('a run keeps its promises on an independent server', () => {
  test.for(modes.filter(({ name }) => !known.has(name)))('where $name', async (mode) => {
    expect(await faultsIn(mode)).toEqual([]);
  });

  const failing = modes.flatMap((mode) => {
    const observed = known.get(mode.name);
    return observed === undefined ? [] : [{ mode, name: mode.name, observed }];
  });
  for (const { mode, name, observed } of failing) {
    test.fails(`where ${name} (not yet: ${observed})`, async () => {
      expect(await faultsIn(mode)).toEqual([]);
    });
  }
});
