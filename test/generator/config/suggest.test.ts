import { expect, test } from 'vitest';
import { suggest } from '../../../generator/diagnostics/suggest.ts';

const words = ['generate', 'inspect', '--check', 'x'];

test.each([
  ['genrate', 'generate'],
  ['generaet', 'generate'],
  ['GENERATE', 'generate'],
  ['generates', 'generate'],
  ['inspct', 'inspect'],
  ['--chekc', '--check'],
])('takes %s for %s', (name, meant) => {
  expect(suggest(name, words)).toBe(meant);
});

test.each(['', 'build', 'gen', 'spectate', 'y'.repeat(100_000)])('takes %s for nothing', (name) => {
  expect(suggest(name, words.slice(0, 3))).toBeUndefined();
});
