import { expect, test } from 'vitest';
import { plainCode } from '../../../generator/print/code.ts';

test.each([
  ['ends the comment', '*/ run(); /*', '/** Takes *\\/ run(); /\\*. */\n'],
  ['begins a comment', '/* run()', '/** Takes /\\* run(). */\n'],
  ['shows nothing', 'a\u202eb\u200bc', '/** Takes abc. */\n'],
])('A value inside a comment that %s stays inside of it', (_, value, expected) => {
  expect(plainCode`/** Takes ${value}. */\n`).toBe(expected);
});

test('Every value of a comment stays inside of it', () => {
  const end = '*/ run(); /*';
  expect(plainCode`/** ${'a'} and ${end}. */ const a = ${'1'};`).toBe(
    '/** a and *\\/ run(); /\\*. */ const a = 1;',
  );
});

test('A value behind a comment is code', () => {
  expect(plainCode`/** Says what. */\n${'/** one */'}const a = ${'1 /* of */'};`).toBe(
    '/** Says what. */\n/** one */const a = 1 /* of */;',
  );
});
