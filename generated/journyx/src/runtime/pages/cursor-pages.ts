// @ts-nocheck
import type { Answer } from '../call.js';
import { at, type Items, type Path } from './items.js';
import { absolute, toUrl } from './link-pages.js';
import { type Param, placeOf } from './place.js';
import { type Ending, ends, type Strategy } from './strategy.js';

/** The answer holds a cursor, in its body or in a header, to be sent back as it came. */
export function cursorPages({
  items,
  cursor,
  param,
  orUrl,
  ...ending
}: {
  items: Items;
  cursor: Path | string;
  param: Param;
  /** Whether a URL that stands there is followed. */
  orUrl?: boolean;
} & Ending): Strategy {
  const isUrl = (text: string | undefined): boolean => !!orUrl && /^https?:\/\//.test(text ?? '');
  return {
    items,
    next({ answer }) {
      if (ends(ending, answer)) return undefined;
      const { headers, body } = answer;
      const next = token(
        typeof cursor === 'string' ? headers.get(cursor) : at(body, cursor),
        answer,
      );
      return isUrl(next) ? absolute(next, answer) : next;
    },
    turn: (request, from) =>
      isUrl(from) ? toUrl(request, from) : placeOf(param).write(request, from),
  };
}

/** The last item of a page says where the next one begins. The list ends at an empty page at the latest. */
export function lastItemPages({
  items,
  id,
  param,
  ...ending
}: { items: Items; id: Path; param: Param } & Ending): Strategy {
  return {
    items,
    next: ({ answer, items: list }) =>
      ends(ending, answer) ? undefined : token(at(list.at(-1), id), answer),
    turn: (request, from) => placeOf(param).write(request, from),
  };
}

/** @throws ApiError for half a surrogate pair, which no URL can hold. */
function token(value: unknown, { fail }: Answer): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return `${value}`;
  // A date is sent as its text in JSON.
  const { toJSON = undefined } = Object(value) as { readonly toJSON?: () => unknown };
  const text = toJSON ? toJSON.call(value) : value;
  if (typeof text !== 'string' || !text) return undefined;
  if (/\p{Cs}/u.test(text)) throw fail('invalid-body');
  return text;
}
