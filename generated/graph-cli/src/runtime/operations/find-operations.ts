// @ts-nocheck
import type { Summary } from './table.js';

/** The operations that all words point to, the best first. */
export function findOperations(
  index: readonly Summary[],
  words: readonly string[],
): readonly Summary[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter(Boolean);
  const scored = index.map((operation) => ({ operation, score: scoreOf(operation, wanted) }));
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ operation }) => operation);
}

/** A word in the name counts most; a word that is nowhere rules the operation out. */
function scoreOf(
  { name, group, method, route, summary }: Summary,
  words: readonly string[],
): number {
  const places = [
    [name.toLowerCase(), 5],
    [summary.toLowerCase(), 3],
    [route.toLowerCase(), 2],
    [group.toLowerCase(), 2],
    [method.toLowerCase(), 1],
  ] as const;
  let total = 0;
  for (const word of words) {
    const found = places.reduce(
      (sum, [text, weight]) => sum + (text.includes(word) ? weight : 0),
      0,
    );
    if (found === 0) return 0;
    total += found;
  }
  // Of two that match alike the shorter is more likely meant.
  return total - name.length / 1000;
}
