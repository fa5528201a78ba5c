import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}SECURITY.md`, 'utf8');
const promised = page.slice(page.indexOf('promised\n'), page.indexOf('## What is not promised'));
const promises = [...promised.matchAll(/^- (.+)$/gm)].map(([, text = '']) => text);
const rows = [...page.matchAll(/^\| ([^|]+?) +\| `([^`]+)` +\| (.+?) +\|$/gm)].map(
  ([, promise = '', file = '', title = '']) => ({ promise, file, title }),
);

describe('each promise of SECURITY.md has a test', () => {
  test.each(promises)('%s', (text) => {
    expect(rows.filter(({ promise }) => text.startsWith(promise))).not.toEqual([]);
  });
});

describe('the table of SECURITY.md is true', () => {
  test.each(rows)('$promise', ({ promise, file, title }) => {
    expect(promises.filter((text) => text.startsWith(promise))).toHaveLength(1);
    expect(existsSync(root + file)).toBe(true);
    // A title ends with its quote, or goes on with what skips it on some systems.
    const titles = ["('", '(`', "\n  '"].map((before) => before + title);
    const text = readFileSync(root + file, 'utf8');
    expect(titles.some((each) => text.includes(each))).toBe(true);
  });
});

test('the table has a row for each promise', () => {
  expect(rows.length).toBeGreaterThanOrEqual(promises.length);
  expect(promises.length).toBeGreaterThan(15);
});
