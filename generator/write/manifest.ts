import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing, isSystemError } from '../diagnostics/system-error.ts';
import { pathFault } from './path.ts';
import { isObject, listOf, objectOf, textOf } from '../json/narrow.ts';
import type { FormerFacts } from './summary.ts';

/** The file of the output that records what was emitted. It is meant to be committed. */
export const manifestName = '.batchwright.json';

/** The digests of an emitted file by its path. More than one where a write was interrupted. */
export type Manifest = ReadonlyMap<string, readonly string[]>;

type Digests = ReadonlyMap<string, string>;

/**
 * What `root` records, empty where it records nothing, or undefined where the record cannot be
 * read. It comes from a repository, so it is not trusted to name files inside the output.
 */
export function readManifest(root: string): Manifest | undefined {
  const path = join(root, manifestName);
  try {
    const text = readPlain(path);
    return text === undefined ? undefined : parseManifest(text);
  } catch (error) {
    if (isMissing(error)) return new Map();
    // A link is not followed.
    if (isSystemError(error) && error.code === 'ELOOP') return undefined;
    throw error;
  }
}

/** The text of the record of `root`, undefined where none can be read. */
export function readRecord(root: string): string | undefined {
  try {
    return readPlain(join(root, manifestName));
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** What `root` records besides its files; undefined where nothing is recorded that can be read. */
export function readFacts(root: string): FormerFacts | undefined {
  return parseFacts(readRecord(root) ?? '');
}

/** What the text of a record says besides its files; undefined where it is not a record. */
export function parseFacts(text: string): FormerFacts | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(record)) return undefined;
  const { hosts, api, release } = record;
  return {
    hosts: listOf(hosts).map(textOf),
    ...(isObject(api) && {
      api: {
        digest: textOf(api['digest']),
        options: objectOf(api['options']),
        document: textOf(api['document']),
      },
    }),
    ...(isObject(release) && {
      release: {
        version: textOf(release['version']),
        document: textOf(release['document']),
        added: listOf(release['added']).map(textOf),
      },
    }),
  };
}

/** The text of a plain file; undefined of anything else, and of more than any record comes to. */
function readPlain(path: string): string | undefined {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  // A pipe would be waited for without O_NONBLOCK.
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const status = fstatSync(file);
    if (!status.isFile() || status.size > maxBytes) return undefined;
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** A record has some 100 bytes a file, and the document, packed. */
const maxBytes = 32 * 1024 * 1024;

/**
 * The record of an output. `former` is what the output held before, while a write is under way:
 * should it never end, both texts of a file count as emitted.
 */
export function printManifest(
  files: Digests,
  { hosts = [], release, api }: Partial<FormerFacts>,
  former?: Manifest,
): string {
  const record = {
    note: 'What batchwright emitted, as SHA-256, so that it never overwrites what it did not write.',
    files: Object.fromEntries(sorted(files)),
    ...(hosts.length > 0 && { hosts }),
    ...(release && { release }),
    ...(api && { api }),
    ...(former && { former: Object.fromEntries(sorted(former)) }),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The SHA-256 of a text file; a checkout that turned its line ends into CRLF changes nothing. */
export function digest(bytes: Buffer): string {
  const text = bytes.includes('\r\n')
    ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : bytes;
  return hash('sha256', text, 'hex');
}

export function parseManifest(text: string): Manifest | undefined {
  const manifest = new Map<string, readonly string[]>();
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(record) || !isObject(record['files'])) return undefined;

  for (const part of [record['files'], record['former'] ?? {}]) {
    if (!isObject(part)) return undefined;
    for (const [path, digests] of Object.entries(part)) {
      const list: unknown[] = Array.isArray(digests) ? digests : [digests];
      if (pathFault(path) !== undefined || !list.every(isDigest)) return undefined;
      manifest.set(path, [...(manifest.get(path) ?? []), ...list]);
    }
  }
  return manifest;
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
