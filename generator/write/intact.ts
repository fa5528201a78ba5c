import { constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../diagnostics/system-error.ts';
import { fileDigest } from './file-digest.ts';
import { digest, manifestName, parseManifest, readRecord } from './manifest.ts';
import { parents } from './path.ts';

/** What an output is to hold. */
export interface RecordedOutput {
  /** Of its record. */
  readonly digest: string;
  /** Each file's path and digest, in the order in which files are emitted. */
  readonly files: readonly (readonly [path: string, digest: string])[];
}

/** What the output in `root` records; undefined where no record can be read, or a write did not end. */
export function recordedOutput(root: string): RecordedOutput | undefined {
  const record = readRecord(root);
  const manifest = record === undefined ? undefined : parseManifest(record);
  if (record === undefined || manifest === undefined) return undefined;
  const files: [string, string][] = [];
  for (const [path, [recorded, ...others]] of manifest) {
    if (recorded === undefined || others.length > 0) return undefined;
    files.push([path, recorded]);
  }
  return { digest: digest(Buffer.from(record)), files };
}

/** Whether `root` holds its record and each file of it as they were emitted: none was edited, removed or replaced. */
export function isIntact(root: string, { digest: ofRecord, files }: RecordedOutput): boolean {
  const all = [[manifestName, ofRecord] as const, ...files];
  const paths = all.map(([path]) => path);
  return arePlain(root, paths) && all.every(([path, recorded]) => isSame(root, path, recorded));
}

/**
 * Whether each path is a file, and each folder above it a folder: neither of them a link. A listing tells of all
 * files of a folder at once.
 */
function arePlain(root: string, paths: readonly string[]): boolean {
  const folders = new Set(['']);
  const files = new Set<string>();
  // Up to its last slash: many files have the same.
  const heads = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  // From the top down: what a link leads to is not looked at.
  for (const folder of ['', ...new Set([...heads].flatMap(parents))]) {
    if (!folders.has(folder)) return false;
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.add(path);
      else if (entry.isDirectory()) folders.add(path);
    }
  }
  return paths.every((path) => files.has(path));
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Synchronous: for a small file, a call takes less time than its way to a thread and back. */
function isSame(root: string, path: string, recorded: string): boolean {
  // A path of a record has nothing to resolve, and `join` takes as long as reading a small file.
  const file = `${root}/${path}`;
  try {
    return (
      fileDigest(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) === recorded ||
      // A checkout may have turned its line ends into CRLF.
      digest(readFileSync(file)) === recorded
    );
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
