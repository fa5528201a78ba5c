import { appendFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { axapiModes, elementModes } from '../independent/element-modes.ts';
import { runElementTrial } from '../independent/element-trial.ts';
import { elementFaultsOf, faultsOf } from '../independent/faults-of.ts';
import type { Figures } from '../independent/judge.ts';
import { modes } from '../independent/modes.ts';
import { runTrial } from '../independent/trial.ts';
import { ModeTable } from './mode-table.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
/** In each mode, over all seeds. */
const total = Number(process.env['SOAK_ACTIONS'] ?? 100_000);
const kills = Number(process.env['SOAK_KILLS'] ?? 5);
const count = Math.ceil(total / seeds);
/** A file to which the line of each mode is added when it is over. */
const log = process.env['SOAK_LOG'];
const table = new ModeTable();

afterAll(() => console.log(String(table)));

type Counted = Figures & { readonly kills: number; readonly requests: number };

/** Runs a mode with every seed; gives what was not kept. */
async function faultsIn<R extends Counted>(
  name: string,
  run: (seed: number, kills: number) => Promise<R>,
  faultsOfReport: (report: R) => readonly string[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    // Limits of time hold where nothing is killed.
    const report = await run(seed, seed % 2 === 0 ? kills : 0);
    table.add(name, count, report);
    const found = faultsOfReport(report);
    if (found.length > 0) console.log(name, seed, JSON.stringify(report));
    if (found.length > 0 && log !== undefined)
      await appendFile(log, `${name} ${seed} ${JSON.stringify(report)}\n`);
    faults.push(...found.map((fault) => `seed ${seed}: ${fault}`));
  }
  // The runner shows nothing before all is over.
  if (log !== undefined) await appendFile(log, `${table.line(name)}\n`);
  return faults;
}

// The runner shortens names that it fills in itself, and one mode is picked by its name.
test.for(modes.map((mode) => [mode.name, mode] as const))('%s', async ([, mode]) => {
  const faults = await faultsIn(
    mode.name,
    (seed, deaths) => runTrial(mode, seed, count, deaths),
    (report) => faultsOf(mode, report),
  );
  expect(faults).toEqual([]);
});

const ofRequests = [...elementModes, ...axapiModes];
test.for(ofRequests.map((mode) => [mode.name, mode] as const))('%s', async ([, mode]) => {
  const faults = await faultsIn(
    mode.name,
    (seed, deaths) => runElementTrial(mode, seed, count, deaths),
    (report) => elementFaultsOf(mode, report),
  );
  expect(faults).toEqual([]);
});
