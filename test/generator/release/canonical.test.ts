import { describe, expect, it } from 'vitest';
import { canonicalBytes } from '../../../generator/record/canonical.ts';

describe('the text of a document in a record', () => {
  it('has its keys sorted at every depth, and lists as they are', () => {
    const operation = {
      tags: ['b', 'a'],
      responses: { 404: { description: 'none' }, 200: { description: 'one', content: {} } },
      parameters: [{ name: 'id', in: 'path' }],
    };
    expect(textOf({ paths: { '/b': { get: operation }, '/a': {} }, openapi: '3.0.0' })).toBe(
      '{"openapi":"3.0.0","paths":{"/a":{},"/b":{"get":{"parameters":[{"in":"path","name":"id"}],' +
        '"responses":{"200":{"content":{},"description":"one"},"404":{"description":"none"}},' +
        '"tags":["b","a"]}}}}',
    );
  });

  it('does not depend on the order of keys, whatever they are called', () => {
    const member = (key: string): string => `${JSON.stringify(key)}:{"y":[{}],"x":{"${key}":1}}`;
    const keys = ['10', '9', '-1', 'b', 'a', 'ab', '__proto__', 'constructor', 'é', '😀', '\uFFFD'];
    const documentOf = (order: readonly string[], depth: number): unknown => {
      const inner = `{${order.map(member).join()}}`;
      return JSON.parse('{"k":'.repeat(depth) + inner + '}'.repeat(depth));
    };
    for (const depth of [0, 1, 2, 3, 4, 5]) {
      const text = textOf(documentOf(keys, depth));
      expect(JSON.parse(text)).toEqual(documentOf(keys, depth));
      expect(text).toBe(textOf(documentOf(keys.toReversed(), depth)));
      expect(text).toContain('"10":{"x":{"10":1},"y":[{}]}');
    }
  });

  it('is whole where it takes more memory than expected, and where a character is two units', () => {
    const paths = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `/p${index + 100}`,
        { 'x-text': '😀é'.repeat(99) },
      ]),
    );
    const text = JSON.stringify({ paths });
    for (const expected of [0, text.length, 2 * text.length])
      expect(canonicalBytes({ paths }, expected).toString()).toBe(text);
  });

  it('leaves out what is undefined', () => {
    expect(textOf({ b: undefined, a: { d: undefined, c: 1 } })).toBe('{"a":{"c":1}}');
  });
});

function textOf(document: unknown): string {
  return canonicalBytes(document).toString();
}
