import { expect, test } from 'vitest';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import type { NamedType, Type } from '../../../generator/ir/ir.ts';
import { limitCombinations } from '../../../generator/normalize/schemas/combinations.ts';
import { noDoc } from '../../../generator/ir/doc.ts';
import { scalar } from '../../../generator/ir/type.ts';

const named = (name: string): Type => ({ kind: 'named', name });
const declare = (name: string, type: Type): NamedType => ({ name, type, doc: noDoc });
const either = (name: string): NamedType =>
  declare(name, {
    kind: 'union',
    members: [
      { kind: 'array', items: scalar('string') },
      { kind: 'array', items: scalar('number') },
    ],
  });
const all = (...names: readonly string[]): Type => ({
  kind: 'intersection',
  members: names.map(named),
});
const range = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Either${index}`);

function limited(types: readonly NamedType[]): {
  readonly types: Readonly<Record<string, Type>>;
  readonly messages: readonly string[];
} {
  const diagnostics = new Diagnostics();
  const { named: found } = limitCombinations({ named: types, operations: [] }, diagnostics);
  return {
    types: Object.fromEntries(found.map(({ name, type }) => [name, type])),
    messages: diagnostics.list.map(({ code, message }) => `${code}: ${message}`),
  };
}

test('Nine times two alternatives at once stay', () => {
  const { types, messages } = limited([
    declare('All', all(...range(9))),
    ...range(9).map((name) => either(name)),
  ]);
  expect(types['All']).toEqual(all(...range(9)));
  expect(messages).toEqual([]);
});

test('Of eighteen times two alternatives at once, nine stay', () => {
  const { types, messages } = limited([
    declare('All', all(...range(18))),
    ...range(18).map((name) => either(name)),
  ]);
  expect(types['All']).toEqual(all(...range(9)));
  expect(messages).toEqual([
    'schema/too-many-combinations: `All` combines more alternatives than TypeScript can check; some are left open.',
  ]);
});

test('Alternatives are counted through names, wherever these are declared', () => {
  const { types } = limited([
    declare('Outer', { kind: 'array', items: all('Other', 'Inner') }),
    declare('Inner', all(...range(9))),
    declare('Other', all('Either0', 'Either1')),
    ...range(9).map((name) => either(name)),
  ]);
  expect(types['Outer']).toEqual({ kind: 'array', items: named('Inner') });
});
