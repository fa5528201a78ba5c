/**
 * Characters that show nothing or change how others are shown: a document could forge with them what
 * a terminal or an editor shows. U+2800 is a blank that is not a space.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** What is a command to a build service wherever it stands in a line: `##vso[`, `##[`, `##teamcity[`. */
const command = /##(?=[\w-]*\[)/g;

/** A text of a document on one line that shows all that is in it; it may be long. */
export function printable(text: string): string {
  const short = text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
  return short
    .replaceAll(/\s+/g, ' ')
    .replaceAll(invisible, (character) => `\\u{${codeOf(character)}}`)
    .replaceAll(command, '#\\u{23}')
    .trim()
    .replace(/^::/, '\\u{3a}:');
}

/** JSON for a terminal or a log: the same value, where what is invisible or a command is escaped. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(invisible, (character) => (character === '\n' ? character : escape(character)))
    .replaceAll(command, String.raw`#\u0023`);
}

function escape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
