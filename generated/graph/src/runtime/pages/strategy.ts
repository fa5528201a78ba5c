// @ts-nocheck
import { at, type Items, type Path } from './items.js';
import type { Answer, Request } from '../call.js';

/** A page that came, as what its next one is told from. */
export interface Came {
  readonly answer: Answer;
  /** The items that came, also those that came before. */
  readonly items: readonly unknown[];
  readonly request: Request;
  /** Where this page was; undefined on the first. */
  readonly from: string | undefined;
  /** The items of the page before, where that is known. */
  readonly before: readonly unknown[] | undefined;
}

/** How an API leads from page to page. */
export interface Strategy {
  /** Reads a page's items. */
  readonly items: Items;
  /** Where the next page is, undefined on the last. */
  next(page: Came): string | undefined;
  /** The request for the page at `from`. */
  turn(request: Request, from: string): Request;
  /** A page's items without those that came before; all of them where this is absent. */
  fresh?(page: Came): readonly unknown[];
}

/** Where a body says whether the list goes on. */
export interface Ending {
  /** A member that is `false` on the last page: `has_more`. */
  readonly more?: Path | undefined;
  /** A member that is `true` on the last page: `isLast`. */
  readonly last?: Path | undefined;
}

/** Whether a body says that the list ends with it. */
export function ends({ more, last }: Ending, { body }: Answer): boolean {
  return (more && at(body, more)) === false || (last && at(body, last)) === true;
}

/** Whether a body says that the list goes on. */
export function goesOn({ more, last }: Ending, { body }: Answer): boolean {
  return (more && at(body, more)) === true || (last && at(body, last)) === false;
}

/**
 * Whether a page is the one before once more: what a server sends that does not know the parameter,
 * or stays on its last page.
 */
export function repeats({ items, before }: Came): boolean {
  return items.length > 0 && same(items, before);
}

/** Whether two JSON values were written in the same way. */
export function same(left: unknown, right: unknown): boolean {
  return textOf(left) === textOf(right);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? `${member}` : member,
  );
}
