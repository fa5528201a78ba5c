import { describe, expect, test } from 'vitest';
import {
  brackets,
  cookies,
  deepObject,
  delimited,
  exploded,
} from '../../../templates/runtime/params/query.ts';
import { reservedPairs } from '../../../templates/runtime/params/reserved.ts';
import type { Pairs } from '../../../templates/runtime/call.ts';
import { targetOf } from '../../../templates/runtime/request.ts';

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

describe('reserved', () => {
  test.each([
    [
      'reserved characters, but not those that would end the value',
      "/b?c=d:e@f;g,h!$'()*&i#j+k l",
      "/b?c=d:e@f;g,h!$'()*%26i%23j%2Bk%20l",
    ],
    ['percent-encoded triples', 'a/b%20c%2Fd%C3%A9', 'a/b%20c%2Fd%C3%A9'],
    ['a triple of what would end the value', 'a%26b%23c', 'a%26b%23c'],
    ['an encoded percent sign', 'a%2520b', 'a%2520b'],
    ['and encodes a percent sign that begins no triple', '100% of %zz', '100%25%20of%20%25zz'],
  ])('leaves %s', (_name, given, expected) => {
    expect(query(reservedPairs([['a', given]]))).toBe(`?a=${expected}`);
  });

  test('leaves out what is absent', () => {
    expect(query(reservedPairs([['a', undefined]]))).toBe('');
  });

  test('leaves what is encoded already', () => {
    expect(query(reservedPairs(delimited('a', ['x,y', 'z'], ',')))).toBe('?a=x%2Cy,z');
  });
});

describe('an object where a scalar is expected is JSON', () => {
  const item = { id: 'a b' };
  test.each([
    ['in a list', exploded('p', [item]), '?p={"id":"a b"}'],
    ['in a delimited list', delimited('p', [item, 'x'], ','), '?p={"id":"a b"},x'],
    ['in an object', exploded('p', { q: item }), '?q={"id":"a b"}'],
    ['in brackets', brackets('p', [{ q: item }]), '?p[]q={"id":"a b"}'],
    ['in a list of deepObject, by numbers', deepObject('p', { q: [item] }), '?p[q][0][id]=a b'],
  ])('%s', (_name, pairs, expected) => {
    expect(decodeURIComponent(query(pairs))).toBe(expected);
  });
});

test('a date is its own text, wherever it stands', () => {
  const day = new Date(Date.UTC(2026, 0, 2));
  const text = '2026-01-02T00:00:00.000Z';
  expect(decodeURIComponent(query([['a', day]]))).toBe(`?a=${text}`);
  expect(decodeURIComponent(query(deepObject('a', { gt: day })))).toBe(`?a[gt]=${text}`);
  expect(decodeURIComponent(query(brackets('a', { gt: day })))).toBe(`?a[gt]=${text}`);
  expect(decodeURIComponent(query(exploded('a', day)))).toBe(`?a=${text}`);
});

test('a list of deepObject is numbered where that is asked for', () => {
  expect(decodeURIComponent(query(deepObject('a', ['x', 'y'], true)))).toBe('?a[0]=x&a[1]=y');
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
