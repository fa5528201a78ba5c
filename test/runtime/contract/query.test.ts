import { describe, expect, test } from 'vitest';
import {
  brackets,
  cookies,
  deepObject,
  delimited,
  exploded,
  reserved,
} from '../../../templates/runtime/params/query.ts';
import { type Pairs, targetOf } from '../../../templates/runtime/request.ts';

const query = (pairs: Pairs): string => targetOf({ id: '', method: 'GET', path: '', query: pairs });
const list = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

/** The table of styles in the OpenAPI Specification 3.0.4, with its own examples. */
describe('query styles as OpenAPI’s table has them', () => {
  test.each([
    ['form', delimited('color', 'blue', ','), '?color=blue'],
    ['form, empty', delimited('color', '', ','), '?color='],
    ['form list', delimited('color', list, ','), '?color=blue,black,brown'],
    ['form object', delimited('color', object, ','), '?color=R,100,G,200,B,150'],
    ['form exploded', exploded('color', 'blue'), '?color=blue'],
    ['form exploded list', exploded('color', list), '?color=blue&color=black&color=brown'],
    ['form exploded object', exploded('color', object), '?R=100&G=200&B=150'],
    ['spaceDelimited list', delimited('color', list, ' '), '?color=blue%20black%20brown'],
    [
      'spaceDelimited object',
      delimited('color', object, ' '),
      '?color=R%20100%20G%20200%20B%20150',
    ],
    ['pipeDelimited list', delimited('color', list, '|'), '?color=blue%7Cblack%7Cbrown'],
    [
      'deepObject',
      deepObject('color', object),
      '?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    ],
  ] as const)('%s', (_name, pairs, expected) => {
    expect(query(pairs)).toBe(expected);
  });
});

describe('brackets', () => {
  const decoded = (value: unknown): string => decodeURIComponent(query(brackets('p', value)));

  test.each([
    ['a list', ['a', 'b'], '?p[]=a&p[]=b'],
    ['a list of objects', [{ k1: 'v1' }, { k1: 'v2', k2: 3 }], '?p[]k1=v1&p[]k1=v2&p[]k2=3'],
    ['a range', { lt: '2024-01-01', gt: undefined }, '?p[lt]=2024-01-01'],
    ['a scalar', 'x', '?p=x'],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['an empty list', [], ''],
  ])('%s', (_name, value, expected) => {
    expect(decoded(value)).toBe(expected);
  });
});

test('deepObject goes down, and repeats the name for arrays', () => {
  const pairs = deepObject('f', { a: { b: 1 }, c: ['x', 'y'], d: undefined });
  expect(decodeURIComponent(query(pairs))).toBe('?f[a][b]=1&f[c]=x&f[c]=y');
});

test('delimiters inside values are encoded, and only there', () => {
  expect(query(delimited('a', ['x,y', 'z&w'], ','))).toBe('?a=x%2Cy,z%26w');
});

test('reserved leaves reserved characters, but not those that would end the value', () => {
  expect(query(reserved('a', "/b?c=d:e@f;g,h!$'()*&i#j+k l"))).toBe(
    "?a=/b?c=d:e@f;g,h!$'()*%26i%23j%2Bk%20l",
  );
  expect(query(reserved('a', undefined))).toBe('');
});

test('inherited properties are no parameters', () => {
  const value: unknown = Object.assign(Object.create({ inherited: 1 }), { own: 2 });
  expect(query(exploded('f', value))).toBe('?own=2');
  expect(decodeURIComponent(query(deepObject('f', value)))).toBe('?f[own]=2');
});

test('cookies are joined, and there is no header without any', () => {
  expect(
    cookies([
      ['a', 1],
      ['b', 'x;y'],
    ]),
  ).toBe('a=1; b=x%3By');
  expect(cookies([['a', undefined]])).toBeUndefined();
});
