import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../diagnostics/system-error.ts';
import { findObstacles, stat } from './compare.ts';
import { digest, parseManifest, readRecord } from './manifest.ts';

/** An output that holds each file that its record names, as it was emitted. */
export interface IntactOutput {
  /** Of the record, and so of all files. */
  readonly digest: string;
  /** In the order in which files are emitted. */
  readonly paths: readonly string[];
}

/** The output in `root`, or undefined where a file of it was edited, removed or replaced. */
export function intactOutput(root: string): IntactOutput | undefined {
  const record = readRecord(root);
  const manifest = record === undefined ? undefined : parseManifest(record);
  if (record === undefined || manifest === undefined) return undefined;
  const paths = [...manifest.keys()];
  if (findObstacles(root, paths).size > 0) return undefined;
  for (const [path, recorded] of manifest) {
    const present = digestOf(root, path);
    if (recorded.length !== 1 || recorded[0] !== present) return undefined;
  }
  return { digest: digest(Buffer.from(record)), paths };
}

/** Of the record of the output in `root`; undefined where there is none that can be read. */
export function recordDigest(root: string): string | undefined {
  const record = readRecord(root);
  return record === undefined ? undefined : digest(Buffer.from(record));
}

/** Synchronous: for a small file, a call takes less time than its way to a thread and back. */
function digestOf(root: string, path: string): string | undefined {
  if (stat(root, path)?.isFile() !== true) return undefined;
  try {
    return digest(readFileSync(join(root, path)));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
