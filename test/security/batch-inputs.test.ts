import { describe, expect, test } from 'vitest';
import { action } from '../../templates/runtime/batch/action/action.ts';
import { path } from '../../templates/runtime/batch/action/path.ts';

function withHeader(name: string, value: string | readonly string[]): unknown {
  return action('change', { method: 'PUT', url: '/a', headers: [[name, value]] });
}

function withBody(body: unknown): unknown {
  return action('change', { method: 'PUT', url: '/a', body });
}

describe('a header of an action is refused', () => {
  test.for(['1\r\nX-Admin: 1', '1\n', '\r', 'a\0b'])('whose value is %j', (value) => {
    expect(() => withHeader('If-Match', value)).toThrow(TypeError);
  });

  test('where one of several values has a line break', () => {
    expect(() => withHeader('X-Tags', ['a', 'b\r\nX: c'])).toThrow(TypeError);
  });

  test.for(['X\r\nY', 'X: Y', '', 'X Y'])('whose name is %j', (name) => {
    expect(() => withHeader(name, '1')).toThrow(TypeError);
  });

  test('and no other', () => {
    expect(withHeader('If-Match', '"é\t1"')).toMatchObject({ headers: [['If-Match', '"é\t1"']] });
  });
});

describe('a lone surrogate is refused', () => {
  test.for([['\ud800'], [{ name: 'a\udc00' }], [[{ 'b\ud801': 1 }]], ['\udc00\ud800']] as const)(
    'in the body %j',
    ([body]) => {
      expect(() => withBody(body)).toThrow(TypeError);
    },
  );

  test('in a path parameter', () => {
    expect(() => path('/networks/{value}', { value: '\ud800' })).toThrow(TypeError);
  });

  test('and no whole pair', () => {
    expect(withBody('\u{1f600}')).toMatchObject({ body: '\u{1f600}' });
  });
});

describe('a body is refused that is', () => {
  test.for([
    ['a map', new Map([['a', 1]])],
    ['a set', new Set([1])],
    ['a pattern', /a/],
    ['an error', new Error('a')],
    ['a blob', new Blob(['a'])],
    ['bytes', new Uint8Array(2)],
    ['a buffer', new ArrayBuffer(2)],
    ['a view', new DataView(new ArrayBuffer(2))],
    ['a form', new FormData()],
    ['a promise', Promise.resolve(1)],
  ] as const)('%s', ([, value]) => {
    expect(() => withBody({ deep: [value] })).toThrow(
      /deep\[0\] is of type \w+, which JSON cannot/,
    );
  });
});
