// @ts-nocheck
import { at, type Items, type Path } from './items.js';
import { linkTarget } from './link-header.js';
import type { Answer, Request } from '../call.js';
import { type Ending, ends, type Strategy } from './strategy.js';

/** The server links to the next page in the `Link` header (RFC 8288). */
export function linkPages({
  items,
  direction = 'next',
}: {
  items: Items;
  direction?: 'next' | 'prev';
}): Strategy {
  return {
    items,
    next: ({ answer }) => absolute(linkTarget(answer.headers.get('Link') ?? '', direction), answer),
    turn: (request, url) => ({ ...request, url }),
  };
}

/** The body holds the next page's URL, or a list of links of which one is called `next`. */
export function urlPages({
  items,
  url,
  ...ending
}: { items: Items; url: Path } & Ending): Strategy {
  return {
    items,
    next({ answer }) {
      const found = at(answer.body, url);
      const link = Array.isArray(found) ? found.find((one) => one?.rel === 'next')?.href : found;
      return typeof link === 'string' && !ends(ending, answer) ? absolute(link, answer) : undefined;
    },
    turn: toUrl,
  };
}

/** What a link leads to is got, however the first page was asked for. */
export function toUrl(request: Request, url: string): Request {
  return { ...request, method: 'GET', body: undefined, url };
}

/**
 * The URL that a link means. A parameter that carries a credential is taken out: it is set again
 * later. A fragment is never sent, so that it makes no other page of one.
 */
export function absolute(link: string | undefined, { url, queryKeys }: Answer): string | undefined {
  if (!link || !URL.canParse(link, url)) return undefined;
  const to = new URL(link, url);
  to.hash = '';
  const { searchParams } = to;
  // Deleting writes all pairs anew, also where there is nothing to delete.
  for (const key of queryKeys) if (searchParams.has(key)) searchParams.delete(key);
  return to.href;
}
