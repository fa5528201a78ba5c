import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { write } from '../../../generator/write/write.ts';
import { type WriteOptions, type WriteSummary } from '../../../generator/write/summary.ts';

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'batchwright-test-'));
}

/** Every file below `root` with its text, the record of the generator left out. */
export function contentOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .filter((path) => path !== '.batchwright.json')
    .toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export interface Written extends WriteSummary {
  readonly codes: readonly string[];
  /** The files that diagnostics name, relative to `root`. */
  readonly files: readonly string[];
  readonly messages: readonly string[];
}

/** Writes `files`, and says what happened. */
export async function writeAll(
  root: string,
  files: Readonly<Record<string, string>>,
  options: WriteOptions = {},
): Promise<Written> {
  const diagnostics = new Diagnostics();
  const emitted = Object.entries(files).map(([path, text]) => ({ path, text }));
  const summary = await write(root, emitted, options, diagnostics);
  return {
    ...summary,
    codes: diagnostics.list.map(({ code }) => code),
    files: diagnostics.list.flatMap(({ file }) => (file ? [relative(root, file)] : [])),
    messages: diagnostics.list.map(({ message }) => message),
  };
}
