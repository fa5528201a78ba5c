import type { Group, Pagination } from './ir.ts';

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
  /** How their lists lead from page to page, by the route of the list; by a `Link` header where it is absent. */
  readonly pages: Readonly<Record<string, Pagination>>;
  /** Requests a second that the server takes of one source address. */
  readonly addressRate?: number | undefined;
  /** A module of the run-time for Node alone, and which of its exports are the entry point `./node`. */
  readonly node?: { readonly module: string; readonly exports: readonly string[] } | undefined;
}

/** What is known of resources, by route, and of verbs. */
export interface EffectFacts {
  readonly resources?: Readonly<Record<string, object>> | undefined;
  readonly verbs?: Readonly<Record<string, object>> | undefined;
  /** Whether a change surely keeps the members that it does not send. */
  readonly merges?: boolean | undefined;
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
  /** How all batches are listed; absent where no operation does. */
  readonly list?: BatchList | undefined;
}

/** Where a batch says yes: `true` at a path of member names, or one of these values. */
export type BatchFlag =
  readonly string[] | { readonly at: readonly string[]; readonly is: readonly unknown[] };

/** The operation that lists batches, and where in a batch its state stands. */
export interface BatchList {
  readonly group: string;
  readonly operation: string;
  readonly id: readonly string[];
  readonly confirmed: BatchFlag;
  readonly completed: BatchFlag;
  readonly failed: BatchFlag;
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
