import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, emptyFolder, writeAll } from './folder.ts';

const quiet = { created: [], changed: [], unchanged: [], removed: [], kept: [], codes: [] };

test('writes files into an output that does not exist yet', async () => {
  const root = join(emptyFolder(), 'deep', 'output');

  expect(await writeAll(root, { 'a.ts': 'a\n', 'src/b.ts': 'b\n' })).toMatchObject({
    ...quiet,
    created: ['a.ts', 'src/b.ts'],
  });
  expect(contentOf(root)).toEqual({ 'a.ts': 'a\n', 'src/b.ts': 'b\n' });
});

test('does not touch a file whose text is the same', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n', 'b.ts': 'b\n' });
  const before = ['a.ts', 'b.ts'].map((path) => statSync(join(root, path), { bigint: true }));

  expect(await writeAll(root, { 'a.ts': 'a\n', 'b.ts': 'new\n' })).toMatchObject({
    ...quiet,
    changed: ['b.ts'],
    unchanged: ['a.ts'],
  });
  const after = ['a.ts', 'b.ts'].map((path) => statSync(join(root, path), { bigint: true }));
  expect([after[0]?.ino, after[0]?.mtimeNs]).toEqual([before[0]?.ino, before[0]?.mtimeNs]);
  expect(after[1]?.ino).not.toBe(before[1]?.ino);
});

test('touches nothing at all when nothing changed', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  const before = statSync(root, { bigint: true }).mtimeNs;

  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ ...quiet, unchanged: ['a.ts'] });
  expect(statSync(root, { bigint: true }).mtimeNs).toBe(before);
});

test('leaves nothing behind but the files and their record', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  await writeAll(root, { 'a.ts': 'b\n', 'src/c.ts': 'c\n' });
  expect(Object.keys(contentOf(root))).toEqual(['a.ts', 'src/c.ts']);
});

test('records the digest of each file, sorted, and nothing else that changes', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'b.ts': 'b\n', 'a.ts': 'a\n' });
  expect(readFileSync(join(root, '.batchwright.json'), 'utf8')).toBe(
    `{
  "note": "What batchwright emitted, as SHA-256, so that it never overwrites what it did not write.",
  "files": {
    "a.ts": "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7",
    "b.ts": "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f"
  }
}
`,
  );
});

test('removes what it wrote and no longer emits, and the folder that becomes empty', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n', 'old/deep/b.ts': 'b\n' });

  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({
    ...quiet,
    unchanged: ['a.ts'],
    removed: ['old/deep/b.ts'],
  });
  expect(existsSync(join(root, 'old'))).toBe(false);
});

test('leaves files alone that it did not write', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n' });
  writeFileSync(join(root, 'src', 'mine.ts'), 'mine\n');

  await writeAll(root, {});
  expect(contentOf(root)).toEqual({ [join('src', 'mine.ts')]: 'mine\n' });
});

test('does not overwrite a file that was edited by hand, and writes nothing else either', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n', 'b.ts': 'b\n' });
  writeFileSync(join(root, 'a.ts'), 'edited\n');

  expect(await writeAll(root, { 'a.ts': 'new\n', 'b.ts': 'new\n', 'c.ts': 'c\n' })).toMatchObject({
    codes: ['write/edited'],
    files: ['a.ts'],
  });
  expect(contentOf(root)).toEqual({ 'a.ts': 'edited\n', 'b.ts': 'b\n' });
});

test('refuses an edited file also where the document did not change', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(root, 'a.ts'), 'edited\n');
  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ codes: ['write/edited'] });
  expect(contentOf(root)).toEqual({ 'a.ts': 'edited\n' });
});

test('overwrites an edited file with force', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(root, 'a.ts'), 'edited\n');

  expect(await writeAll(root, { 'a.ts': 'new\n' }, { force: true })).toMatchObject({
    ...quiet,
    changed: ['a.ts'],
  });
  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ ...quiet, changed: ['a.ts'] });
});

test('takes an edit that says what would be generated for generated', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(root, 'a.ts'), 'new\n');

  expect(await writeAll(root, { 'a.ts': 'new\n' })).toMatchObject({
    ...quiet,
    unchanged: ['a.ts'],
  });
  expect(await writeAll(root, { 'a.ts': 'newer\n' })).toMatchObject({
    ...quiet,
    changed: ['a.ts'],
  });
});

test('does not take line ends that a checkout turned into CRLF for an edit', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\nü\n' });
  writeFileSync(join(root, 'a.ts'), 'a\r\nü\r\n');

  expect(await writeAll(root, { 'a.ts': 'a\nü\n' })).toMatchObject({
    ...quiet,
    unchanged: ['a.ts'],
  });
  expect(await writeAll(root, { 'a.ts': 'b\n' })).toMatchObject({ ...quiet, changed: ['a.ts'] });
});

test('does not overwrite a file that it did not write', async () => {
  const root = emptyFolder();
  writeFileSync(join(root, 'package.json'), '{}\n');

  expect(await writeAll(root, { 'package.json': '{"name":"x"}\n', 'a.ts': 'a\n' })).toMatchObject({
    codes: ['write/occupied'],
  });
  expect(contentOf(root)).toEqual({ 'package.json': '{}\n' });
  expect(existsSync(join(root, '.batchwright.json'))).toBe(false);

  const forced = await writeAll(root, { 'package.json': '{"name":"x"}\n' }, { force: true });
  expect(forced).toMatchObject({ ...quiet, changed: ['package.json'] });
});

test('adopts an output whose record is missing when its files are what is generated', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  rmSync(join(root, '.batchwright.json'));

  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ ...quiet, unchanged: ['a.ts'] });
  expect(await writeAll(root, { 'a.ts': 'b\n' })).toMatchObject({ ...quiet, changed: ['a.ts'] });
});

test('keeps a file that is no longer emitted but was edited, and says so', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n', 'b.ts': 'b\n' });
  writeFileSync(join(root, 'b.ts'), 'edited\n');

  expect(await writeAll(root, { 'a.ts': 'new\n' })).toMatchObject({
    ...quiet,
    changed: ['a.ts'],
    kept: ['b.ts'],
    codes: ['write/kept'],
  });
  expect(contentOf(root)).toEqual({ 'a.ts': 'new\n', 'b.ts': 'edited\n' });
  expect(await writeAll(root, { 'a.ts': 'new\n' })).toMatchObject({
    ...quiet,
    unchanged: ['a.ts'],
  });
});

test('removes an edited file that is no longer emitted with force', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'b.ts': 'b\n' });
  writeFileSync(join(root, 'b.ts'), 'edited\n');

  expect(await writeAll(root, {}, { force: true })).toMatchObject({ ...quiet, removed: ['b.ts'] });
  expect(contentOf(root)).toEqual({});
});

test('writes a deleted file again', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  rmSync(join(root, 'a.ts'));
  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ ...quiet, created: ['a.ts'] });
});

test('refuses a record that cannot be read, such as one with merge conflicts', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': 'a\n' });
  writeFileSync(join(root, '.batchwright.json'), '<<<<<<< HEAD\n');

  expect(await writeAll(root, { 'a.ts': 'b\n' })).toMatchObject({ codes: ['write/manifest'] });
  expect(contentOf(root)).toEqual({ 'a.ts': 'a\n' });

  const forced = await writeAll(root, { 'a.ts': 'b\n' }, { force: true });
  expect(forced).toMatchObject({ ...quiet, changed: ['a.ts'] });
});

test('spells a file anew whose name changed in case alone', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'Networks.ts': 'a\n' });

  expect(await writeAll(root, { 'networks.ts': 'a\n' })).toMatchObject({
    codes: [],
    removed: ['Networks.ts'],
  });
  expect(contentOf(root)).toEqual({ 'networks.ts': 'a\n' });
});

test('does not replace a folder that stands where a file should', async () => {
  const root = emptyFolder();
  mkdirSync(join(root, 'a.ts'));
  const forced = await writeAll(root, { 'a.ts': 'a\n' }, { force: true });
  expect(forced).toMatchObject({ codes: ['write/blocked'] });
});

test('does not replace a file that stands where a folder should', async () => {
  const root = emptyFolder();
  writeFileSync(join(root, 'src'), 'mine\n');
  const files = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n' };
  const forced = await writeAll(root, files, { force: true });
  expect(forced).toMatchObject({ codes: ['write/blocked'], files: ['src'] });
  expect(contentOf(root)).toEqual({ src: 'mine\n' });
});

test('refuses an output that is a file', async () => {
  const root = join(emptyFolder(), 'output');
  writeFileSync(root, 'mine\n');
  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ codes: ['write/blocked'] });
  expect(readFileSync(root, 'utf8')).toBe('mine\n');
});
