import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Packages } from '../hostile/packages.ts';
import { cases, changed, originals } from './cases.ts';
import { judge } from './fault.ts';

const packages = new Packages();
afterAll(() => packages.remove());

test(
  'whatever is changed in a document, it is emitted safely or refused: 500 changes',
  { timeout: 300_000 },
  async () => {
    const documents = await originals(12_000);
    expect(documents.length).toBeGreaterThan(30);
    const outcomes = new Set<string>();
    const property = fc.asyncProperty(cases(documents.length), async (one) => {
      const { fault, outcome, files } = await judge(changed(one, documents));
      outcomes.add(outcome);
      expect(fault).toBeUndefined();
      if (packages.count < 100) await packages.add(JSON.stringify(one), files);
    });
    await fc.assert(property, { seed: 20_260_101, numRuns: 500 });
    expect([...outcomes]).toContain('emitted');
    expect(outcomes.size).toBeGreaterThan(5);
  },
);

test('what came of a hundred of these compiles', { timeout: 300_000 }, async () => {
  expect(packages.count).toBe(100);
  expect(await packages.errors()).toEqual([]);
});
