/** The JSON pointer (RFC 6901) that some keys make; of any number of them, as a document may have many. */
export function joinKeys(keys: readonly string[]): string {
  return keys.map((key) => `/${escapeKey(key)}`).join('');
}

/** The keys that a JSON pointer (RFC 6901) names, in order; `''` is the whole document. */
export function keysOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer.slice(1).split('/').map(unescapeKey);
}

/**
 * The JSON pointer in a URI fragment such as `#/components/schemas/a%20b`; undefined where the
 * fragment is no pointer.
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

function unescapeKey(key: string): string {
  return key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key;
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
