import { at } from './items.js';
import { linkTarget } from './link-header.js';
import type { Answer, Request } from '../request.js';

type Path = readonly string[];

/** How an API leads from page to page. */
export interface Strategy {
  /** Where a page's items are in its body; absent where the body is the list. */
  readonly items?: Path | undefined;
  /** Where the next page is, undefined on the last. `from` is where this one was. */
  next(
    answer: Answer,
    items: readonly unknown[],
    request: Request,
    from?: string,
  ): string | undefined;
  /** The request for the page at `from`. */
  turn(request: Request, from: string): Request;
}

/** The server links to the next page in the `Link` header (RFC 8288). */
export function linkPages({
  items,
  direction = 'next',
}: { items?: Path; direction?: 'next' | 'prev' } = {}): Strategy {
  return {
    items,
    next: (answer) => absolute(linkTarget(answer.headers.get('Link') ?? '', direction), answer),
    turn: toUrl,
  };
}

/** The body holds the next page's URL. */
export function urlPages({ items, url }: { items?: Path; url: Path }): Strategy {
  return {
    items,
    next(answer) {
      const link = at(answer.body, url);
      return typeof link === 'string' ? absolute(link, answer) : undefined;
    },
    turn: toUrl,
  };
}

/** The body holds a cursor, to be sent as a parameter. */
export function cursorPages({
  items,
  cursor,
  param,
}: {
  items?: Path;
  cursor: Path;
  param: string;
}): Strategy {
  return {
    items,
    next(answer) {
      const value = at(answer.body, cursor);
      return typeof value === 'number' || (typeof value === 'string' && value)
        ? `${value}`
        : undefined;
    },
    turn: toParam(param),
  };
}

/**
 * A parameter skips items. The list ends at its total, where the body tells it, else at an empty
 * page: a short one proves nothing where the server caps what it gives at once.
 */
export function offsetPages({
  items,
  param,
  total,
}: {
  items?: Path;
  param: string;
  total?: Path;
}): Strategy {
  const repeats = repetition();
  return {
    items,
    next(answer, list, request, from) {
      if (repeats(list)) return from;
      const offset = Number(from ?? given(request, param) ?? 0) + list.length;
      const end = total ? Number(at(answer.body, total)) : NaN;
      return list.length === 0 || offset >= end ? undefined : `${offset}`;
    },
    turn: toParam(param),
  };
}

/** A parameter numbers pages. The list ends at the total of pages, if the body tells it, or at an empty page. */
export function numberPages({
  items,
  param,
  first,
  total,
}: {
  items?: Path;
  param: string;
  first: number;
  total?: Path;
}): Strategy {
  const repeats = repetition();
  return {
    items,
    next(answer, list, request, from) {
      if (repeats(list)) return from;
      const page = Number(from ?? given(request, param) ?? first) + 1;
      const end = total ? Number(at(answer.body, total)) : NaN;
      return list.length === 0 || page - first >= end ? undefined : `${page}`;
    },
    turn: toParam(param),
  };
}

function toUrl(request: Request, url: string): Request {
  return { ...request, url };
}

function toParam(param: string) {
  return (request: Request, value: string): Request => ({
    ...request,
    query: [...(request.query ?? []).filter(([name]) => name !== param), [param, value]],
  });
}

/**
 * Tells whether a page is the one before once more: what a server sends that does not know the
 * parameter, or stays on its last page. The next page is then said to be this one, which is a loop.
 */
function repetition(): (items: readonly unknown[]) => boolean {
  let before = '';
  return (items) => {
    const text = JSON.stringify(items);
    const repeated = items.length > 0 && text === before;
    before = text;
    return repeated;
  };
}

/** What the caller set for a parameter. */
function given({ query = [] }: Request, param: string): unknown {
  return query.find(([name]) => name === param)?.[1];
}

/**
 * The URL that a link means. A key that the server put into it is masked: it is set again later. A
 * fragment is never sent, so that it makes no other page of one.
 */
function absolute(link: string | undefined, { url, mask }: Answer): string | undefined {
  return link && URL.canParse(link, url)
    ? mask(new URL(link, url).href.replace(/#.*/, ''))
    : undefined;
}
