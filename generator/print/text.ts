import { youngLetters } from '../ir/names.ts';

/**
 * Control characters, line separators, lone surrogates, and what shows nothing or changes how other
 * characters are shown: bidirectional controls, fillers, tags. U+2800 is a blank that is not a space.
 */
const unsafe: RegExp =
  /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  return (
    named[character] ??
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(
      '',
    )
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** JSON on one line, in which what shows nothing is escaped. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, escapeCharacter);
}

/** A string literal, in the quotes that prettier chooses: single, unless double ones need fewer escapes. */
export function quote(value: string): string {
  if (/^[ !#-&(-[\]-~]*$/.test(value)) return `'${value}'`;
  const escaped = value.replaceAll('\\', '\\\\').replace(unsafe, escapeCharacter);
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
    .replace(unsafe, escapeCharacter);
}

/** Text for a comment or for Markdown: what is invisible or would change the direction of writing is removed. */
export function visible(value: string): string {
  if (/^[ -~\n]*$/.test(value)) return value;
  return value
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unsafe, (unit) => (unit === '\n' ? '\n' : unit === '\t' ? ' ' : ''));
}

/** Text for the inside of a comment, which nothing in it ends. */
export function commentText(value: string): string {
  const text = visible(value);
  return text.includes('*') ? text.replaceAll('*/', '*\\/').replaceAll('/*', '/\\*') : text;
}

/** The flags with which a pattern of the document is a regular expression; undefined where it is none. */
export function patternFlags(pattern: string): string | undefined {
  for (const flags of ['u', '']) {
    try {
      void new RegExp(pattern, flags);
      return flags;
    } catch {
      // Many patterns are written without thought of Unicode, and some are of another language.
    }
  }
  return undefined;
}

// Prettier takes the quotes off whatever ES5 knows as a name: letters outside the BMP are none.
const identifier =
  /^(?!.*[^\p{ID_Continue}$])[$_\p{L}\p{Nl}][$_\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

function isIdentifier(name: string): boolean {
  if (/^[$\w]*$/.test(name)) return /^\D/.test(name);
  return (
    identifier.test(name) &&
    !/[\ud800-\udfff]/.test(name) &&
    !/\p{Default_Ignorable_Code_Point}/u.test(name) &&
    !youngLetters.test(name)
  );
}

/** A property name, quoted only where it must be. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** Access to a property: `.name` or `['na-me']`. */
export function access(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}
