// @ts-nocheck
import type { Telling } from '../answers/typed.js';
import type { CallOptions, Client } from '../client.js';
import type { Answer, Request } from '../call.js';
import { MAX_EMPTY_PAGES, MAX_ITEMS } from '../constants.js';
import type { Strategy } from './strategy.js';

export { cursorPages, lastItemPages } from './cursor-pages.js';
export { itemsAt, listItems, listOrItem } from './items.js';
export { linkPages, urlPages } from './link-pages.js';
export { numberPages, offsetPages } from './number-pages.js';
export { inBody, inHeader } from './place.js';

/** What a listing may set. */
export interface PageOptions extends CallOptions {
  /** Where to begin: the `next` of a page or of an error. */
  readonly from?: string | undefined;
  /** How many pages in a row may be empty before the list ends with a `loop`. Default 100. */
  readonly maxEmptyPages?: number | undefined;
}

/** A part of a list. */
export interface Page<out Item, out Body> {
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
export interface Paged<out Item, out Body, out Answers = unknown>
  extends
    Pick<Promise<Page<Item, Body>>, 'then' | 'catch' | 'finally'>,
    AsyncIterable<Item>,
    Telling<Answers> {
  /** Page after page, the next one already on its way. */
  pages(): AsyncGenerator<Page<Item, Body>, void, undefined>;
  /**
   * The items at once: at most `limit`, and no page more than these need. Without a limit all of
   * them, or a `RangeError` where there are more than 100,000.
   */
  all(options?: { readonly limit?: number | undefined }): Promise<Item[]>;
}

/** A list that is read page by page. It fits what the caller declares, as what `send` gives does. */
export function paginate(
  client: Client,
  options: PageOptions | undefined,
  strategy: Strategy,
  describe: () => Request,
): Paged<never, never, never>;
export function paginate<Item, Body>(
  client: Client,
  options: PageOptions | undefined = {},
  strategy: Strategy,
  describe: () => Request,
): Paged<Item, Body> {
  const load = async (
    from: string | undefined,
    signal: AbortSignal | undefined,
    before?: Located<Item, Body>,
    seen: Set<string | undefined> = new Set(),
  ): Promise<Located<Item, Body>> => {
    try {
      if (seen.has(from)) throw before?.fail('loop');
      seen.add(from);
      const request = describe();
      const turned = from == null ? request : strategy.turn(request, from);
      const answer = await client.request(turned, { ...options, signal });
      const { body, ...told } = answer;
      const came = strategy.items(body);
      if (!came) throw answer.fail('invalid-body');
      const page = { answer, items: came, request, from, before: before?.came };
      const items = strategy.fresh?.(page) ?? came;
      let next = strategy.next(page);
      const empty = came.length ? 0 : (before?.empty ?? 0) + 1;
      // Where nothing more is to come, some servers give an empty page that leads to itself.
      if (empty && (next === answer.url || seen.has(next))) next = undefined;
      if (empty > (options.maxEmptyPages ?? MAX_EMPTY_PAGES)) throw answer.fail('loop');
      // Headers can repeat a key: they are there to be read, and not shown with the page. A prototype is
      // kept long after its objects, so it must not hold the body. Of what types items and body are, only
      // the document says.
      const shown = { __proto__: told, body, items, next, came, empty };
      return shown as unknown as Located<Item, Body>;
    } catch (error) {
      // It is there to be used, and not to be written down: a server may put a secret into it.
      throw Object.defineProperty(Object(error), 'next', { value: from });
    }
  };

  let start: Promise<Located<Item, Body>> | undefined;
  const first = (): Promise<Located<Item, Body>> => (start ??= load(options.from, options.signal));

  async function* walk<Unit>(
    unitsOf: (page: Page<Item, Body>) => readonly Unit[],
  ): AsyncGenerator<Unit, void, undefined> {
    const control = new AbortController();
    const signal = AbortSignal.any([control.signal, options.signal ?? control.signal]);
    const seen = new Set([options.from]);
    try {
      let coming: Promise<Located<Item, Body>> | undefined = first();
      while (coming) {
        const page: Located<Item, Body> = await coming;
        const units = unitsOf(page);
        let index = 0;
        seen.add(page.url);
        coming = undefined;
        const prefetch = (): void => {
          if (coming || page.next == null) return;
          coming = load(page.next, signal, page, seen);
          // Its failure is for the caller that asks for that page.
          coming.catch(() => {});
        };
        for (const unit of units) {
          if (index++ * 2 >= units.length - 1) prefetch();
          yield unit;
        }
        prefetch();
      }
    } finally {
      control.abort();
    }
  }

  const each = (): AsyncGenerator<Item, void, undefined> => walk((page) => page.items);

  return {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a list gives its first page
    then: (onPage, onError) => first().then(onPage, onError),
    catch: (handler) => first().catch(handler),
    finally: (handler) => first().finally(handler),
    pages: () => walk((page) => [page]),
    async all({ limit } = {}) {
      const list: Item[] = [];
      if (limit !== 0)
        for await (const item of each()) {
          if (list.push(item) === limit) break;
          if (limit == null && list.length > MAX_ITEMS) throw RangeError('too many items');
        }
      return list;
    },
    [Symbol.asyncIterator]: each,
  };
}

interface Located<Item, Body> extends Page<Item, Body>, Pick<Answer, 'fail' | 'url'> {
  /** The items that came, also those that came before. */
  readonly came: readonly unknown[];
  /** How many pages in a row were empty, this one included. */
  readonly empty: number;
}
