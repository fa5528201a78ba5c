// @ts-nocheck
/** What moves the cursor, recolours what stands around it, or shows nothing; line breaks and tabs apart. */
const unsafe = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** What is a command to a build service: `##vso[`, `##[` anywhere, `::` at the start of a line. */
const command = /#(?=#[\w-]*\[)|^(\s*):(?=:)/gm;

/** A text that cannot control a terminal, nor a build service that reads its log. */
export function printable(text: string): string {
  return text
    .replaceAll(unsafe, escaped)
    .replaceAll(command, (_, space?: string) =>
      space === undefined ? String.raw`\u0023` : String.raw`${space}\u003a`,
    );
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at);
    return `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}
