import { cursorInBody, cursorInHeader, lastItem } from './cursors.ts';
import { declaredUrl, linkHeader, nextUrl } from './links.ts';
import { offset, pageNumber } from './numbers.ts';
import type { Kind } from './evidence.ts';

/**
 * The kinds of paging, of which the first that an operation shows is its own. What the server makes
 * comes before what the client counts, as it skips nothing when the list changes meanwhile; among
 * these, what is meant for pages alone before names that mean other things elsewhere.
 */
export const kinds: readonly Kind[] = [
  // The document says so in as many words.
  { find: declaredUrl, post: true },
  // A header that is made for it, and that holds every parameter of the request.
  { find: linkHeader, post: false },
  // A cursor that the answer gives, for a parameter that takes one. `next` is such a cursor where
  // one is asked for, and so this stands before URLs.
  { find: cursorInBody, post: true },
  { find: nextUrl, post: true },
  { find: cursorInHeader, post: true },
  // The client takes the cursor out of an item itself.
  { find: lastItem, post: true },
  // An offset says exactly where to go on; a page's number depends on the size of all before it.
  { find: offset, post: true },
  { find: pageNumber, post: true },
];
