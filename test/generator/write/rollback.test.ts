import type * as FileSystem from 'node:fs';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { contentOf, emptyFolder, writeAll } from './folder.ts';

/** The paths that the system calls refuse, as a file that is in use does on Windows. */
const refused = vi.hoisted(() => ({
  rename: /$^/,
  link: /$^/,
  throw(syscall: string, path: string): never {
    const error = { errno: -13, code: 'EACCES', syscall, path };
    throw Object.assign(new Error('EACCES: permission denied'), error);
  },
}));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  return {
    ...fs,
    renameSync: (from: string, to: string) =>
      refused.rename.test(to) ? refused.throw('rename', to) : fs.renameSync(from, to),
    linkSync: (from: string, to: string) =>
      refused.link.test(from) ? refused.throw('link', from) : fs.linkSync(from, to),
  };
});

afterEach(() => {
  refused.rename = /$^/;
  refused.link = /$^/;
});

test.each(['a.ts', 'z/b.ts', 'z/new.ts', '.batchwright.json'])(
  'puts everything back when %s cannot be put in place',
  async (path) => {
    const root = emptyFolder();
    await writeAll(root, { 'a.ts': '1\n', 'z/b.ts': '1\n', 'old/c.ts': '1\n' });
    const before = { ...contentOf(root), record: recordOf(root) };

    refused.rename = new RegExp(`${path.replaceAll('.', '\\.')}$`);
    const files = { 'a.ts': '2\n', 'new/d.ts': '2\n', 'z/b.ts': '2\n', 'z/new.ts': '2\n' };
    expect(await writeAll(root, files)).toMatchObject({
      codes: ['write/failed'],
      messages: ['Cannot write: permission denied (EACCES); nothing was changed.'],
    });

    expect({ ...contentOf(root), record: recordOf(root) }).toEqual(before);
    expect(readdirSync(root).toSorted()).toEqual(['.batchwright.json', 'a.ts', 'old', 'z']);
  },
);

test('removes the output that it made when it cannot fill it', async () => {
  const folder = emptyFolder();
  refused.rename = /b\.ts$/;
  const root = join(folder, 'deep', 'output');
  expect(await writeAll(root, { 'a.ts': '1\n', 'b.ts': '1\n' })).toMatchObject({
    codes: ['write/failed'],
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('removes it also where its path is relative', async () => {
  const folder = emptyFolder();
  refused.rename = /b\.ts$/;
  const root = relative(process.cwd(), join(folder, 'deep', 'output'));
  await writeAll(root, { 'a.ts': '1\n', 'b.ts': '1\n' });
  expect(readdirSync(folder)).toEqual([]);
});

test('keeps the former texts, and says where, when they cannot be put back', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': '1\n', 'b.ts': '1\n' });

  let refusals = 0;
  refused.rename = {
    // The renames are: the record, a.ts, b.ts; then back again.
    test: (path: string) => /[ab]\.ts$/.test(path) && (refusals += 1) > 1,
  } as RegExp;
  expect(await writeAll(root, { 'a.ts': '2\n', 'b.ts': '2\n' })).toMatchObject({
    codes: ['write/failed'],
    messages: ['Cannot write: permission denied (EACCES), nor undo it.'],
  });
  const staging = join(root, `.batchwright-${process.pid}`);
  expect(readFileSync(join(staging, 'former-new-0'), 'utf8')).toBe('1\n');
});

test('writes where the file system has no hard links', async () => {
  const root = emptyFolder();
  await writeAll(root, { 'a.ts': '1\n' });
  refused.link = /./;
  expect(await writeAll(root, { 'a.ts': '2\n' })).toMatchObject({ changed: ['a.ts'], codes: [] });
  expect(contentOf(root)).toEqual({ 'a.ts': '2\n' });
});

function recordOf(root: string): string | undefined {
  const path = join(root, '.batchwright.json');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
