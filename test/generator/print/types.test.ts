import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { TypeNames } from '../../../generator/print/flat.ts';
import { declaration } from '../../../generator/print/types.ts';
import { noDoc } from '../../../generator/ir/doc.ts';
import type { Type } from '../../../generator/ir/ir.ts';
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

test('members of objects within a union tell the bounds of their values, too', () => {
  const object = (minimum: number): Type => ({
    kind: 'object',
    properties: [
      {
        name: 'count',
        type: { kind: 'scalar', name: 'number', constraints: { minimum } },
        required: true,
        doc: noDoc,
      },
    ],
  });
  const of: Type = { kind: 'union', members: [object(1), object(2)] };
  expect(declaration('Either', of, noDoc, plainNames)).toBe(
    'export type Either =\n' +
      '  | {\n      /** @minimum 1 */\n      count: number;\n    }\n' +
      '  | {\n      /** @minimum 2 */\n      count: number;\n    };\n',
  );
});
