import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { privateFolder } from '../../generator/cli/cache-folder.ts';
import { folderWith } from '../generator/config/files.ts';
import { asAnotherUser, canPlay, unless } from './another-user.ts';

const isWindows = process.platform === 'win32';

test.skipIf(isWindows)('the cache of compiled code is for its user alone (not on Windows)', () => {
  const home = folderWith({});
  const folder = privateFolder({ XDG_CACHE_HOME: home });
  expect(folder).toBe(join(home, 'batchwright'));
  expect(statSync(join(home, 'batchwright')).mode & 0o777).toBe(0o700);
});

test.skipIf(isWindows)('a folder that others may write to is no cache (not on Windows)', () => {
  const home = folderWith({});
  mkdirSync(join(home, 'batchwright'));
  chmodSync(join(home, 'batchwright'), 0o777);
  expect(privateFolder({ XDG_CACHE_HOME: home })).toBeUndefined();
});

test('a place where no folder can be is no cache', () => {
  expect(privateFolder({ XDG_CACHE_HOME: join(folderWith({ file: '' }), 'file') })).toBeUndefined();
});

describe.skipIf(!canPlay)(`another user${unless}`, () => {
  test('has no cache that is ours', () => {
    const home = folderWith({});
    chmodSync(home, 0o777);
    asAnotherUser(`mkdir '${home}/batchwright'`);
    expect(privateFolder({ XDG_CACHE_HOME: home })).toBeUndefined();
  });
});
