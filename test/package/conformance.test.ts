import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/conformance.md', root), 'utf8');
const headings = ['Parameters', 'Bodies', 'Security', 'The vendors\u2019 documents of batches'];
const rows = page
  .split(/^## /m)
  .filter((section) => headings.some((heading) => section.startsWith(`${heading}\n`)))
  .flatMap((section) =>
    section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2),
  );

test('each row of docs/conformance.md names a test that is there', () => {
  expect(rows.length).toBeGreaterThan(25);
  const missing = rows.filter((row) => {
    const [, path] = /`(test\/[^`]+)` *\|$/.exec(row) ?? [];
    return path === undefined || !existsSync(new URL(path, root));
  });
  expect(missing).toEqual([]);
});

test('each wire test of bodies and security is on the page', () => {
  for (const name of [
    'bytes',
    'encodings-of-forms',
    'parts',
    'parts-related',
    'several-media-types',
  ])
    expect(page).toContain(`test/runtime/wire/bodies/${name}.md`);
});
