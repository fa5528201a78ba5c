import type { Pairs } from '../call.js';
import { encodeBy, encoded } from './encode.js';

/**
 * OpenAPI's `allowReserved` in a query: values keep reserved characters (RFC 3986) and
 * percent-encoded triples as they are. `#`, `&` and `+` are encoded all the same, as the query could
 * not be read otherwise.
 */
export function reservedPairs(pairs: Pairs): Pairs {
  return pairs.map(([name, value]) => [
    name,
    [value].flat().map((item) => (item == null ? item : encoded(reservedText(item)))),
  ]);
}

/** One value of a query that keeps reserved characters. */
export function reservedText(value: unknown): string {
  return encodeBy((text) => lightly(text, /[#&+]/g), value);
}

/** One part of a path that keeps reserved characters but for those that would end it. */
export function reservedSegment(value: unknown): string {
  return encodeBy((text) => lightly(text, /[/?#]/g), value);
}

function lightly(text: string, delimiters: RegExp): string {
  return encodeURI(text)
    .replace(delimiters, encodeURIComponent)
    .replace(/%25([\da-f]{2})/gi, '%$1');
}
