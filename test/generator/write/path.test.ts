import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, emptyFolder, writeAll } from './folder.ts';

const hostile = [
  '',
  '/etc/passwd',
  '../outside.ts',
  'src/../../outside.ts',
  'src/./a.ts',
  'src//a.ts',
  'src/',
  'C:\\x.ts',
  'C:/x.ts',
  '..\\outside.ts',
  'a\0.ts',
  'a\n.ts',
  'a\u202Ets.exe',
  'a\uD800.ts',
  'CON',
  'src/con.ts',
  'NUL.tar.gz',
  'com1.ts',
  'LPT¹.ts',
  'a.ts.',
  'a ',
  'a?.ts',
  `${'x'.repeat(300)}.ts`,
  'ü'.repeat(128),
  '.git/hooks/pre-commit',
  'src/.GIT/config',
  '.batchwright.json',
  '.batchwright-1/a.ts',
];

test.each(hostile)('refuses to write %j', async (path) => {
  const root = join(emptyFolder(), 'output');
  const files = { 'a.ts': 'a\n', [path]: 'x\n' };
  expect(await writeAll(root, files, { force: true })).toMatchObject({ codes: ['write/path'] });
  expect(readdirSync(join(root, '..'))).toEqual([]);
});

const harmless = ['console.ts', 'src/community.ts', 'nullable.ts', '.gitignore', 'a b.ts', 'ü.ts'];

test.each(harmless)('writes %j', async (path) => {
  const root = emptyFolder();
  expect(await writeAll(root, { [path]: 'x\n' })).toMatchObject({ created: [path], codes: [] });
});

test.each([
  [['Networks.ts', 'networks.ts']],
  [['src/A/x.ts', 'src/a/x.ts']],
  [['\u00E9.ts', 'e\u0301.ts']],
  [['a', 'a/b.ts']],
  [['a/b.ts', 'A']],
])('refuses paths that are the same place on some file system: %j', async (paths) => {
  const root = emptyFolder();
  const files = Object.fromEntries(paths.map((path) => [path, 'x\n']));
  expect(await writeAll(root, files)).toMatchObject({ codes: ['write/path'] });
  expect(contentOf(root)).toEqual({});
});

test('does not follow a link from the output to another folder', async () => {
  const outside = emptyFolder();
  const root = emptyFolder();
  symlinkSync(outside, join(root, 'src'), 'junction');

  const forced = await writeAll(root, { 'src/a.ts': 'a\n' }, { force: true });
  expect(forced).toMatchObject({ codes: ['write/blocked'] });
  expect(readdirSync(outside)).toEqual([]);
});

test('does not write through a link to another file', async () => {
  const outside = join(emptyFolder(), 'mine.ts');
  const root = emptyFolder();
  writeFileSync(outside, 'mine\n');
  symlinkSync(outside, join(root, 'a.ts'));

  const forced = await writeAll(root, { 'a.ts': 'a\n' }, { force: true });
  expect(forced).toMatchObject({ codes: ['write/blocked'] });
  expect(readFileSync(outside, 'utf8')).toBe('mine\n');
});

test('does not remove a stale file through a link to another folder', async () => {
  const outside = emptyFolder();
  const root = emptyFolder();
  writeFileSync(join(outside, 'a.ts'), 'a\n');
  await writeAll(root, { 'b.ts': 'b\n', 'src/a.ts': 'a\n' });
  const elsewhere = emptyFolder();
  mkdirSync(join(elsewhere, 'output'));
  const output = join(elsewhere, 'output');
  writeFileSync(
    join(output, '.batchwright.json'),
    readFileSync(join(root, '.batchwright.json'), 'utf8'),
  );
  symlinkSync(outside, join(output, 'src'), 'junction');

  expect(await writeAll(output, { 'b.ts': 'b\n' })).toMatchObject({ removed: [], codes: [] });
  expect(contentOf(outside)).toEqual({ 'a.ts': 'a\n' });
});

test('does not remove a file outside that a forged record names', async () => {
  const folder = emptyFolder();
  const root = join(folder, 'output');
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(folder, 'mine.ts'), 'a\n');
  const record = readFileSync(join(root, '.batchwright.json'), 'utf8');
  writeFileSync(join(root, '.batchwright.json'), record.replace('"a.ts"', '"../mine.ts"'));

  expect(await writeAll(root, {})).toMatchObject({ removed: [], codes: ['write/manifest'] });
  expect(readFileSync(join(folder, 'mine.ts'), 'utf8')).toBe('a\n');
});

test('writes to an output that is itself a link', async () => {
  const folder = emptyFolder();
  const link = join(emptyFolder(), 'output');
  symlinkSync(folder, link, 'junction');
  expect(await writeAll(link, { 'a.ts': 'a\n' })).toMatchObject({ created: ['a.ts'], codes: [] });
  expect(contentOf(folder)).toEqual({ 'a.ts': 'a\n' });
});
