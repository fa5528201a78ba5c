/** The JSON pointer (RFC 6901) that some keys make; of any number of them, as a document may have many. */
export function joinKeys(keys: readonly string[]): string {
  return keys.map((key) => `/${escapeKey(key)}`).join('');
}

/** A JSON pointer (RFC 6901) to the value under `keys`. */
export function pointer(...keys: readonly (string | number)[]): string {
  let text = '';
  for (const key of keys) text += typeof key === 'string' ? `/${escapeKey(key)}` : `/${key}`;
  return text;
}

/** The keys that a JSON pointer (RFC 6901) names, in order; `''` is the whole document. */
export function keysOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer.slice(1).split('/').map(unescapeKey);
}

/**
 * The JSON pointer in a URI fragment such as `#/components/schemas/a%20b`; undefined where the
 * fragment is not a pointer.
 */
export function pointerOfFragment(fragment: string): string | undefined {
  const text = fragment.slice(1);
  if (text !== '' && !text.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Many documents write a lone percent sign; it then stands for itself.
    return text;
  }
}

/** The reference to a pointer within the same document. */
export function fragmentOf(pointer: string): string {
  return `#${pointer.replaceAll('%', '%25')}`;
}

/** The value under a JSON pointer, found through own properties only; undefined where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const key of keysOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    // The check above makes `value` something with string keys.
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/**
 * The way to a place in a document. A list of keys would have to be copied, and a pointer to be
 * written, for each of a hundred thousand places of which few are ever reported.
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

function unescapeKey(key: string): string {
  return key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key;
}

/** A key as a JSON pointer has it. */
export function escapeKey(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
