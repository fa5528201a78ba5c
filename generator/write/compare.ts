import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { EmittedFile } from './summary.ts';
import { isMissing } from '../diagnostics/system-error.ts';
import { digest, type Manifest } from './manifest.ts';
import { parents, pathKey } from './path.ts';

/** Whose text stands in the output: the generator's, somebody's edit of it, or another file's. */
export type Author = 'generator' | 'edited' | 'foreign';

/** What becomes of one path of the output. */
export type Change =
  | { readonly action: 'keep'; readonly path: string; readonly digest: string }
  | {
      readonly action: 'create';
      readonly path: string;
      readonly digest: string;
      readonly text: string;
    }
  | {
      readonly action: 'replace';
      readonly path: string;
      readonly digest: string;
      readonly text: string;
      readonly author: Author;
    }
  /** No longer emitted. */
  | { readonly action: 'remove'; readonly path: string; readonly author: Author }
  /** A file of somebody else stands there, and may. */
  | { readonly action: 'yield'; readonly path: string }
  /** Something other than a file is in the way; it is never replaced. */
  | { readonly action: 'blocked'; readonly path: string; readonly by: string };

/** Compares what is to be emitted with what stands in `root`, reading each file once. */
export function compare(root: string, files: readonly EmittedFile[], manifest: Manifest): Change[] {
  const emitted = new Map(files.map(({ path }) => [pathKey(path), path]));
  const stale = [...manifest.keys()].filter((path) => emitted.get(pathKey(path)) !== path);
  const obstacles = findObstacles(root, [...files.map(({ path }) => path), ...stale]);
  // Names that differ in case alone are one file here and two files there. As the former is taken
  // away, the new one is written even where its text seems to be there already.
  const respelt = new Map(stale.map((path) => [pathKey(path), path]));

  const blockedBy = (path: string): string | undefined =>
    parents(path).find((parent) => obstacles.has(parent));

  const encode = encoder();
  const changes = files.map((file): Change => {
    const { path, text, merged, formerly, optional } = file;
    const obstacle = blockedBy(path);
    if (obstacle !== undefined) return { action: 'blocked', path, by: obstacle };

    const bytes = encode(text);
    const change = { path, text, digest: digest(bytes) };
    const found = read(root, path);
    if (found === undefined) return { action: 'create', ...change };
    if (found === 'no file') return { action: 'blocked', path, by: path };

    const present = found.equals(bytes) ? change.digest : digest(found);
    const former = respelt.get(pathKey(path));
    if (present === change.digest && former === undefined) {
      return { action: 'keep', path, digest: present };
    }
    const recorded = manifest.get(path) ?? manifest.get(former ?? path);
    if (optional && recorded === undefined) return { action: 'yield', path };
    const isOurs = merged || (formerly !== undefined && found.equals(Buffer.from(formerly)));
    const author = isOurs ? 'generator' : authorOf(present, recorded);
    return { action: 'replace', ...change, author };
  });

  const removals = stale.flatMap((path): Change[] => {
    const found = blockedBy(path) === undefined ? read(root, path) : undefined;
    if (found === undefined || found === 'no file') return [];
    return [{ action: 'remove', path, author: authorOf(digest(found), manifest.get(path)) }];
  });
  return [...changes, ...removals];
}

/** Encodes one text after the other into the same memory: all files of a large API have 30 MB. */
function encoder(): (text: string) => Buffer {
  let memory = Buffer.alloc(0);
  return (text) => {
    const length = Buffer.byteLength(text);
    if (memory.length < length) memory = Buffer.allocUnsafe(2 * length);
    // All of it is ASCII then, which takes a fraction of the time.
    memory.write(text, length === text.length ? 'latin1' : 'utf8');
    return memory.subarray(0, length);
  };
}

function authorOf(present: string, recorded: readonly string[] | undefined): Author {
  if (recorded === undefined) return 'foreign';
  return recorded.includes(present) ? 'generator' : 'edited';
}

/** Folders of the output that are none: a file, or a link that may lead out of it. */
function findObstacles(root: string, paths: readonly string[]): Set<string> {
  const folders = [...new Set(paths.flatMap(parents))];
  return new Set(folders.filter((folder) => stat(root, folder)?.isDirectory() === false));
}

/** The text of a plain file in `root`; undefined where there is none. */
export function readPresent(root: string, path: string): string | undefined {
  const found = read(root, path);
  return found === undefined || found === 'no file' ? undefined : found.toString('utf8');
}

function read(root: string, path: string): Buffer | 'no file' | undefined {
  const found = stat(root, path);
  if (found === undefined) return undefined;
  // Small files: a call takes less time than its way to a thread and back.
  return found.isFile() ? readFileSync(join(root, path)) : 'no file';
}

/** Does not follow a link. */
function stat(root: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
