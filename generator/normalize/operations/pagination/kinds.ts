import type { Operation } from '../../../ir/ir.ts';
import type { PageEnding, Paging } from '../../../ir/paging.ts';
import type { Schemas } from '../../schemas/schema.ts';
import { cursorInBody, cursorInHeader, lastItem } from './cursors.ts';
import type { List } from './items.ts';
import { declaredUrl, linkHeader, nextUrl } from './links.ts';
import { offset, pageNumber } from './numbers.ts';
import type { Question } from './question.ts';
import type { Reply } from './reply.ts';

/** All that a document says of an operation that may tell of pages. */
export interface Evidence {
  readonly operation: Operation;
  /** The names of the headers of its answers, in lower case. */
  readonly headers: readonly string[];
  readonly question: Question;
  readonly reply: Reply;
  readonly ending: PageEnding;
  /** The list that its body is or holds; undefined where it has none or several. */
  readonly list: List | undefined;
  readonly schemas: Schemas;
}

/** A way to page, where an operation has a parameter for it and a place in its answer that fits. */
export interface Kind {
  readonly find: (evidence: Evidence) => Paging | undefined;
  /** Whether a POST request may be a read that is paged like this. */
  readonly post: boolean;
}

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
