import type { Doc, NamedType, Property, Type } from './declared-type.ts';
import type { Paging } from './paging.ts';
import type { Param, PathPart } from './param.ts';
import type { BatchBinding } from './batch-binding.ts';

export type * from './declared-type.ts';
export type * from './param.ts';

/**
 * The intermediate representation: what a template sees. Types only, and no OpenAPI word in it.
 * Everything is decided here: names are final and unique, references are resolved, order is fixed.
 */

/** What there is to say of an API itself, apart from the package that is emitted of it. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly servers: readonly Server[];
  readonly auth: readonly AuthScheme[];
  /** Which of `auth` an operation asks for that does not say it; absent where it makes no difference. */
  readonly security?: Security | undefined;
  /** Operations by their first tag, sorted by name. */
  readonly groups: readonly Group[];
  /** Types that have a declaration of their own, sorted by name. */
  readonly types: readonly NamedType[];
  /** The bodies that the API sends to its user: webhooks and callbacks. */
  readonly webhooks: readonly Webhook[];
}

/** A base URL; `variables` are substituted for `{name}` in `url`. */
export interface Server {
  readonly url: string;
  readonly description: string;
  readonly variables: readonly ServerVariable[];
}

export interface ServerVariable {
  readonly name: string;
  readonly description: string;
  /** Absent where the document names none: then the user must choose. */
  readonly default?: string | undefined;
  /** Empty where any value will do. */
  readonly values: readonly string[];
}

/** Groups of names of schemes: all of one group are presented. An empty group needs none. */
export type Security = readonly (readonly string[])[];

/** A way to present credentials. */
export type AuthScheme =
  | { readonly kind: 'bearer'; readonly key: string; readonly description: string }
  | {
      readonly kind: 'http';
      readonly key: string;
      /** What stands before the key in `Authorization`. */
      readonly scheme: string;
      readonly description: string;
    }
  | { readonly kind: 'basic'; readonly key: string; readonly description: string }
  | {
      readonly kind: 'apiKey';
      readonly key: string;
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly description: string;
    };

/** The operations of one tag: one module, one property of the client object. */
export interface Group {
  /** An identifier, and the module's file name: `cellularGateway`. */
  readonly name: string;
  /** The tag as the document has it. */
  readonly title: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

/** An HTTP method; a document may name others than these, as `COPY`. */
export type Method =
  | 'GET'
  | 'PUT'
  | 'POST'
  | 'DELETE'
  | 'OPTIONS'
  | 'HEAD'
  | 'PATCH'
  | 'TRACE'
  | 'QUERY'
  | (string & {});

export interface Operation {
  /** The identifier of the emitted function; unique in the API. */
  readonly name: string;
  /** `name` in Pascal case: the stem of {@link types}. */
  readonly typeName: string;
  readonly types: OperationTypes;
  /** The operationId as the document has it, or the name made up for an operation without one. */
  readonly id: string;
  readonly group: string;
  readonly method: Method;
  /** The path as the document has it, for people: `/networks/{networkId}`. */
  readonly route: string;
  readonly path: readonly PathPart[];
  readonly params: readonly Param[];
  /** What stands in the query of each request, besides the parameters. */
  readonly fixedQuery?: readonly FixedPair[] | undefined;
  readonly body?: Body | undefined;
  readonly result: Result;
  /** All that the document declares, by status, the preferred media type first. */
  readonly responses: readonly Response[];
  readonly doc: Doc;
  /** The base URL, where it is not the API's own. */
  readonly server?: Server | undefined;
  /** False where the document says that no credentials are needed. */
  readonly authenticated: boolean;
  /** Which credentials it asks for, where they are not the API's usual ones. */
  readonly security?: Security | undefined;
  /** The header that makes a repeated request safe, where the document declares one. */
  readonly idempotencyHeader?: string | undefined;
  readonly pagination?: Pagination | undefined;
  readonly batch?: BatchBinding | undefined;
  /** Where the document declares it (RFC 6901). */
  readonly pointer: string;
}

/**
 * The names of the types that an operation declares. All are taken; those of what it does not have,
 * a body or pages, are not declared.
 */
export interface OperationTypes {
  readonly input: string;
  readonly body: string;
  /** An element of a listing that comes in pages. */
  readonly item: string;
  readonly response: string;
  /** An item of a stream. */
  readonly event: string;
  /** Every response by its status. */
  readonly answers: string;
  /** The media types of a body that may have several. */
  readonly contentType: string;
}

/** A pair of the query that the path's text holds: `?action=list`, `?filter=id:{id}`. */
export interface FixedPair {
  readonly name: string;
  readonly value: readonly PathPart[];
}

/** How a body is made: `jsonOrBytes` as its value is. */
export type BodyEncoding = 'json' | 'jsonOrBytes' | 'form' | 'multipart' | 'text' | 'binary';

export interface Body {
  /** The property of the input that holds the body. */
  readonly key: string;
  readonly required: boolean;
  /** Of a body under any of its media types. */
  readonly type: Type;
  /** The media types that it may have, the preferred first. */
  readonly contents: readonly [BodyContent, ...BodyContent[]];
  /** The property of the input that holds headers of its parts, where the document declares some. */
  readonly partHeaders?: PartHeaders | undefined;
  readonly doc: Doc;
}

/** A body under one media type. */
export interface BodyContent {
  readonly mediaType: string;
  readonly encoding: BodyEncoding;
  /** How fields are written, where their values do not say it. */
  readonly fields?: readonly FieldRule[] | undefined;
  /** Whether a string stands for this one of several media types. */
  readonly takesText?: boolean | undefined;
}

export interface PartHeaders {
  readonly key: string;
  readonly required: boolean;
  readonly type: Type;
}

/** How a field of a form is written: an OpenAPI style, or `json`. */
export type FieldStyle =
  'form' | 'exploded' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject' | 'json';

/** How a field is written, or the media type of a part. */
export type FieldRule =
  | {
      readonly name: string;
      readonly style: FieldStyle;
      readonly allowReserved?: boolean | undefined;
    }
  | { readonly name: string; readonly contentType: string };

/** An exact status, a range, or whatever the other responses do not name. */
export type ResponseStatus = number | '1XX' | '2XX' | '3XX' | '4XX' | '5XX' | 'default';

/**
 * How a body is read: `any` by the Content-Type that comes; `events` (`text/event-stream`), `lines`
 * (NDJSON, JSON lines) and `sequence` (RFC 7464) item by item; `none` where there is no body.
 */
export type Reading = 'json' | 'text' | 'binary' | 'any' | 'events' | 'lines' | 'sequence' | 'none';

/** What an operation may answer: one entry for each status and media type. */
export interface Response {
  readonly status: ResponseStatus;
  /** Absent where the document declares no content. */
  readonly mediaType?: string | undefined;
  readonly reading: Reading;
  readonly type: Type;
  /** What the document says of the response's headers. */
  readonly headers: readonly Property[];
  /** Bodies that the document shows, whole, as JSON has them; they may break the type. */
  readonly examples?: readonly unknown[] | undefined;
  readonly doc: Doc;
}

/** What a successful call resolves to. */
export interface Result {
  readonly type: Type;
  /** How most of it is read: of several ways the first of JSON, text, bytes. */
  readonly reading: Reading;
  /** The media types to ask for; absent where no body is expected. */
  readonly accept?: string | undefined;
}

export interface Pagination {
  readonly paging: Paging;
  /** Where the items are in a page's body; absent where the body is the list. */
  readonly items?: readonly string[] | undefined;
  readonly itemType: Type;
}

export interface Webhook {
  readonly name: string;
  readonly typeName: string;
  readonly body: Type;
  readonly doc: Doc;
}
