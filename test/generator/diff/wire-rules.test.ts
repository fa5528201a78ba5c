import { expect, test } from 'vitest';
import { wireRules } from '../../../generator/diff/wire/rules.ts';
import { diffOf } from './documents.ts';
import { wirePairs } from './wire-pairs.ts';

for (const [rule, [old, now]] of Object.entries(wirePairs)) {
  test(`${rule} is found, and nothing else`, async () => {
    const findings = await diffOf(old, now);
    const found = findings.map(({ rule, severity }) => ({ rule, severity }));
    // The table holds a row for each rule, as its type says.
    const { severity } = wireRules[rule as keyof typeof wireRules];
    expect(found).toEqual([{ rule, severity }]);
  });

  test(`${rule}: nothing is found where nothing changed`, async () => {
    expect(await diffOf(old, structuredClone(old))).toEqual([]);
  });
}
