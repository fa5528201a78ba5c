import { expect, test } from 'vitest';
import { faulted } from './faulted.ts';

const seeds = Number(process.env['SOAK_SEEDS'] ?? 20);
const count = Number(process.env['SOAK_ACTIONS'] ?? 100_000);
const share = Number(process.env['SOAK_SHARE'] ?? 0.05);

test.for(Array.from({ length: seeds }, (_, index) => index + 1))(
  'seed %d: no action is lost, applied twice or reported wrongly',
  async (seed) => {
    const report = await faulted(count, share, seed);
    console.log(seed, JSON.stringify(report));
    expect(report).toMatchObject({
      lost: 0,
      twice: 0,
      wrong: [],
      unknown: 0,
      unnamed: 0,
      disordered: 0,
      offences: { rate: 0, concurrency: 0, size: 0, malformed: 0 },
    });
  },
);
