// @ts-nocheck
import { findOperations } from '../../operations/find-operations.js';
import type { Answer } from '../answers.js';
import type { ApiSession } from '../api-session.js';

/** `search`: the operations that words point to. */
export async function search(
  session: ApiSession,
  { query }: { readonly query: string },
): Promise<Answer> {
  const index = await session.table.index();
  const words = query.split(/\s+/).filter(Boolean).slice(0, 20);
  const all = findOperations(index, words);
  // Where no operation has all the words, those that have one are better than none.
  const found = all.length > 0 ? all : anyOf(index, words);
  const allowed = found.filter((operation) => session.allowed.has(operation));
  if (allowed.length === 0)
    return {
      notes: [
        found.length > 0
          ? 'What this finds is not allowed on this server.'
          : 'Nothing is found. Try other words: of the path, the name or the summary.',
      ],
    };
  return {
    notes: [`${allowed.length} operations. describe says what one takes.`],
    data: allowed.map(({ name, method, route, summary, batch, deprecated }) => {
      const marks = [batch && 'batch', deprecated && 'deprecated'].filter(Boolean).join(', ');
      return `${name}: ${method} ${route}${marks && ` [${marks}]`} - ${summary}`;
    }),
  };
}

function anyOf(
  index: Parameters<typeof findOperations>[0],
  words: readonly string[],
): ReturnType<typeof findOperations> {
  const found = new Map<string, { readonly hits: number; readonly operation: (typeof index)[0] }>();
  for (const word of words)
    for (const operation of findOperations(index, [word])) {
      const hits = (found.get(operation.name)?.hits ?? 0) + 1;
      found.set(operation.name, { hits, operation });
    }
  return [...found.values()].toSorted((a, b) => b.hits - a.hits).map(({ operation }) => operation);
}
