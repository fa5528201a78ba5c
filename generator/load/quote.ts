/** A value of the document for a message: short, on one line, and with nothing that a terminal obeys. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replaceAll(invisible, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const longest = 60;
/** Control characters, and what turns the direction of writing; JSON leaves them as they are. */
const invisible = /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** A value's kind and, where it is short, the value. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${quote(value)}`;
}

/** `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export function listed(values: readonly unknown[]): string {
  const quoted = values.map(quote);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
