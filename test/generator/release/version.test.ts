import { expect, test } from 'vitest';
import { isAbove, raise } from '../../../generator/release/version.ts';

test.each([
  ['1.2.3', 'major', '2.0.0'],
  ['1.2.3', 'minor', '1.3.0'],
  ['1.2.3', 'patch', '1.2.4'],
  ['0.2.3', 'major', '0.3.0'],
  ['0.2.3', 'minor', '0.2.4'],
  ['0.2.3', 'patch', '0.2.4'],
  ['2.0.0-beta.1', 'major', '2.0.0'],
  ['2.1.0-beta.1', 'major', '3.0.0'],
  ['2.1.0-beta.1', 'minor', '2.1.0'],
  ['2.1.1-beta.1', 'minor', '2.2.0'],
  ['2.1.1-beta.1', 'patch', '2.1.1'],
] as const)('raises %s for a %s change to %s', (version, advice, next) => {
  expect(raise(version, advice)).toBe(next);
});

test.each([
  ['1.0.1', '1.0.0', true],
  ['1.10.0', '1.9.0', true],
  ['1.0.0', '1.0.0', false],
  ['1.0.0', '1.0.0-rc.1', true],
  ['1.0.0-rc.10', '1.0.0-rc.9', true],
  ['1.0.0-rc', '1.0.0-1', true],
  ['1.0.0-rc.1', '1.0.0-rc', true],
  ['next', '1.0.0', false],
])('knows whether %s is above %s: %s', (one, other, is) => {
  expect(isAbove(one, other)).toBe(is);
});
