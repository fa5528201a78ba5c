import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { randomOf } from '../simulators/random.ts';
import { install } from './installed.ts';
import { killedRun } from './soak/killed-run.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

test.each([1, 2])(
  'applies each row once, and says so, though it is killed at random moments and requests go wrong (%i)',
  { timeout: 120_000 },
  async (seed) => {
    await using cli = await install(generated('meraki'), generated('meraki-cli'));
    const report = await killedRun(cli, {
      rows: 150,
      badEvery: 50,
      faults: 0.05,
      kills: 5,
      within: 1_500,
      batchMs: 100,
      random: randomOf(seed),
      name: 'run',
    });
    expect(report).toMatchObject({ applied: 147, twice: [], withoutVerdict: [], different: [] });
  },
);
