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
          text = path('/one/{a}/two/{b}', { a, b });
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
      const fill = (): string => path('/networks/{networkId}/clients', { networkId: value });
      expect(fill).toThrow(TypeError);
      expect(fill).toThrow('bad path parameter networkId');
    },
  );

  test.each([
    [{}],
    [{ id: 'N_1' }],
    [['N_1']],
    [new Map()],
    ['\ud800'],
    ['a\udc00b'],
    [Symbol('N_1')],
  ])('refuses %o, which no segment can hold', (value) => {
    expect(() => path('/networks/{networkId}', { networkId: value })).toThrow(
      'bad path parameter networkId',
    );
  });

  test('names the parameter that is wrong among several', () => {
    const fill = (): string => path('/a/{first}/b/{second-one}', { first: 1, 'second-one': '' });
    expect(fill).toThrow('bad path parameter second-one');
  });

  test('takes a value that has a text of its own in JSON', () => {
    expect(path('/days/{day}', { day: new Date(0) })).toBe('/days/1970-01-01T00%3A00%3A00.000Z');
  });

  test.each([
    ['a/b', '/x/a%2Fb'],
    ['...', '/x/...'],
    ['?x', '/x/%3Fx'],
    ['#', '/x/%23'],
    [0, '/x/0'],
    [false, '/x/false'],
    ['..;', '/x/..%3B'],
  ])('encodes %j', (value, expected) => {
    expect(path('/x/{value}', { value })).toBe(expected);
  });

  test('takes no object for an encoded text', () => {
    const forged: unknown = JSON.parse('{"text":"../..","description":"x"}');
    expect(() => path('/x/{forged}', { forged })).toThrow('bad path parameter forged');
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
    expect(path('/{value}', { value })).toBe(`/${expected}`);
  });

  test('values are encoded inside them, delimiters included', () => {
    expect(path('/{value}', { value: simple(['a,b', 'c/d']) })).toBe('/a%2Cb,c%2Fd');
    expect(path('/{value}', { value: matrix('a;b', 'c=d') })).toBe('/;a%3Bb=c%3Dd');
  });

  test('what they give may not be a segment that leads elsewhere', () => {
    expect(() => path('/{value}/x', { value: label('') })).toThrow(TypeError);
    expect(() => path('/{value}/x', { value: label(['', ''], true) })).toThrow(TypeError);
    expect(() => path('/{value}/x', { value: simple([]) })).toThrow(TypeError);
  });
});
