// @ts-nocheck
import { ApiError } from '../../answers/errors.js';
import type { Answer, Request } from '../../call.js';
import type { Client } from '../../client.js';
import { listItems } from '../../pages/items.js';
import { linkPages } from '../../pages/link-pages.js';
import type { Strategy } from '../../pages/strategy.js';
import { isObject, memberAt, safePath } from '../action/members.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { heldTooLong } from '../pace/request-failure.js';
import type { Answered, ReadPath } from './answered.js';

/** What reads are sent through. */
export interface Reads {
  readonly client: Client;
  readonly limiter: RateLimiter;
}

interface Shown {
  /** The members around what is shown. */
  readonly within: readonly string[];
  /** How a list leads from page to page, where that is known. */
  readonly pagesOf: (path: string) => Strategy | undefined;
}

/** Where a page of a list is, and what came before. */
interface Turn {
  readonly from: string;
  readonly before: readonly unknown[];
  readonly seen: ReadonlySet<string>;
}

const links = linkPages({ items: listItems });

/** Reads resources one by one, and lists page by page, at the rate of the API. */
export function readPaths(
  { client, limiter }: Reads,
  { within, pagesOf }: Shown,
  signal?: AbortSignal,
): ReadPath {
  const read = async (
    first: Request,
    pages: Strategy | undefined,
    turn?: Turn,
  ): Promise<Answered> => {
    if (!(await limiter.spareTurn(signal))) return { why: heldTooLong.message };
    const strategy = pages ?? links;
    const request = turn ? strategy.turn(first, turn.from) : first;
    try {
      const answer = await client.request(request, signal && { signal });
      const items = pages?.items(answer.body);
      const page = { answer, items: items ?? [], request, from: turn?.from, before: turn?.before };
      const from = strategy.next(page);
      const value = items ?? memberAt(answer.body, within);
      if (from === undefined) return { value, isPart: !pages && hasLinkToList(answer) };
      const seen = new Set(turn?.seen).add(from);
      // A list that leads back to a page is read to its end.
      if (turn?.seen.has(from) || from === answer.url) return { value };
      const next = (): Promise<Answered> => read(first, pages, { from, before: page.items, seen });
      return { value, isPart: true, next };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      limiter.holdAsAsked(error);
      return error.status === 404 || error.status === 410
        ? { missing: true }
        : { why: error.message };
    }
  };
  return async (place) => {
    const safe = safePath(place);
    if (safe === undefined) return { why: `"${place}" is no path of a resource` };
    return read({ id: 'read', method: 'GET', path: safe }, pagesOf(place));
  };
}

/** Whether a body links to another page of the list that it shows: then there may be more than it shows. */
function hasLinkToList({ body, url }: Answer): boolean {
  if (!isObject(body) || !Object.values(body).some(Array.isArray)) return false;
  const { pathname, href } = new URL(url);
  return Object.values(body)
    .flatMap(textsIn)
    .some((text) => {
      if (!/^(?:https?:\/)?\/|^\?/.test(text) || !URL.canParse(text, url)) return false;
      const to = new URL(text, url);
      return to.pathname === pathname && to.href !== href;
    });
}

/** The texts of a member, and of an object in it: `links.next`. */
function textsIn(value: unknown): readonly string[] {
  const values: readonly unknown[] = isObject(value) ? Object.values(value) : [value];
  return values.flatMap((one) => {
    const text = isObject(one) && 'href' in one ? one['href'] : one;
    return typeof text === 'string' ? [text] : [];
  });
}
