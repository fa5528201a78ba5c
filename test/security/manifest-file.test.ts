import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestName, readManifest } from '../../generator/write/manifest.ts';
import { folderWith } from '../generator/config/files.ts';
import { writeAll } from '../generator/write/folder.ts';
import { asAnotherUser, canPlay, unless } from './another-user.ts';

const isWindows = process.platform === 'win32';

describe('the record of an output is read only if it is a plain file', () => {
  test.skipIf(isWindows)('and no pipe, which would be waited for (not on Windows)', async () => {
    const root = folderWith({});
    spawnSync('mkfifo', [join(root, manifestName)]);
    expect(readManifest(root)).toBeUndefined();
  });

  test.skipIf(isWindows)('and no link to another file (not on Windows)', async () => {
    const root = folderWith({ 'other.json': '{"files":{}}' });
    symlinkSync(join(root, 'other.json'), join(root, manifestName));
    expect(readManifest(root)).toBeUndefined();
  });

  test.skipIf(isWindows)('and no link to a device (not on Windows)', async () => {
    const root = folderWith({});
    symlinkSync('/dev/zero', join(root, manifestName));
    expect(readManifest(root)).toBeUndefined();
  });

  test('and no folder', async () => {
    const root = folderWith({});
    mkdirSync(join(root, manifestName));
    expect(readManifest(root)).toBeUndefined();
  });

  test('and not larger than any record is', async () => {
    const root = folderWith({});
    writeFileSync(join(root, manifestName), '');
    truncateSync(join(root, manifestName), 2 ** 31);
    expect(readManifest(root)).toBeUndefined();
  });

  test('and nothing is written where it is none', async () => {
    const root = folderWith({});
    mkdirSync(join(root, manifestName));
    const { codes } = await writeAll(root, { 'a.ts': 'a\n' });
    expect(codes).toEqual(['write/manifest']);
  });
});

describe.skipIf(!canPlay)(`another user${unless}`, () => {
  test('leads to no other file by a record that is a link', async () => {
    const root = folderWith({ 'secret.json': '{"files":{"a.ts":"no digest"}}' });
    spawnSync('chmod', ['777', root]);
    asAnotherUser(`ln -s '${root}/secret.json' '${root}/${manifestName}'`);
    expect(readManifest(root)).toBeUndefined();
  });
});
