import { expect, test } from 'vitest';
import { axapiFaulted, graphFaulted, journyxFaulted, type Faulted } from '../requests/faulted.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const count = Number(process.env['SOAK_ACTIONS'] ?? 10_000);
const share = Number(process.env['SOAK_SHARE'] ?? 0.05);

const kinds: readonly (readonly [name: string, run: Faulted])[] = [
  ['aXAPI under a version', axapiFaulted(true)],
  ['aXAPI without a version', axapiFaulted(false)],
  ['Journyx', journyxFaulted],
  ['Microsoft Graph', graphFaulted],
];

const runs = kinds.flatMap(([name, run]) =>
  Array.from({ length: seeds }, (_, index) => ({ name, run, seed: index + 1 })),
);

test.for(runs)(
  '$name, seed $seed: no action is lost, made twice or reported wrongly',
  async ({ name, run, seed }) => {
    const report = await run(count, share, seed);
    console.log(name, seed, JSON.stringify(report));
    expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [] });
    expect(report.unknown).toBe(report.untellable);
  },
);
