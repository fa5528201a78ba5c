import type { Diagnostics } from '../diagnostics.ts';
import type { Api, BatchBinding, Operation, ParamStyle, PathPart } from '../ir.ts';
import type { PaginationOverride } from '../normalize/pagination.ts';
import type { JsonObject } from '../normalize/read.ts';

/** What a batch builder hands to `action`: names of members, and what stands in each. */
export type WireValue =
  | 'path'
  | 'method'
  | 'query'
  | 'headers'
  | 'body'
  | { readonly literal: string }
  | { readonly path: readonly PathPart[] };

/**
 * How one API wraps many operations into one request, as the generator needs to know it.
 * What the run-time needs (limits, life cycle, shapes) is in `templates/runtime/batch/`.
 */
export interface Dialect {
  /** For the command line and the configuration: `meraki`. */
  readonly name: string;
  /** The module of the run-time, below `runtime/batch/`, and the descriptor and its type that it exports. */
  readonly runtime: { readonly module: string; readonly name: string; readonly type: string };
  /** The module for Node alone, below `runtime/batch/`, and which of its exports are the entry point `./node`. */
  readonly node?: { readonly module: string; readonly exports: readonly string[] } | undefined;
  /** How a query parameter that is not a scalar is written where the document does not say. */
  readonly queryStyle?: ParamStyle | undefined;
  /** What only a person can know of an operation's pages, by operationId. */
  readonly pagination?: Readonly<Record<string, PaginationOverride | false>> | undefined;
  readonly client?: ClientFacts | undefined;
  /** Whether a document is one of this API, so that nobody needs to say so. */
  recognizes?(document: JsonObject): boolean;
  /** Tells which operations may stand in a batch, and how each is said there. */
  bind(
    api: Api,
    document: JsonObject,
    options: BindOptions,
    diagnostics: Diagnostics,
  ): ReadonlyMap<Operation, BatchBinding>;
  /** The members of an action, in the order in which they are printed. */
  wire(
    operation: Operation,
    binding: BatchBinding,
    options: BindOptions,
  ): readonly (readonly [string, WireValue])[];
}

/** What a client of the API must keep to, beyond what its document says. */
export interface ClientFacts {
  /** The option that holds the key, and how the key is presented; by default an option per security scheme. */
  readonly credential?: { readonly option: string; readonly scheme: 'bearer' } | undefined;
  /** Domains of the vendor to which redirects and page links may lead, subdomains included: `meraki.com`. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Requests a second; counted apart for each match of `key` (a regular expression's source) in a path. */
  readonly rateLimit?:
    { readonly perSecond: number; readonly key?: string | undefined } | undefined;
  /** Whether the server demands `App[/version] Vendor`. */
  readonly userAgent?: boolean | undefined;
}

export interface BindOptions {
  /** Resolves an entry of the document's own list by hand: `'<operation> <resource>'` → operationId, or `false` to leave it out. */
  readonly overrides?: Readonly<Record<string, string | false>> | undefined;
  /** Whether an action's resource is the operation's path (the default) or what the document's list says. */
  readonly resource?: 'path' | 'entry' | undefined;
}
