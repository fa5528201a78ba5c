import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const { '/owners': _, ...pets } = Object(petStore['paths']);
const folder = folderWith({
  'pets.json': JSON.stringify(petStore),
  'old.json': JSON.stringify({ ...petStore, paths: pets }),
  'broken.json': '{',
});

test('writes a page, and says where', async () => {
  const { code, stdout, stderr } = await run(folder, 'explore', 'pets.json');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^explorer\.html is written \(\d+ kB\)\. Open it in a browser\.\n$/);
  expect(readFileSync(join(folder, 'explorer.html'), 'utf8')).toContain('listPets');
});

test('writes to standard output', async () => {
  const { code, stdout, stderr } = await run(folder, 'explore', 'pets.json', '--output', '-');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
});

test('holds the changes since another document', async () => {
  const { stdout } = await run(
    folder,
    'explore',
    'pets.json',
    '--diff',
    'old.json',
    '--output',
    '-',
  );
  expect(stdout).toContain('"rule":"operation-added"');
  const { stdout: plain } = await run(folder, 'explore', 'pets.json', '--output', '-');
  expect(plain).not.toContain('operation-added');
});

test.each([
  ['broken.json', []],
  ['pets.json', ['--diff', 'broken.json']],
  ['none.json', []],
])('writes nothing of a document that cannot be read: %s %j', async (document, options) => {
  const { code, stdout, stderr } = await run(
    folder,
    'explore',
    document,
    ...options,
    '--output',
    '-',
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/error/);
});

test('says why a page cannot be written', async () => {
  const { code, stderr } = await run(folder, 'explore', 'pets.json', '--output', 'none/page.html');
  expect(code).toBe(1);
  expect(stderr).toContain('none/page.html cannot be written: no such file or directory (ENOENT).');
});
