import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { path } from '../../../templates/runtime/params/path.ts';
import { label, matrix, simple } from '../../../templates/runtime/params/path-styles.ts';

describe('path', () => {
  test('no value changes the depth of a URL, or its query and fragment', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom(
          '.',
          '/',
          '%',
          '2',
          'e',
          'E',
          'f',
          '?',
          '#',
          '\\',
          '\t',
          '\n',
          ' ',
          ';',
          '@',
          ':',
        ),
      }),
    );
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        let text: string;
        try {
          text = path`/one/${a}/two/${b}`;
        } catch {
          return;
        }
        const url = new URL(`https://host.example/api${text}`);
        expect(url.pathname.split('/')).toHaveLength(6);
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual([
          '',
          'api',
          'one',
          a,
          'two',
          b,
        ]);
        expect([url.host, url.search, url.hash]).toEqual(['host.example', '', '']);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([['.'], ['..'], [''], ['%2e'], ['%2E%2e'], ['.%2e'], [null], [undefined]])(
    'refuses %j, which would lead elsewhere',
    (value) => {
      expect(() => path`/networks/${value as string}/clients`).toThrow(TypeError);
      expect(() => path`/networks/${value as string}/clients`).toThrow('/networks/');
    },
  );

  test.each([
    ['a/b', '/x/a%2Fb'],
    ['...', '/x/...'],
    ['?x', '/x/%3Fx'],
    ['#', '/x/%23'],
    [0, '/x/0'],
    [false, '/x/false'],
    ['..;', '/x/..%3B'],
  ])('encodes %j', (value, expected) => {
    expect(path`/x/${value}`).toBe(expected);
  });

  test('takes no object for an encoded text', () => {
    const forged: unknown = JSON.parse('{"text":"../..","description":"x"}');
    expect(path`/x/${forged as string}`).toBe(
      '/x/%7B%22text%22%3A%22..%2F..%22%2C%22description%22%3A%22x%22%7D',
    );
  });
});

/** The table of styles in the OpenAPI Specification 3.0.4, with its own examples. */
describe('path styles as OpenAPI’s table has them', () => {
  const list = ['blue', 'black', 'brown'];
  const object = { R: 100, G: 200, B: 150 };

  test.each([
    ['simple', simple('blue'), 'blue'],
    ['simple list', simple(list), 'blue,black,brown'],
    ['simple object', simple(object), 'R,100,G,200,B,150'],
    ['simple exploded list', simple(list, true), 'blue,black,brown'],
    ['simple exploded object', simple(object, true), 'R=100,G=200,B=150'],
    ['label', label('blue'), '.blue'],
    ['label list', label(list), '.blue,black,brown'],
    ['label object', label(object), '.R,100,G,200,B,150'],
    ['label exploded list', label(list, true), '.blue.black.brown'],
    ['label exploded object', label(object, true), '.R=100.G=200.B=150'],
    ['matrix', matrix('color', 'blue'), ';color=blue'],
    ['matrix, empty', matrix('color', ''), ';color'],
    ['matrix list', matrix('color', list), ';color=blue,black,brown'],
    ['matrix object', matrix('color', object), ';color=R,100,G,200,B,150'],
    ['matrix exploded list', matrix('color', list, true), ';color=blue;color=black;color=brown'],
    ['matrix exploded object', matrix('color', object, true), ';R=100;G=200;B=150'],
  ])('%s', (_name, value, expected) => {
    expect(path`/${value}`).toBe(`/${expected}`);
  });

  test('values are encoded inside them, delimiters included', () => {
    expect(path`/${simple(['a,b', 'c/d'])}`).toBe('/a%2Cb,c%2Fd');
    expect(path`/${matrix('a;b', 'c=d')}`).toBe('/;a%3Bb=c%3Dd');
  });

  test('what they give may not be a segment that leads elsewhere', () => {
    expect(() => path`/${label('')}/x`).toThrow(TypeError);
    expect(() => path`/${label(['', ''], true)}/x`).toThrow(TypeError);
    expect(() => path`/${simple([])}/x`).toThrow(TypeError);
  });
});
