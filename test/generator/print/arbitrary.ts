import * as fc from 'fast-check';
import type { Doc, Literal, Property, Type } from '../../../generator/ir/ir.ts';
import { intersect, literals, unite } from '../../../generator/ir/type.ts';

/** Identifiers as they come out of `normalize/names.ts`: short ones, and very long ones. */
export const typeName: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('Pet', 'Network', 'Q', 'Settings', 'Straße'),
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ max: 20, min: 0 }) },
      fc.integer({ max: 90, min: 20 }),
    ),
  )
  .map(([stem, length]) => stem + 'Abcdefghij'.repeat(10).slice(0, length));

export const word: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 12 }),
  },
  fc.constantFrom(
    '@see',
    '*/',
    '/*',
    '`a`',
    '- a',
    '1. b',
    '{@link x}',
    '<b>',
    '#',
    '```',
    "it's",
    '"',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constant('verylongword'.repeat(12)),
);

const prose: fc.Arbitrary<string> = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', ' ', '\n', '\n\n', '  ')), { maxLength: 40 })
  .map((words) => words.flat().join('').trim());

export const doc: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ summary: '', description: '', deprecated: false }) },
  fc.record(
    {
      summary: prose,
      description: prose,
      deprecated: fc.boolean(),
      stage: word,
      link: fc.webUrl(),
      default: fc.json(),
    },
    { requiredKeys: ['summary', 'description', 'deprecated'] },
  ),
);

/** Values of enums; what takes quotes, escapes, or more than a line. */
const literalValue: fc.Arbitrary<Literal> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...'abc -_/'), maxLength: 14 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "it's",
      'say "hi"',
      `both ' and "`,
      'back\\slash',
      '\n',
      '\u2028',
      '',
      '${x}',
      '`',
    ),
  },
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'abcdefgh '), minLength: 20, maxLength: 110 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);

export const propertyName: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({ unit: fc.constantFrom(...'abcdeXY_$1'), minLength: 1, maxLength: 24 }),
  },
  fc.constantFrom(
    'with-dash',
    '2.4ghz',
    '1',
    '1e3',
    '',
    "it's",
    'constructor',
    '__proto__',
    'new',
    'été',
    'a b',
    '"',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 60, maxLength: 120 }),
);

const scalar: fc.Arbitrary<Type> = fc
  .constantFrom('string', 'number', 'boolean', 'null', 'unknown', 'never', 'binary', 'void')
  .map((name) => ({ kind: 'scalar', name }) as const);

/** Types as the stages before make them: unions and intersections are flat and without repetition. */
export const type: fc.Arbitrary<Type> = fc.letrec<{ readonly type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    typeName.map((name): Type => ({ kind: 'named', name })),
    fc.array(literalValue, { minLength: 1, maxLength: 9 }).map(literals),
    tie('type').map((items): Type => ({ kind: 'array', items })),
    fc
      .record({
        items: fc.array(tie('type'), { minLength: 1, maxLength: 4 }),
        rest: fc.option(tie('type'), { nil: undefined }),
      })
      .map((tuple): Type => ({ kind: 'tuple', ...tuple })),
    tie('type').map((values): Type => ({ kind: 'record', values })),
    { weight: 3, arbitrary: objectType(tie('type')) },
    { weight: 2, arbitrary: fc.array(tie('type'), { minLength: 2, maxLength: 5 }).map(unite) },
    { weight: 2, arbitrary: fc.array(tie('type'), { minLength: 2, maxLength: 4 }).map(intersect) },
    tagged(tie('type')),
  ),
})).type;

function objectType(inner: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  const property: fc.Arbitrary<Property> = fc.record({
    name: propertyName,
    type: inner,
    required: fc.boolean(),
    doc,
  });
  return fc
    .record({
      properties: fc.uniqueArray(property, { selector: ({ name }) => name, maxLength: 5 }),
      rest: fc.option(inner, { nil: undefined, freq: 6 }),
    })
    .map((object): Type => ({ kind: 'object', ...object }));
}

/** A discriminated union: `(Cat & { kind: 'cat' }) | …`. */
function tagged(inner: fc.Arbitrary<Type>): fc.Arbitrary<Type> {
  const member = fc.tuple(
    inner,
    propertyName,
    fc.array(literalValue, { minLength: 1, maxLength: 3 }),
  );
  return fc.array(member, { minLength: 1, maxLength: 4 }).map((members) =>
    unite(
      members.map(([one, name, values]) =>
        intersect([
          one,
          {
            kind: 'object',
            properties: [
              {
                name,
                type: literals(values),
                required: true,
                doc: { summary: '', description: '', deprecated: false },
              },
            ],
          },
        ]),
      ),
    ),
  );
}
