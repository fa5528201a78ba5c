import { expect, test } from 'vitest';
import { countSteps } from '../../support/steps.ts';

// Twice as long a text of somebody else takes twice as many steps, and not four times as many.

const stepsOf = await countSteps();
const { parsers } = await import('./parsers.ts');

const length = 32_768;
const most = 2.3;

/** How many times as many steps. */
async function growth(prepare: (length: number) => () => unknown): Promise<number> {
  const [once, twice] = [prepare(length), prepare(2 * length)];
  const steps = await stepsOf(once);
  return (await stepsOf(twice)) / steps;
}

test.each(parsers)('$name', async ({ prepare }) => {
  // The first run does what is done once.
  await prepare(1024)();
  let least = Infinity;
  // What the runner of the tests does meanwhile counts too.
  for (let tries = 0; tries < 3 && least > most; tries += 1)
    least = Math.min(least, await growth(prepare));
  expect(least).toBeLessThanOrEqual(most);
});

test('what takes quadratic time is found', async () => {
  const copies = (count: number) => (): void => {
    let list: number[] = [];
    for (let index = 0; index < count; index += 1) list = list.concat(index);
  };
  expect(await growth((size) => copies(size / 32))).toBeGreaterThan(3.5);
});
