import type { CallOptions, Client } from '../client.js';
import { ApiError, type ErrorCode } from '../answers/errors.js';
import { itemsOf } from './items.js';
import type { Request } from '../request.js';
import type { Strategy } from './strategies.js';

export { cursorPages, linkPages, numberPages, offsetPages, urlPages } from './strategies.js';

/** What a listing may set. */
export interface PageOptions extends CallOptions {
  /** Where to begin: the `next` of a page or of an error. */
  readonly from?: string | undefined;
}

/** A part of a list. */
export interface Page<Item, Body> {
  readonly items: readonly Item[];
  /** The answer as it came. */
  readonly body: Body;
  /** Where the next page is, to go on from later: `{ from: page.next }`. Undefined on the last page. */
  readonly next: string | undefined;
  readonly headers: Headers;
}

/**
 * A list that comes in pages. Awaited, it is its first page; iterated, all its items. Nothing is
 * sent before. While the second half of a page is consumed the next page is on its way, and leaving
 * the loop calls it off. A page that fails is thrown once, after the items before it; the error's
 * `next` resumes there.
 */
export interface Paged<Item, Body>
  extends Pick<Promise<Page<Item, Body>>, 'then' | 'catch' | 'finally'>, AsyncIterable<Item> {
  /** Page after page, the next one already on its way. */
  pages(): AsyncGenerator<Page<Item, Body>, void, undefined>;
}

/** A list that is read page by page. */
export function paginate<Item, Body>(
  client: Client,
  options: PageOptions | undefined,
  strategy: Strategy,
  request: Request,
): Paged<Item, Body> {
  const { id, method, path } = request;

  const load = async (
    from: string | undefined,
    signal?: AbortSignal,
    seen: Set<string | undefined> = new Set(),
  ): Promise<Located<Item, Body>> => {
    const fail = (code: ErrorCode): ApiError =>
      Object.assign(new ApiError(`${id}: ${code}`), {
        code,
        operation: id,
        request: { method, url: from ?? path },
        messages: [],
      });
    try {
      if (seen.has(from)) throw fail('loop');
      seen.add(from);
      const turned = from === undefined ? request : strategy.turn(request, from);
      const answer = await client.request(turned, { ...options, signal });
      const items = itemsOf(answer.body, strategy.items);
      if (!items) throw fail('invalid-body');
      const next = strategy.next(answer, items, request, from);
      // Of what types items and body are, only the document says.
      return { ...answer, items, next } as Located<Item, Body>;
    } catch (error) {
      throw Object.assign(Object(error), { next: from });
    }
  };

  let start: Promise<Located<Item, Body>> | undefined;
  const first = (): Promise<Located<Item, Body>> =>
    (start ??= load(options?.from, options?.signal));

  async function* walk<Unit>(
    unitsOf: (page: Page<Item, Body>) => readonly Unit[],
  ): AsyncGenerator<Unit, void, undefined> {
    const control = new AbortController();
    const signal = AbortSignal.any([control.signal, options?.signal ?? control.signal]);
    const seen = new Set([options?.from]);
    try {
      let coming: Promise<Located<Item, Body>> | undefined = first();
      while (coming) {
        const page: Located<Item, Body> = await coming;
        const units = unitsOf(page);
        seen.add(page.url);
        coming = undefined;
        const prefetch = (): void => {
          if (coming || page.next === undefined) return;
          coming = load(page.next, signal, seen);
          // Its failure is for whoever asks for that page.
          coming.catch(() => {});
        };
        for (const [index, unit] of units.entries()) {
          if (index * 2 >= units.length - 1) prefetch();
          yield unit;
        }
        prefetch();
      }
    } finally {
      control.abort();
    }
  }

  return {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list gives its first page
    then: (...handlers) => first().then(...handlers),
    catch: (handler) => first().catch(handler),
    finally: (handler) => first().finally(handler),
    pages: () => walk((page) => [page]),
    [Symbol.asyncIterator]: () => walk((page) => page.items),
  };
}

interface Located<Item, Body> extends Page<Item, Body> {
  readonly url: string;
}
