// @ts-nocheck
import type { Answer } from '../call.js';
import { at, type Items, type Path } from './items.js';
import { type Param, placeOf } from './place.js';
import { type Came, type Ending, ends, goesOn, repeats, same, type Strategy } from './strategy.js';

interface Numbered extends Ending {
  readonly items: Items;
  readonly param: Param;
  /** The first page's own number; what the answer says or the second page shows, where this is absent. */
  readonly first?: number;
  /** Where the body says how many there are. */
  readonly total?: Path;
  /** Where the body says which one it is. */
  readonly number?: Path;
  /** Where the body says which one is next. */
  readonly next?: Path;
}

/**
 * A parameter skips items. The list ends at its total, where the body tells it, else at an empty
 * page: a short one proves nothing where the server caps what it gives at once.
 */
export function offsetPages(options: Numbered): Strategy {
  return numbered(
    options,
    ({ length }) => length,
    ([first], before) => Number(same(first, before.at(-1))),
  );
}

/** A parameter numbers pages. The list ends at the total of pages, if the body tells it, or at an empty page. */
export function numberPages(options: Numbered): Strategy {
  return numbered(
    options,
    () => 1,
    (page, before) => (same(page, before) ? page.length : 0),
  );
}

/**
 * Where nothing says whether counting begins at 0 or 1, the lower number is asked for: what it
 * gives is new, or it has come before and is dropped. The other way items would be lost.
 */
function numbered(
  { items, param, first, total, number, next: following, ...ending }: Numbered,
  stepOf: (items: readonly unknown[]) => number,
  again: (page: readonly unknown[], before: readonly unknown[]) => number,
): Strategy {
  const place = placeOf(param);
  let base = first;
  /** Whether a page has said which one is next. */
  let isSaid = false;
  /** Whether a page says that none is next. Where no page says which one is, its silence says nothing. */
  const isLast = ({ body }: Answer): boolean => {
    const said = following && at(body, following);
    if (said === undefined) return isSaid;
    isSaid = true;
    // What is next is after the first. Of an object no number can be made.
    return said === null || said === '' || (said !== Object(said) && Number(said) < (base ?? 0));
  };
  /** How many items this page shares with the first, if it shows where counting begins. */
  const shared = ({ items: list, before, from }: Came): number | undefined =>
    first === undefined && before && Number(from) === stepOf(before)
      ? again(list, before)
      : undefined;
  return {
    items,
    fresh: (page) => page.items.slice(shared(page)),
    next(page) {
      const { answer, items: list, request, from } = page;
      const asked = from ?? place.read(request);
      const told = asked === undefined && number ? at(answer.body, number) : undefined;
      const overlap = shared(page);
      if (overlap !== undefined) base ??= overlap && 1;
      if (typeof told === 'number' || typeof told === 'bigint') base ??= Number(told);
      if (isLast(answer) && !goesOn(ending, answer)) return undefined;
      if (!overlap && repeats(page)) return from;
      if (ends(ending, answer) || (list.length === 0 && !goesOn(ending, answer))) return undefined;
      const step = stepOf(list);
      const after = Number(asked ?? base ?? 0) + step;
      const sofar = asked === undefined ? step : base === undefined ? undefined : after - base;
      // A total of fewer than came is not believed: null, 0 or -1 where nothing was counted.
      const said = total && at(answer.body, total);
      // Of an object no number can be made.
      return said !== Object(said) && Number(said) === sofar ? undefined : `${after}`;
    },
    turn: (request, from) => place.write(request, from),
  };
}
