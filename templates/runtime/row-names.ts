/*
 * How the name of a function follows from its request. What writes the rows of operations leaves out such names,
 * and what reads them makes them again: both go by this.
 */

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

/** The verb with which names of this method usually begin. */
export function usualVerb(method: string): string | undefined {
  return verbs[method];
}

/** The words of a path: one thing of many where a parameter follows, or where one is added. */
export function wordsOf(method: string, segments: readonly string[]): string {
  return segments
    .map((segment, index) => {
      if (segment[1] === '{') return '';
      const next = segments[index + 1];
      const isOne = next === undefined ? method === 'POST' : next[1] === '{';
      const word = isOne ? segment.replace(/ies$/, 'y').replace(/s$/, '') : segment;
      return word.slice(1, 2).toUpperCase() + word.slice(2);
    })
    .join('');
}
