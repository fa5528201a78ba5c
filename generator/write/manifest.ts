import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../diagnostics/system-error.ts';
import { pathFault } from './path.ts';
import { isObject } from '../json/narrow.ts';

/** The file of the output that records what was emitted. It is meant to be committed. */
export const manifestName = '.batchwright.json';

/** The digests of an emitted file by its path. More than one where a write was interrupted. */
export type Manifest = ReadonlyMap<string, readonly string[]>;

type Digests = ReadonlyMap<string, string>;

/**
 * What `root` records, empty where it records nothing, or undefined where the record cannot be
 * read. It comes from a repository, so it is not trusted to name files inside the output.
 */
export async function readManifest(root: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(root, manifestName), 'utf8');
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw error;
  }
  return parseManifest(text);
}

/**
 * The record of an output. `former` is what the output held before, while a write is under way:
 * should it never end, both texts of a file count as emitted.
 */
export function printManifest(files: Digests, former?: Manifest): string {
  const record = {
    note: 'What batchwright emitted, as SHA-256, so that it never overwrites what it did not write.',
    files: Object.fromEntries(sorted(files)),
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

function parseManifest(text: string): Manifest | undefined {
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
