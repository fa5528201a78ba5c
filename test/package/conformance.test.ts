import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/conformance.md', root), 'utf8');
const named = [...page.matchAll(/`(test\/[^` ]+)`/g)].map(([, path = '']) => path);

test('each test that docs/conformance.md names is there', () => {
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test.each(['Parameters', 'Bodies', 'Answers', 'Streams', 'Security', 'Pages'])(
  'the table of %s is run by a test that is named above it',
  (heading) => {
    const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
    const [before = ''] = section.split('\n|');
    const [, path] = /`(test\/[^`]+\.test\.ts)`/.exec(before) ?? [];
    expect(path).toBeDefined();
    expect(existsSync(new URL(path ?? '', root))).toBe(true);
  },
);

/** The rows that end in a test and its name. */
const statements = [...page.matchAll(/\| `(test\/[^`]+)` +\| ([^|]+) \|$/gm)].map(
  ([, path = '', name = '']) => ({ path, name: name.trim() }),
);

test('each statement of a vendor, and each rule, is shown by a test that is there', () => {
  expect(statements.length).toBeGreaterThan(60);
  const missing = statements.filter(({ path, name }) => {
    const text = readFileSync(new URL(path, root), 'utf8');
    // A name that a test takes from its table has a place in it.
    return !text.includes(`'${name}'`) && !text.startsWith(`# ${name}\n`);
  });
  expect(missing).toEqual([]);
});

test('the figures of the corpus are those that its script has written', () => {
  const report = readFileSync(new URL('docs/corpus-listings.md', root), 'utf8');
  const figure = (label: string): string =>
    new RegExp(`^\\| ${label} +\\| +(\\d+) \\|$`, 'm').exec(report)?.[1] ?? `no ${label}`;
  const [before, now, lost] = [
    figure('listings before'),
    figure('listings now'),
    figure('lost, each of them below'),
  ];
  const [section = ''] = page.split('### Published documents')[1]?.split('\n#') ?? [];
  expect(section).toContain(`${before} operations were listings`);
  expect(section).toContain(`${now} are now`);
  expect(section).toContain(`each of the ${lost} that are lost`);
});
