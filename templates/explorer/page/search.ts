import type { OperationRow } from '../explorer-data.ts';

/** What a search finds: places in the index, the best first. */
export interface Found {
  readonly places: readonly number[];
  /** How many there are beyond those. */
  readonly more: number;
}

/**
 * Makes a search over operations. Each word of a query must stand in the operation's name, route,
 * method or summary; a word in its name counts more.
 */
export function searchOver(
  operations: readonly OperationRow[],
): (query: string, limit: number) => Found {
  const names = operations.map(([name]) => name.toLowerCase());
  const texts = operations.map(([name, method, route, summary]) =>
    `${name} ${method} ${route} ${summary}`.toLowerCase(),
  );
  return (query, limit) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return { places: [], more: 0 };
    /** Places by how well they fit: 0 is the best. */
    const ranks: number[][] = [[], [], [], []];
    for (const [place, text] of texts.entries()) {
      if (!words.every((word) => text.includes(word))) continue;
      ranks[rankOf(names[place] ?? '', words)]?.push(place);
    }
    const places = ranks.flat();
    return { places: places.slice(0, limit), more: Math.max(0, places.length - limit) };
  };
}

function rankOf(name: string, words: readonly string[]): number {
  if (name === words.join('')) return 0;
  if (name.startsWith(words[0] ?? '') && words.every((word) => name.includes(word))) return 1;
  return words.every((word) => name.includes(word)) ? 2 : 3;
}
