import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The page for users says which test shows what; this holds it to that. */
const page = readFileSync('docs/reliability.md', 'utf8');
const facts = '../shared/reference/faults.json';

const folder = import.meta.dirname;
const shown = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/['"`](R\d\d): /g)].map(
      ([, id]) => `${id} ${file}`,
    ),
  );

const rows = [...page.matchAll(/^\| (R\d\d) \|.*\|(.*)\|$/gm)].map(([, id = '', tests = '']) => ({
  id,
  files: [...tests.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, file]) => file),
}));

test('every test that the page names is there, and the page names every one', () => {
  const named = rows.flatMap(({ id, files }) => files.map((file) => `${id} ${file}`));
  expect(named.length).toBeGreaterThan(0);
  expect(named.toSorted()).toEqual([...new Set(shown)].toSorted());
});

test('every row names a test, and none comes twice', () => {
  expect(rows.filter(({ files }) => files.length === 0)).toEqual([]);
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted());
});

test.skipIf(!existsSync(facts))(
  'every known fault in the range of a heading has its row (skipped without ../shared)',
  () => {
    const known = (JSON.parse(readFileSync(facts, 'utf8')) as readonly { id: string }[]).map(
      ({ id }) => id,
    );
    const ranges = [...page.matchAll(/^## .* (R\d\d)–(R\d\d)$/gm)];
    expect(ranges.length).toBeGreaterThan(0);
    const expected = known.filter((id) =>
      ranges.some(([, first = '', last = '']) => first <= id && id <= last),
    );
    expect(rows.map(({ id }) => id)).toEqual(expected);
  },
);
