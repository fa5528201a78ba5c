// @ts-nocheck
const MOST_EDITS = 3;

/** The candidate that was probably meant, as a sentence; empty where none is near. */
export function didYouMean(given: string, candidates: Iterable<string>): string {
  let best: string | undefined;
  let fewest = MOST_EDITS + 1;
  const lower = given.slice(0, 100).toLowerCase();
  for (const candidate of candidates) {
    const edits = distance(lower, candidate.slice(0, 100).toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best === undefined ? '' : ` Did you mean ${best}?`;
}

/** How many letters one has to add, drop or replace (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column++) {
      const kept = row[column]! + (letter === other[column] ? 0 : 1);
      next.push(Math.min(kept, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
