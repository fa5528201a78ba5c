import { expect, test, vi } from 'vitest';
import { faulted } from './soak/faulted.ts';
import { killed } from './soak/killed.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

// The long runs are in ./soak: `npm run soak:batches`.

test.for([1, 2])(
  'while one request in twenty goes wrong, no action is lost, applied twice or reported wrongly (seed %d)',
  async (seed) => {
    const report = await faulted(2_000, 0.05, seed);
    expect(report.faults).toBeGreaterThan(5);
    expect(report).toMatchObject({
      lost: 0,
      twice: 0,
      wrong: [],
      unknown: 0,
      disordered: 0,
      offences: { rate: 0, concurrency: 0, size: 0, malformed: 0 },
    });
  },
);

test('a process that is killed again and again and resumed loses nothing and repeats nothing', async () => {
  const report = await killed({
    actions: 1_000,
    seed: 1,
    kills: 6,
    life: { milliseconds: 600 },
    share: 0.05,
    speed: 200,
  });
  expect(report).toMatchObject({ lost: 0, twice: 0, wrong: [], unknown: 0, concurrency: 0 });
});
