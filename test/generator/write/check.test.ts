import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, emptyFolder, writeAll } from './folder.ts';

test('passes where the output is what would be generated', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  expect(await writeAll(root, { 'a.ts': 'a\n' }, { check: true })).toMatchObject({
    unchanged: ['a.ts'],
    codes: [],
  });
});

test('names what differs, and writes nothing', async () => {
  const root = emptyFolder();
  await writeAll(root, {
    'same.ts': '1\n',
    'differs.ts': '1\n',
    'stale.ts': '1\n',
    'gone.ts': '1\n',
  });
  rmSync(join(root, 'gone.ts'));
  const before = contentOf(root);

  const files = { 'same.ts': '1\n', 'differs.ts': '2\n', 'gone.ts': '1\n', 'new.ts': '1\n' };
  expect(await writeAll(root, files, { check: true })).toMatchObject({
    created: ['gone.ts', 'new.ts'],
    changed: ['differs.ts'],
    unchanged: ['same.ts'],
    removed: ['stale.ts'],
    codes: ['write/differs'],
    messages: [
      'The output is not what would be generated (files: 2 missing, 1 different, 1 no longer generated).',
    ],
  });
  expect(contentOf(root)).toEqual(before);
});

test('does not make an output that is missing', async () => {
  const root = join(emptyFolder(), 'output');
  expect(await writeAll(root, { 'a.ts': 'a\n' }, { check: true })).toMatchObject({
    created: ['a.ts'],
    codes: ['write/differs'],
  });
  expect(existsSync(root)).toBe(false);
});

test('reports an edited file as different', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(root, 'a.ts'), 'edited\n');
  expect(await writeAll(root, { 'a.ts': 'a\n' }, { check: true })).toMatchObject({
    changed: ['a.ts'],
    codes: ['write/differs'],
  });
});

test('fails where only the record is outdated', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  rmSync(join(root, '.batchwright.json'));
  expect(await writeAll(root, { 'a.ts': 'a\n' }, { check: true })).toMatchObject({
    codes: ['write/differs'],
    messages: ['The output is not what would be generated (.batchwright.json is outdated).'],
  });
});
