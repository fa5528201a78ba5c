import { describe, expect, test } from 'vitest';
import {
  isBelow,
  nearestAbove,
  pathsAbove,
} from '../../../templates/runtime/batch/action/paths-above.ts';

describe('the paths above', () => {
  test.each([
    ['a', []],
    ['a/b/c', ['a/b', 'a']],
    ['/networks/N', ['/networks', '']],
    ['/b', ['']],
    ['/', ['']],
    ['//', ['/', '']],
    ['a//b', ['a/', 'a']],
    ['', []],
  ])('%j', (path, above) => {
    expect([...pathsAbove(path)]).toEqual(above);
  });

  test('the nearest one counts', () => {
    const paths = new Set(['a', 'a/b', '']);
    expect(nearestAbove('a/b/c', paths)).toBe('a/b');
    expect(nearestAbove('/x', paths)).toBe('');
    expect(nearestAbove('x/y', paths)).toBeUndefined();
    expect(isBelow('a/b', paths)).toBe(true);
    expect(isBelow('a', paths)).toBe(false);
  });
});
