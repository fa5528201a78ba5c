import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { JsonObject } from '../json/narrow.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Dialect } from './dialect.ts';
import { dialects } from './index.ts';

/** The dialect that `dialect` means; a name that means nothing is diagnosed. */
export function findDialect(
  dialect: string | Dialect | undefined,
  diagnostics: Diagnostics,
): Dialect | undefined {
  if (typeof dialect !== 'string') return dialect;
  const found = dialects.get(dialect);
  if (found) return found;
  const message = `There is no dialect \`${dialect}\`.${didYouMean(dialect, dialects.keys())}`;
  const hint = `Those that come with batchwright are: ${[...dialects.keys()].join(', ')}.`;
  diagnostics.error('config/dialect', message, { hint });
  return undefined;
}

/** The dialect of the API that a document describes, where the document itself tells. */
export function recognizeDialect(document: JsonObject): Dialect | undefined {
  return [...dialects.values()].find((dialect) => dialect.recognizes?.(document));
}
