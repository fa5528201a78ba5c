import type { Group, PathPart } from './ir.ts';

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
  /** The members of the action, in the order in which they are printed. */
  readonly members: readonly BatchMember[];
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

/** How the API takes batches. */
export type Batching = DraftBatching | RequestBatching;

interface AnyBatching {
  /** The name of the dialect. */
  readonly dialect: string;
  /** What a run is given besides its actions: `organizationId`. */
  readonly scope: readonly string[];
  /** The groups that have batchable operations, with these alone. */
  readonly groups: readonly Group[];
  /** What is known of the resources that batches change, as data that is printed into the package. */
  readonly effects: BatchEffects;
  /** A module of the run-time for Node alone, and which of its exports are the entry point `./node`. */
  readonly node?: { readonly module: string; readonly exports: readonly string[] } | undefined;
}

/** What is known of resources, by route, and of verbs. */
export interface EffectFacts {
  readonly resources?: Readonly<Record<string, object>> | undefined;
  readonly verbs?: Readonly<Record<string, object>> | undefined;
}

/** The same, complete. */
export type BatchEffects = {
  readonly [Name in keyof EffectFacts]-?: NonNullable<EffectFacts[Name]>;
};

/** A batch lives on the server: it is drafted there, reviewed, confirmed and watched. */
export interface DraftBatching extends AnyBatching {
  readonly kind: 'draft';
  /** What the run-time needs to know, as data that is printed into the package. */
  readonly descriptor: BatchDescriptor;
  readonly traits: DraftTraits;
}

/** A constant of the package: its name, and what it holds. */
export interface BatchDescriptor {
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What of a dialect of drafts decides about types. */
export interface DraftTraits {
  /** The name of the type that holds them. */
  readonly name: string;
  readonly scope: readonly string[];
  readonly reports: string;
  /** Whether the server can report the end of a batch. */
  readonly callbacks: boolean;
}

/** A batch is one request that wraps others, and its answer holds their results. */
export interface RequestBatching extends AnyBatching {
  readonly kind: 'request';
  /** What the run-time needs to know, as data that is printed into the package. */
  readonly descriptor: BatchDescriptor;
  readonly traits: BatchTraits;
  /** A module below `src/`, and the hooks that it exports. */
  readonly hooks?: { readonly module: string; readonly name: string } | undefined;
  /** Whether an action can be confirmed by reading back what it changed. */
  readonly readsBack: boolean;
}

/** What of a dialect of requests decides about types. */
export interface BatchTraits {
  /** The name of the type that holds them. */
  readonly name: string;
  readonly onError: readonly string[];
  readonly scope: readonly string[];
  readonly within: readonly string[];
  /** The options of the endpoints that are fenced by a version. */
  readonly version: readonly string[];
  /** Whether reading a URL shows what actions on it change. */
  readonly previews: boolean;
  /** Whether an action can refer to what another creates. */
  readonly references: boolean;
}
