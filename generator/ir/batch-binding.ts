import type { PathPart } from './param.ts';

/** How an operation is said inside a batch. */
export interface BatchBinding {
  readonly dialect: string;
  /** The verb, where the dialect has verbs. */
  readonly operation?: string | undefined;
  /** The resource as the document's own list of batchable operations writes it. */
  readonly resource?: string | undefined;
  /** The entry's text. */
  readonly summary: string;
  /** Whether the action creates something whose id later actions may refer to. */
  readonly creates: boolean;
  /** Where what it creates will be, if the input tells: only then can other actions touch it by its name. */
  readonly at?: readonly PlacePart[] | undefined;
  /** How a creation takes several at a time, besides one; absent where it takes one only. */
  readonly list?: ElementList | undefined;
  /** The member of the input that keeps a change from being applied to what others have changed: it is required. */
  readonly fence?: string | undefined;
  /** The members of the action, in the order in which they are printed. */
  readonly members: readonly BatchMember[];
}

/** Of a body with one element, its member; and what a list of elements is called in its place. */
export interface ElementList {
  /** The body, in the input. */
  readonly body: string;
  /** `server` */
  readonly one: string;
  /** `server-list` */
  readonly many: string;
}

/** A piece of a place: of a path, or the input's member whose value stands there. */
export type PlacePart = PathPart | { readonly member: readonly string[] };

/** A member of an action: its name, and what stands in it. */
export type BatchMember = readonly [name: string, value: BatchValue];

/** What a member of an action holds: a part of the operation's request, or what the dialect says. */
export type BatchValue =
  | 'path'
  | 'method'
  | 'query'
  | 'headers'
  | 'body'
  | { readonly literal: string }
  | { readonly path: readonly PathPart[] };
