// A file is hashed in pieces of 64 KiB.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileDigest } from '../../../generator/write/file-digest.ts';
import { folderWith } from '../config/files.ts';

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
  'the digest of %i bytes is that of all of them',
  (length) => {
    const text = 'abcdefg'.repeat(length / 7 + 1).slice(0, length);
    const file = join(folderWith({ file: text }), 'file');
    expect(fileDigest(file)).toBe(createHash('sha256').update(text).digest('hex'));
  },
);
