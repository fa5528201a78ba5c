import type { Paging } from './pages.js';
import type { Shape } from './shape.js';

/** What the generator knows of an operation's answers. */
export interface MockOperation {
  readonly id: string;
  readonly method: string;
  /** The path below a base URL, as a regular expression. */
  readonly path: string;
  /** Base URLs; a request to any host counts where there is none. */
  readonly bases: readonly string[];
  /** Pairs that stand in the query of each request. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly responses: readonly MockResponse[];
  readonly paging?: Paging;
  /** Where the items are in a page. */
  readonly items?: readonly string[];
}

export interface MockResponse {
  readonly status: number | string;
  readonly type?: string;
  readonly reading: string;
  readonly shape: Shape;
  readonly headers?: readonly { readonly name: string; readonly shape: Shape }[];
  /** Bodies that the document shows. */
  readonly shown?: readonly unknown[];
}

/** How answers are made. */
export interface MockOptions {
  /** Another seed makes other data. Default 1. */
  readonly seed?: number | string | undefined;
  /** Whether what may be null is null. Default false. */
  readonly nulls?: boolean | undefined;
  /** Where the API lives. Default: the servers of its document. */
  readonly baseUrl?: string | undefined;
  /** Items on a page. Default 2. */
  readonly pageSize?: number | undefined;
}

/** An answer, and what of it is other than what is made up. */
export interface MockOverride {
  readonly status?: number | undefined;
  /** In place of what is made up: members of an object one by one, anything else as a whole. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The items of a listing, which come page by page. */
  readonly items?: readonly unknown[] | undefined;
}

/** An answer as it is sent. */
export interface MockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is sent as JSON, or a text; undefined without content. */
  readonly body: unknown;
  /** The content. */
  readonly content: string | undefined;
}
