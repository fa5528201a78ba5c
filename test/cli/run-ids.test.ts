import { expect, test } from 'vitest';
import { newId } from '../../templates/cli-runtime/run/run-folder.ts';

test.each([
  [0, 1],
  [9, 10],
  [15, 16],
  [99, 100],
  [255, 256],
  [998, 999],
])('a run of millisecond %i is listed before one of millisecond %i', (first, second) => {
  const at = (ms: number): string => newId(new Date(Date.UTC(2026, 6, 31, 12, 0, 0, ms)));
  for (let tries = 0; tries < 50; tries += 1)
    expect([at(second), at(first)].toSorted()[0]).toMatch(
      new RegExp(`-${first.toString(16).padStart(3, '0')}`),
    );
});

test('the id of a run says when it began, and differs', () => {
  const now = new Date(Date.UTC(2026, 6, 31, 12, 0, 0, 7));
  const ids = new Set(Array.from({ length: 20 }, () => newId(now)));
  expect(ids.size).toBeGreaterThan(1);
  for (const id of ids) expect(id).toMatch(/^20260731T120000-007[0-9a-f]{3}$/);
});
