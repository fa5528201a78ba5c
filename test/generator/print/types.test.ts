import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { TypeNames } from '../../../generator/print/flat.ts';
import { declaration } from '../../../generator/print/types.ts';
import { doc, type, typeName } from './arbitrary.ts';

const plainNames: TypeNames = {
  nameOf: (name) => name,
  global: (name) => name,
  itemStream: () => 'ItemStream',
  instant: () => 'Instant',
};

/** `LAYOUT_CASES=20000` for a thorough run. */
const numRuns = Number(process.env['LAYOUT_CASES'] ?? 2000);
const settings = { parser: 'typescript', printWidth: 100, singleQuote: true } as const;

test('prettier changes nothing in a declaration', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(typeName, type, doc, async (name, of, about) => {
      const text = declaration(name, of, about, plainNames);
      expect(text).toBe(await format(text, settings));
    }),
    { seed: 20260730, numRuns },
  );
});
