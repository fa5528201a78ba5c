import fc from 'fast-check';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { objectOf } from '../../../generator/json/narrow.ts';
import { validatorCode } from '../../../generator/load/validate/compile.ts';
import {
  countKeys,
  JsonSyntaxError,
  mostKeys,
  placesOfJson,
} from '../../../generator/load/parse/json-offsets.ts';
import { placeOfJson } from '../../../generator/load/parse/json-place.ts';
import { Positions } from '../../../generator/load/parse/positions.ts';
import { placesOfYaml } from '../../../generator/load/parse/yaml.ts';

type Places = readonly (readonly string[])[];

/** The keys that lead to each value in a tree. */
function placesIn(value: unknown, keys: readonly string[] = []): Places {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...keys, key];
    return [path, ...placesIn(child, path)];
  });
}

/** What the members of a tree have for members. */
function namesIn(value: unknown): ReadonlyMap<string, ReadonlySet<string>> {
  const inside = Object.entries(objectOf(value));
  return new Map(inside.map(([name, inner]) => [name, new Set(Object.keys(objectOf(inner)))]));
}

const key = fc.stringMatching(/^[a-z0-9/~ "\\é-]{1,8}$/).filter((text) => text.trim() === text);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.constantFrom(null, true, 1.5, '', 'a: b', '# c', 'two\nlines', '- x', ':y'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
  ),
}));

test('finds each value of a JSON text by its key', () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const lines = text.split('\n');
      const positions = new Positions(text, placesOfJson);
      const late = new Positions(text, placesOfJson, (json) => placeOfJson(json, namesIn(value)));
      for (const keys of placesIn(value)) {
        const { line, column } = positions.locate(keys);
        expect(late.locate(keys)).toEqual({ line, column });
        const rest = lines[line - 1]?.slice(column - 1) ?? '';
        if (rest.startsWith(`${JSON.stringify(keys.at(-1))}:`)) continue;
        // In a list, the item itself.
        expect(keys.at(-1)).toMatch(/^\d+$/);
      }
      const texts = text.match(/"(?:[^"\\]|\\.)*":?/g) ?? [];
      const count = texts.filter((one) => one.endsWith('":')).length;
      expect(countKeys(text)).toBe(count);
      expect(mostKeys(text)).toBe(count + text.split('":y"').length - 1);
      expect(mostKeys(text.replaceAll('":', '" :'))).toBe(text.includes('":') ? Infinity : 0);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('takes no escaped quote for the end of a key', () => {
  expect(mostKeys(JSON.stringify({ a: 'b":', 'c\\': '\\":', '"': ':d' }))).toBe(4);
});

test('finds each value of a YAML text by its key', () => {
  fc.assert(
    fc.property(fc.dictionary(key, tree), fc.constantFrom(-1, 2), (value, flowLevel) => {
      const text = dump(value, { noRefs: true, flowLevel });
      const lines = text.split('\n');
      const positions = new Positions(text, placesOfYaml);
      for (const keys of placesIn(value)) {
        const { line, column } = positions.locate(keys);
        const rest = lines[line - 1]?.slice(column - 1) ?? '';
        const last = keys.at(-1) ?? '';
        const written = dump(last, { flowLevel: 0 }).trim();
        if (rest.startsWith(written) || rest.startsWith(`"${last}`)) continue;
        expect(last).toMatch(/^\d+$/);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('finds what stands in a YAML text with anchors, merge keys and comments', () => {
  const text = `# comment
a: &x   # comment
  b: 1
"c d": [1, {e: 2}, ]
? f
: g
h:
- i
-   j: k
    l: m
n: {<<: *x, o: *x}
`;
  const positions = new Positions(text, placesOfYaml);
  const where = (...keys: string[]): string => {
    const { line, column } = positions.locate(keys);
    return `${line}:${column}`;
  };
  expect([
    where(),
    where('a'),
    where('a', 'b'),
    where('c d'),
    where('c d', '1', 'e'),
    where('f'),
    where('h', '0'),
    where('h', '1', 'l'),
    where('n', 'o'),
    // Written at the anchor only: the nearest place is where it is used.
    where('n', 'o', 'b'),
    where('nowhere'),
  ]).toEqual(['2:1', '2:1', '3:3', '4:1', '4:13', '5:3', '8:3', '10:5', '11:13', '11:13', '2:1']);
});

test.each([
  ['{"a": 1', 'expected "," or "}", but found the end', 7],
  ['{"a" 1}', 'expected ":", but found "1"', 5],
  ['{a: 1}', 'expected a key in double quotes, but found "a"', 1],
  ['[1, 01]', 'expected "," or "]", but found "1"', 5],
  ['["a', 'the string that begins here has no end', 1],
  ['["\\x"]', 'the string that begins here has an invalid escape or character', 1],
  ['[tru]', 'expected a value, but found "t"', 1],
  ['[] []', 'expected the end, but found "["', 3],
])('says what is wrong with %s', (text, message, offset) => {
  let error;
  try {
    placesOfJson(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toEqual(new JsonSyntaxError(message, offset));
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('keeps the number of errors that a validator notes bounded', () => {
  const code = validatorCode('3.0', 'all');
  // Told as words, as the code is long.
  expect(code.match(/vErrors\.(?:concat|push)\(/g)).toBeNull();
  expect(code.includes('merge(vErrors, ')).toBe(true);
});
