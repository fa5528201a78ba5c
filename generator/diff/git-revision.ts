import { isAbsolute, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { maxBytes } from '../load/read/read-error.ts';

/** A file as it was in a commit, tag or branch of the repository around the working directory. */
export interface Revision {
  readonly revision: string;
  readonly path: string;
}

/** What `git:REV:path` names; undefined for anything else. */
export function gitSource(source: string): Revision | undefined {
  const found = /^git:(?<revision>[^:]+):(?<path>.+)$/s.exec(source)?.groups;
  const { revision, path } = found ?? {};
  return revision === undefined || path === undefined ? undefined : { revision, path };
}

/** The content of a file in a revision, as a source of bytes. */
export async function showRevision(
  { revision, path }: Revision,
  folder: string,
  diagnostics: Diagnostics,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const object = objectName({ revision, path }, folder);
  // It would be an option.
  if (revision.startsWith('-')) {
    diagnostics.error('load/not-found', `\`${revision}\` is no revision.`);
    return undefined;
  }
  try {
    const { stdout } = await (
      await run()
    )('git', ['show', '--end-of-options', object], {
      cwd: folder,
      encoding: 'buffer',
      maxBuffer: maxBytes,
    });
    return once(stdout);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const [line] = (said || String(error)).split('\n');
    diagnostics.error('load/not-found', `Git has no ${object}: ${line}`, {
      hint: 'Write it as git:REV:path, with the path from the working directory.',
    });
    return undefined;
  }
}

/** Whether a folder stands there in a revision. */
export async function isFolder(of: Revision, folder: string): Promise<boolean> {
  if (of.revision.startsWith('-')) return false;
  try {
    const argv = ['cat-file', '-t', objectName(of, folder).replace(/\/+$/, '')];
    const { stdout } = await (await run())('git', argv, { cwd: folder });
    return stdout.trim() === 'tree';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** What git calls a file: with a path from the working directory. */
function objectName({ revision, path }: Revision, folder: string): string {
  const inside = isAbsolute(path) ? relative(folder, path) : path;
  return `${revision}:${isRooted(inside) ? inside : `./${inside}`}`;
}

/** Whether a path already says where it starts. */
function isRooted(path: string): boolean {
  return path.startsWith('./') || path.startsWith('../');
}

/** Loaded by those who compare with a revision. */
async function run() {
  const { execFile } = await import('node:child_process');
  return promisify(execFile);
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
