import fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import {
  array,
  arrow,
  binary,
  call,
  constant,
  type Expression,
  expression,
  literal,
  type Member,
  object,
  spread,
  text,
} from '../../../generator/print/expression.ts';
import { propertyName } from '../../../generator/print/text.ts';

const name = fc
  .tuple(fc.constantFrom('a', 'key', 'input', 'networkId', 'input.organizationId'), fc.nat(30))
  .map(([stem, length]) => stem + 'Abcdefghij'.repeat(3).slice(0, length));
const identifier = name.map((one) => one.replace('.', ''));

const number = fc.integer({ min: -1_000, max: 1_000 });
const numbers = fc.array(number.map(expression), { minLength: 1, maxLength: 40 }).map(array);

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 3, arbitrary: name.map(text) },
  {
    weight: 3,
    arbitrary: fc.string({ maxLength: 40, unit: fc.constantFrom(...'ab -"\'') }).map(expression),
  },
  number.map(expression),
);

const { value } = fc.letrec<{ value: Expression; list: readonly Expression[]; member: Member }>(
  (tie) => ({
    list: fc.array(tie('value'), { maxLength: 4 }),
    member: fc.tuple(identifier.map(propertyName), tie('value')),
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      numbers,
      fc
        .tuple(tie('list'), fc.boolean(), name)
        .map(([items, spreads, one]) =>
          array(spreads ? [...items, spread(call(one, ...items))] : items),
        ),
      fc.tuple(identifier, tie('list')).map(([callee, args]) => call(callee, ...args)),
      fc
        .uniqueArray(tie('member'), { selector: ([key]) => key, minLength: 1, maxLength: 4 })
        .map(object),
    ),
  }),
);

const made = fc
  .tuple(identifier, fc.array(value, { maxLength: 4 }))
  .map(([callee, args]) => call(callee, ...args));

/** A choice is between a name and what is neither a list nor an object. */
const whole = fc.oneof(
  { weight: 3, arbitrary: value },
  { weight: 2, arbitrary: made },
  fc.tuple(name, fc.oneof(leaf, made)).map(([left, right]) => binary(text(left), '??', right)),
);

const settings = { parser: 'typescript', printWidth: 100, singleQuote: true };

test('Expressions are printed as prettier prints them', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(identifier, whole, async (key, one) => {
      const printed = [
        `const made = ${literal([[key, one]], 0)};\n`,
        `const nested = {\n  inner: ${literal([[key, one]], 2)},\n};\n`,
        ...(one.kind === 'call'
          ? [`${constant(key, one)}\n`, `${arrow('const give = () =>', one)}\n`]
          : []),
      ];
      for (const each of printed) expect(each).toBe(await format(each, settings));
    }),
    { seed: 1, numRuns: 2_000 },
  ),
);
