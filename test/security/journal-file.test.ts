import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileJournal } from '../../templates/runtime/batch/journal/file-journal.ts';
import type { Journal } from '../../templates/runtime/batch/journal/journal.ts';
import { bench, organizationId, ports } from '../runtime/batch/fixtures.ts';
import { asAnotherUser, canPlay, unless } from './another-user.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journals-'));
  path = join(folder, 'run.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('a journal is a plain file (not on Windows)', () => {
  test('and no link to a file', async () => {
    writeFileSync(join(folder, 'other'), '');
    symlinkSync(join(folder, 'other'), path);
    await expect(fileJournal(path).open()).rejects.toThrow('it is a link');
  });

  test('and no link to what is missing', async () => {
    symlinkSync(join(folder, 'other'), path);
    await expect(fileJournal(path).open()).rejects.toThrow('it is a link');
  });

  test('and no pipe', async () => {
    spawnSync('mkfifo', [path]);
    await expect(fileJournal(path).open()).rejects.toThrow('it is not a file');
  });
});

/** A journal whose file changes as soon as the first draft is noted. */
function changing(change: () => void): Journal {
  const journal = fileJournal(path);
  return {
    ...journal,
    append: async (entry) => {
      if (entry.type === 'confirm') change();
      await journal.append(entry);
    },
  };
}

describe.skipIf(isWindows)('a run ends where its journal (not on Windows)', () => {
  test.for([
    ['is removed', () => rmSync(path)],
    [
      'is replaced by a copy',
      () => {
        copyFileSync(path, `${path}.copy`);
        renameSync(`${path}.copy`, path);
      },
    ],
    [
      'is replaced by a link to itself',
      () => {
        renameSync(path, `${path}.moved`);
        symlinkSync(`${path}.moved`, path);
      },
    ],
    ['is emptied', () => truncateSync(path)],
  ] as const)('%s', async ([, change]) => {
    await using at = await bench();
    const journal = changing(change);
    const outcomes = await at.batch.run(ports(3), { organizationId, journal }).outcomes();
    expect(outcomes.map((outcome) => 'reason' in outcome && outcome.reason)).toEqual([
      'journal',
      'journal',
      'journal',
    ]);
  });
});

describe.skipIf(!canPlay)(`another user${unless}`, () => {
  beforeEach(() => chmodSync(folder, 0o777));

  test('leads to no other file by a journal that is a link', async () => {
    writeFileSync(join(folder, 'secret'), 'secret\n', { mode: 0o600 });
    asAnotherUser(`ln -s '${folder}/secret' '${path}'`);
    await expect(fileJournal(path).open()).rejects.toThrow('it is a link');
  });

  test('has no journal resumed that is theirs', async () => {
    asAnotherUser(`umask 077; echo '{"type":"run"}' > '${path}'`);
    await expect(fileJournal(path).open()).rejects.toThrow('belongs to another user');
  });

  test('has no journal resumed that they may write', async () => {
    writeFileSync(path, '');
    chmodSync(path, 0o666);
    asAnotherUser(`echo '{"type":"run"}' >> '${path}'`);
    await expect(fileJournal(path).open()).rejects.toThrow('other users may write it');
  });

  test('reads no journal that was readable before', async () => {
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    const journal = fileJournal(path);
    await journal.open();
    await journal.close();
    expect(() => asAnotherUser(`cat '${path}'`)).toThrow('Permission denied');
  });
});
