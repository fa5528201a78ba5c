import { afterAll, expect, test } from 'vitest';
import { print } from '../../support/stages.ts';
import { complaints, outcomeOf } from './complaints.ts';
import { Packages } from './packages.ts';
import { shapes } from './structures.ts';

const packages = new Packages();
afterAll(() => packages.remove());

// A document of types that are all of each other takes a busy machine longer than most tests may.
test.each(shapes)('$name: $outcome', { timeout: 120_000 }, async ({ name, document, outcome }) => {
  const printed = await print(document);
  expect(complaints(printed)).toEqual([]);
  expect(outcomeOf(printed)).toBe(outcome);
  await packages.add(name, printed.files);
});

test('What came of these compiles', { timeout: 300_000 }, async () => {
  expect(packages.count).toBeGreaterThan(50);
  expect(await packages.errors()).toEqual([]);
});
