import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokensOf } from '../../../templates/explorer/page/highlight.ts';

test('tells comments, texts, keywords and names apart', () => {
  const code = "/** It's. */\nexport type A = 'b' | string;";
  const tokens = tokensOf(code).filter(({ kind }) => kind !== 'other');
  expect(tokens).toEqual([
    { kind: 'comment', text: "/** It's. */" },
    { kind: 'keyword', text: 'export' },
    { kind: 'keyword', text: 'type' },
    { kind: 'name', text: 'A' },
    { kind: 'string', text: "'b'" },
    { kind: 'keyword', text: 'string' },
  ]);
});

test.each([`'it\\'s' A`, `"a'b" A`, '`a${b}` A', '// x\nA'])(
  'goes on behind a text or a comment: %s',
  (code) => {
    expect(tokensOf(code).at(-1)).toEqual({ kind: 'name', text: 'A' });
  },
);

test('loses nothing of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (code) => {
      expect(
        tokensOf(code)
          .map(({ text }) => text)
          .join(''),
      ).toBe(code);
    }),
  );
});
