import type { Fail } from './answers/errors.js';
import type { AnswerReader } from './answers/exchange.js';
import type { OperationFunction } from './answers/typed.js';
import { encode } from './params/encode.js';
import type { Security } from './transport/security.js';

/**
 * Names and values; `undefined` and `null` are left out, an array repeats its name. A value without
 * a name (`''`) stands alone in a query.
 */
export type Pairs = readonly (readonly [name: string, value?: unknown])[];

/** A body that is not plain JSON: its media type, unless `fetch` knows it better, and its content. */
export type Payload = () => readonly [type: string | undefined, content: BodyInit];

/** An HTTP request, as an operation describes it. */
export interface Request {
  /** operationId, for errors and hooks. */
  readonly id: string;
  readonly method: string;
  /** Below the base URL; encoded, as the `path` tag gives it. */
  readonly path: string;
  readonly query?: Pairs | undefined;
  /** An array is joined by commas. */
  readonly headers?: Pairs | undefined;
  /** A JSON value, or a `Payload` for other media types. */
  readonly body?: unknown;
  /** How a success is read; as JSON, or a status without content, where it is absent. */
  readonly answers?: AnswerReader | undefined;
  /** The function that calls the operation, where its document declares errors. */
  readonly source?: OperationFunction | undefined;
  /** Base URL, where it is not the client's; a relative one is resolved against that. */
  readonly origin?: string | undefined;
  /** True where no credentials are sent. */
  readonly anonymous?: boolean | undefined;
  /** Which credentials are asked for, where it is not what most requests of the API ask for. */
  readonly security?: Security | undefined;
  /** Whether sending it twice does no harm; by default what the method promises (RFC 9110). */
  readonly idempotent?: boolean | undefined;
  /** An absolute URL that the server gave, in place of base URL, path and query. */
  readonly url?: string | undefined;
}

/** A successful answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, a string, a `Blob` or a stream, as the answer says; `undefined` without content. */
  readonly body: unknown;
  /** Where it came from, without credentials. */
  readonly url: string;
  /** The parameters of the query that carried credentials. */
  readonly queryKeys: readonly string[];
  /** Makes an error of the call that it belongs to. */
  readonly fail: Fail;
}

/** A request's path with its query. */
export function targetOf({ path, query = [] }: Request): string {
  const text = queryText(query);
  return text ? `${path}?${text}` : path;
}

/** Pairs as the text of a query. */
export function queryText(query: Pairs): string {
  return query
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .filter((item) => item != null)
        .map((item) => (name && `${encode(name)}=`) + encode(item)),
    )
    .join('&');
}
