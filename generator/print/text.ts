import { youngLetters } from '../ir/names.ts';

/** The width that every line of the output keeps, where it can: prettier's `printWidth`. */
export const WIDTH = 100;

const unsafe =
  // Control characters, line separators, bidirectional controls, byte-order mark, lone surrogates.
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeUnit(unit: string): string {
  return named[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A string literal, in the quotes that prettier chooses: single, unless double ones need fewer escapes. */
export function quote(value: string): string {
  if (/^[ !#-&(-[\]-~]*$/.test(value)) return `'${value}'`;
  const escaped = value.replaceAll('\\', '\\\\').replace(unsafe, escapeUnit);
  const singles = escaped.split("'").length;
  const doubles = escaped.split('"').length;
  return singles > doubles
    ? `"${escaped.replaceAll('"', '\\"')}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** Text for the inside of a template literal. */
export function templateText(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replace(unsafe, escapeUnit);
}

/** Text for a comment or for Markdown: what is invisible or would change the direction of writing is removed. */
export function visible(value: string): string {
  if (/^[ -~]*$/.test(value)) return value;
  return value
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unsafe, (unit) => (unit === '\n' ? '\n' : unit === '\t' ? ' ' : ''));
}

// Prettier takes the quotes off whatever ES5 knows as a name: letters outside the BMP are none.
const identifier =
  /^(?!.*[^\p{ID_Continue}$])[$_\p{L}\p{Nl}][$_\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

function isIdentifier(name: string): boolean {
  if (/^[$\w]*$/.test(name)) return !/^\d|^$/.test(name);
  return identifier.test(name) && !/[\ud800-\udfff]/.test(name) && !youngLetters.test(name);
}

/** A property name, quoted only where it must be. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** Access to a property: `.name` or `['na-me']`. */
export function access(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}
