import * as fc from 'fast-check';
import LinkHeader from 'http-link-header';
import { describe, expect, test } from 'vitest';
import { linkTarget } from '../../../templates/runtime/pages/link-header.ts';

const relations = fc.constantFrom('first', 'prev', 'next', 'last', 'self', 'NEXT', 'Next');
const targets = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.constant('/networks?a=1,2;3&startingAfter=N_1'),
  fc.constant('?startingAfter=a,b'),
  fc.constant(''),
);
const space = fc.constantFrom('', ' ', '\t', '  ');
const other = fc.constantFrom(
  '',
  '; title="a, b; c"',
  '; title="say \\"next\\""',
  '; type=text/html',
  '; x="<https://evil.example>; rel=next"',
);

/** A field as servers write it, with quoted and plain relations, several of them, and other parameters. */
const fields = fc
  .array(
    fc
      .record({
        target: targets,
        rels: fc.array(relations, { minLength: 1, maxLength: 3 }),
        quoted: fc.boolean(),
        before: other,
        after: other,
        gap: space,
      })
      .map(({ target, rels, quoted, before, after, gap }) => {
        const rel = quoted || rels.length > 1 ? `"${rels.join(' ')}"` : rels[0];
        return `<${target}>${before}${gap};${gap}rel=${rel}${after}`;
      }),
    { minLength: 1, maxLength: 5 },
  )
  .map((links) => links.join(', '));

describe('linkTarget against http-link-header', () => {
  test('both find the same target for every relation of a well-formed field', () => {
    fc.assert(
      fc.property(fields, fc.constantFrom('next', 'prev', 'first', 'last'), (field, relation) => {
        const link = LinkHeader.parse(field).refs.find(({ rel }) => rel.toLowerCase() === relation);
        expect(linkTarget(field, relation)).toBe(link?.uri);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('linkTarget', () => {
  test.each([
    ['<https://a.example/n>; rel=next', 'https://a.example/n'],
    ['<https://a.example/n>; rel="next"', 'https://a.example/n'],
    ['<https://a.example/n>; REL="prev Next"', 'https://a.example/n'],
    ['<a,b>; rel=prev, <c;d,e>; rel=next', 'c;d,e'],
    ['</x>; rel = "next"', '/x'],
    ['<a>; rel=prev; rel=next', undefined],
    ['<a>; title="b; rel=next"', undefined],
    ['<a>; notrel=next', undefined],
    ['<a>; rel=nextly', undefined],
    ['string', undefined],
    ['', undefined],
    ['<a; rel=next', undefined],
    ['a>; rel=next', undefined],
    ['<<a>>; rel=next', 'a'],
    ['; rel=next', undefined],
    ['<a>, ; rel=prev', undefined],
  ])('%s', (field, expected) => {
    expect(linkTarget(field, 'next')).toBe(expected);
  });

  test('never throws, whatever the field holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>;,="\\ rel next\t') }), (field) => {
        const target = linkTarget(field, 'next');
        expect(target === undefined || field.includes(`<${target}>`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  // A parser that tries every start against the whole rest would need minutes.
  test.each(['<', '<a', '<a>', '"', ';', '; ', ';a="', '<>;a="\\', ';rel=x"', '<a>;rel="a" ', ' '])(
    'gets through a megabyte of %s',
    (piece) => {
      expect(linkTarget(piece.repeat(2 ** 20 / piece.length), 'next')).toBeUndefined();
      expect(linkTarget(`${piece.repeat(2 ** 16)}"><n>;rel=next`, 'next')).toBeTypeOf('string');
    },
  );
});
