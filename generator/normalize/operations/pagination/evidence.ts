import type { Operation } from '../../../ir/ir.ts';
import type { PageEnding, Paging } from '../../../ir/paging.ts';
import type { Schemas } from '../../schemas/schema.ts';
import type { List } from './items.ts';
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
  /** Bodies that the document shows as examples of its answers. */
  examples(): readonly unknown[];
  readonly schemas: Schemas;
}

/** A way to page, where an operation has a parameter for it and a place in its answer that fits. */
export interface Kind {
  readonly find: (evidence: Evidence) => Paging | undefined;
  /** Whether a POST request may be a read that is paged like this. */
  readonly post: boolean;
}
