import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { ApiRateLimit } from '../ir/api.ts';
import type { EffectFacts } from '../ir/batch.ts';
import type { ApiDescription, Operation, ParamStyle } from '../ir/ir.ts';
import type { DraftDialect } from '../../templates/runtime/batch/protocol/protocol.ts';
import type { RequestDialect } from '../../templates/runtime/batch/request/request-protocol.ts';
import type { JsonObject } from '../json/narrow.ts';
import type { PaginationOverride } from '../ir/pagination-override.ts';
import type { BatchBinding, BatchMember } from '../ir/batch-binding.ts';

/** A descriptor as data, which is printed into the package: for batches that live on the server. */
export interface DraftModule {
  readonly drafts: DraftDialect;
}

/** A descriptor as data, which is printed into the package: for batches that are one request. */
export interface RequestModule {
  readonly batches: Omit<RequestDialect, 'hooks'>;
  /** A module below `src/`, and the hooks that it exports. */
  readonly hooks?: { readonly module: string; readonly name: string } | undefined;
}

/**
 * How one API wraps many operations into one request. `requestDialect` makes those whose batch is a single
 * request, `draftDialect` those whose batches live on the server; what they take beyond this (limits, shapes,
 * errors, fences) is a `RequestDialect` or a `DraftDialect`.
 */
export interface Dialect {
  /** For the command line and the configuration: `meraki`. */
  readonly name: string;
  /** What the run-time needs to know: limits, life cycle, shapes. */
  readonly runtime: DraftModule | RequestModule;
  /** The module for Node alone, below `runtime/batch/`, and which of its exports are the entry point `./node`. */
  readonly node?: { readonly module: string; readonly exports: readonly string[] } | undefined;
  /** Requests a second that the server takes of one source address, all organizations together. */
  readonly addressRate?: number | undefined;
  /** How a query parameter that is not a scalar is written where the document does not say. */
  readonly queryStyle?: ParamStyle | undefined;
  /** What the input calls parameters, by their name on the wire, where that would be awkward: `If-Match`. */
  readonly inputNames?: Readonly<Record<string, string>> | undefined;
  /** What only a person can know of an operation's pages, by operationId. */
  readonly pagination?: Readonly<Record<string, PaginationOverride | false>> | undefined;
  readonly client?: ClientFacts | undefined;
  /** What is known of the API's resources besides what the document says, for previews and undoing. */
  readonly effects?: EffectFacts | undefined;
  /** Whether a document is one of this API, so that nobody needs to say so. */
  recognizes?(document: JsonObject): boolean;
  /**
   * Whether an operation is bound by what it says itself, by what the document says outside of its
   * paths, and by what `leftOut` says of the others: then some may be bound without the rest.
   */
  readonly bindsApart?: boolean | undefined;
  /** Tells which operations may stand in a batch, and how each is said there. */
  bind(
    api: ApiDescription,
    document: JsonObject,
    options: BindOptions,
    diagnostics: Diagnostics,
  ): ReadonlyMap<Operation, Bound>;
  /** The members of an action, in the order in which they are printed. */
  wire(operation: Operation, binding: Bound, options: BindOptions): readonly BatchMember[];
}

/** What a dialect finds out about an operation; the members of its actions are made of it. */
export type Bound = Omit<BatchBinding, 'members'>;

/** A key as `Authorization: Bearer <key>`, or after a prefix in some header. */
export type Credential =
  | { readonly option: string; readonly scheme: 'bearer' }
  | {
      readonly option: string;
      readonly scheme: 'header';
      readonly name: string;
      readonly prefix: string;
      readonly description: string;
    };

/** What a client of the API must keep to, beyond what its document says. */
export interface ClientFacts {
  /** The option that holds the key, and how the key is presented; by default an option per security scheme. */
  readonly credential?: Credential | undefined;
  /** Domains of the vendor to which redirects and page links may lead, subdomains included: `meraki.com`. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly rateLimit?: ApiRateLimit | undefined;
  /** Whether the server demands `App[/version] Vendor`. */
  readonly userAgent?: boolean | undefined;
}

/** An operation that the user left out of the package. */
export interface LeftOut extends Pick<Operation, 'id' | 'method' | 'route'> {
  readonly doc: Pick<Operation['doc'], 'summary' | 'description'>;
}

export interface BindOptions {
  /** What the document's own list may mean and the package does not have. */
  readonly leftOut?: readonly LeftOut[] | undefined;
  /** Resolves an entry of the document's own list by hand: `'<operation> <resource>'` → operationId, or `false` to leave it out. */
  readonly overrides?: Readonly<Record<string, string | false>> | undefined;
  /** Whether an action's resource is the operation's path (the default) or what the document's list says. */
  readonly resource?: 'path' | 'entry' | undefined;
}
