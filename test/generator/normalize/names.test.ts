import { describe, expect, test } from 'vitest';
import { ts } from 'ts-morph';
import { camelCase, Names, pascalCase } from '../../../generator/ir/names.ts';
import { propertyName } from '../../../generator/print/text.ts';

describe('a name', () => {
  test.each([
    ['getNetwork', 'getNetwork'],
    ['get_user-by.Id', 'getUserById'],
    ['GET /HTTPServer', 'getHTTPServer'],
    ['Größe ändern', 'großeAndern'],
    ['3d models', '_3dModels'],
    ['ネットワーク 한국어', 'ネットワーク한국어'],
    ['*/}; //', ''],
    // Letters that Unicode has had for less long than compilers know it, and rare ones.
    ['a\ua7cbb', 'aB'],
    ['a\u{1d7d8}b \u{10330}', 'a0b'],
  ])('is made of %j: %j', (text, name) => {
    expect(camelCase(text)).toBe(name);
  });

  test('stays short, and tells texts apart that differ in what was cut off', () => {
    const [one, two] = ['1', '2'].map((end) => pascalCase(`${'long '.repeat(100)}${end}`));
    expect(one).toHaveLength(80);
    expect(two).toHaveLength(80);
    expect(one).not.toBe(two);
  });

  test('is made of ten million capitals as quickly as of ten', () => {
    expect(pascalCase('A'.repeat(10_000_000))).toHaveLength(80);
  });
});

describe('names', () => {
  test('are given out once, the first candidate that is free first', () => {
    const names = new Names({ reserved: ['a'] });
    expect([names.claim('a', 'b'), names.claim('a', 'b'), names.claim('b')]).toEqual([
      'b',
      'b2',
      'b3',
    ]);
  });

  test('of twenty thousand things that are called the same take their numbers in turn', () => {
    const names = new Names();
    for (let count = 1; count < 20_000; count += 1) names.claim('same');
    expect(names.claim('same')).toBe('same20000');
  });
});

test('A property name stands without quotes where a compiler takes it for one', () => {
  const names = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).flatMap(
    (character) => [`${character}a`, `a${character}`].filter((name) => propertyName(name) === name),
  );
  const refused = names.filter(
    (name) =>
      ![...name].every((character, index) =>
        index === 0
          ? ts.isIdentifierStart(character.charCodeAt(0), ts.ScriptTarget.ES2022)
          : ts.isIdentifierPart(character.charCodeAt(0), ts.ScriptTarget.ES2022),
      ),
  );
  expect(names.length).toBeGreaterThan(40_000);
  expect(refused).toEqual([]);
});
