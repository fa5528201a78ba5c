import { expect, test } from 'vitest';
import { killed } from './killed.ts';

const good = { lost: 0, twice: 0, wrong: [], unknown: 0, concurrency: 0, unnamed: 0 };

test('a run that is killed at 200 random points and resumed each time loses nothing and repeats nothing', async () => {
  const report = await killed({
    actions: Number(process.env['SOAK_ACTIONS'] ?? 100_000),
    seed: 1,
    kills: Number(process.env['SOAK_KILLS'] ?? 200),
    life: { milliseconds: 3_000 },
    share: 0.05,
    speed: 200,
  });
  console.log(JSON.stringify(report));
  expect(report).toMatchObject(good);
});

test.for(Array.from({ length: Number(process.env['SOAK_RUNS'] ?? 200) }, (_, index) => index + 1))(
  'run %d of many that are killed once, anywhere, and resumed',
  async (seed) => {
    const report = await killed({
      actions: 800,
      seed,
      kills: 1,
      life: { milliseconds: 900 },
      share: 0.05,
      speed: 200,
    });
    expect(report).toMatchObject(good);
  },
);
