import fc from 'fast-check';
import { util } from 'prettier';
import { builders, printer } from 'prettier/doc';
import { expect, test } from 'vitest';
import {
  align,
  type Breakable,
  breakParent,
  conditionalGroup,
  group,
  hardline,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  printBreakable,
  softline,
} from '../../../generator/print/breakable.ts';
import { fits, widthOf } from '../../../generator/print/width.ts';

/** The same text with places to break, as ours and as prettier's. */
type Pair = readonly [ours: Breakable, theirs: builders.Doc];

const ours = (pairs: readonly Pair[]): readonly Breakable[] => pairs.map(([one]) => one);
const theirs = (pairs: readonly Pair[]): builders.Doc[] => pairs.map(([, one]) => one);

const leaf: fc.Arbitrary<Pair> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.stringMatching(/^[a-z]{0,45}[ ,]?$/).map((text): Pair => [text, text]),
  },
  fc.constantFrom<Pair>(
    ['Länge日本', 'Länge日本'],
    [line, builders.line],
    [softline, builders.softline],
    [line, builders.line],
  ),
);

const { pair } = fc.letrec<{ pair: Pair }>((tie) => {
  const list = fc.array(tie('pair'), { minLength: 1, maxLength: 5 });
  return {
    pair: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      list.map((all): Pair => [ours(all), theirs(all)]),
      list.map((all): Pair => [
        join([',', line], ours(all)),
        builders.join([',', builders.line], theirs(all)),
      ]),
      list.map((all): Pair => [indent(ours(all)), builders.indent(theirs(all))]),
      list.map((all): Pair => [align(3, ours(all)), builders.align(3, theirs(all))]),
      list.map((all): Pair => [group(ours(all)), builders.group(theirs(all))]),
      list.map((all): Pair => [
        group([...ours(all), hardline, 'x']),
        builders.group([...theirs(all), builders.hardline, 'x']),
      ]),
      fc
        .tuple(tie('pair'), tie('pair'))
        .map(([[a, b], [c, d]]): Pair => [ifBreak(a, c), builders.ifBreak(b, d)]),
      fc.tuple(tie('pair'), tie('pair')).map(([[a, b], [c, d]]): Pair => {
        const gap = group(a);
        const id = Symbol('gap');
        return [
          [gap, indentIfBreak(c, gap)],
          [builders.group(b, { id }), builders.indentIfBreak(d, { groupId: id })],
        ];
      }),
      fc.tuple(leaf, leaf, fc.boolean()).map(([[a, b], [c, d], isBroken]): Pair => {
        const states: Breakable = conditionalGroup([
          ['(', a, group([c, softline]), ')'],
          ['(', a, group([c, softline], true), ')'],
          group(['(', indent([softline, a, line, c]), softline, ')'], true),
        ]);
        const { softline: soft, line: space } = builders;
        const known: builders.Doc = builders.conditionalGroup([
          ['(', b, builders.group([d, soft]), ')'],
          ['(', b, builders.group([d, soft], { shouldBreak: true }), ')'],
          builders.group(['(', builders.indent([soft, b, space, d]), soft, ')'], {
            shouldBreak: true,
          }),
        ]);
        return isBroken
          ? [
              [breakParent, states],
              [builders.breakParent, known],
            ]
          : [states, known];
      }),
    ),
  };
});

test('Text with places to break is printed as prettier prints it', () => {
  fc.assert(
    fc.property(pair, ([own, known]) => {
      const { formatted } = printer.printDocToString(known, { printWidth: 100, tabWidth: 2 });
      expect(printBreakable(own)).toBe(formatted);
    }),
    { numRuns: 5_000 },
  );
});

test('Every character takes as many columns as prettier counts', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x20000; code += 1) {
    const character = String.fromCodePoint(code);
    if (widthOf(character) !== util.getStringWidth(character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('A text of wide letters fits by its columns', () => {
  expect(fits('日'.repeat(50), 0)).toBe(true);
  expect(fits('日'.repeat(50), 1)).toBe(false);
  expect(fits('é'.repeat(100), 0)).toBe(true);
  expect(fits('é'.repeat(101), 0)).toBe(false);
  expect(fits('a\nb', 0)).toBe(false);
});
