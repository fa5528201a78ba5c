// @ts-nocheck
import type { Pairs, Request } from './call.js';
import { encode } from './params/encode.js';

/** A request's path with its query. */
export function targetOf({ path, query = [] }: Request): string {
  const text = queryText(query);
  return path + (text && `?${text}`);
}

/** Pairs as the text of a query. */
export function queryText(query: Pairs): string {
  return query
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .filter((item) => item != null)
        .map((item) => (name && `${encode(name)}=`) + encode(item)),
    )
    .join('&');
}
