import { joinKeys } from '../json/pointer.ts';

/**
 * The way to a place in a document. A list of keys would have to be copied, and a pointer to be
 * written, for each of a hundred thousand places of which a few are told to someone.
 */
export interface Path {
  /** Of an object's member or a list's item; undefined at the root. */
  readonly key: string | number | undefined;
  readonly up: Path | undefined;
  readonly depth: number;
}

export function pathTo(keys: readonly (string | number)[]): Path {
  let path: Path = { key: undefined, up: undefined, depth: 0 };
  for (const key of keys) path = { key, up: path, depth: path.depth + 1 };
  return path;
}

export function keysOfPath(path: Path): string[] {
  const keys: string[] = [];
  for (let at: Path | undefined = path; at?.key !== undefined; at = at.up)
    keys.push(String(at.key));
  return keys.toReversed();
}

export function pointerOfPath(path: Path): string {
  return joinKeys(keysOfPath(path));
}
