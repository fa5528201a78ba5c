/** A text to put in place of another: offsets into a file. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits of a file in their order; of two that overlap the first one that was asked for stays. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .toSorted((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  const kept: Edit[] = [];
  for (const { edit } of sorted) {
    const last = kept.at(-1);
    if (last && edit.start < last.end) continue;
    if (last && edit.start === last.start && edit.end === last.end) continue;
    kept.push(edit);
  }
  return kept;
}

/** A text with edits that are in order. */
export function applied(text: string, edits: readonly Edit[]): string {
  let at = 0;
  let made = '';
  for (const { start, end, text: part } of edits) {
    made += text.slice(at, start) + part;
    at = end;
  }
  return made + text.slice(at);
}
