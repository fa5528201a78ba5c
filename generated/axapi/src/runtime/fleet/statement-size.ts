// @ts-nocheck
/** Lines that one statement writes at most. */
const mostLines = 5_000;
/** Characters of them at most, so that it ends within its time; a longer line goes alone. */
const mostCharacters = 1_000_000;

/** How many lines, from the first one on, a single statement writes. */
export function statementSize(lines: readonly { readonly text: string }[], first: number): number {
  let characters = 0;
  let count = 0;
  for (; count < mostLines; count += 1) {
    const line = lines[first + count];
    characters += line?.text.length ?? 0;
    if (!line || (count > 0 && characters > mostCharacters)) break;
  }
  return count;
}
