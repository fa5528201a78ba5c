// @ts-nocheck
/** What went wrong, for a `switch`. */
export type ErrorCode =
  /** A status other than a success. */
  | 'http'
  /** Status 429, after the retries. */
  | 'rate-limit'
  /** No answer, or half of one: refused, reset, closed. */
  | 'network'
  /** TLS or HTTP itself was violated: a wrong certificate, a malformed head. Not retried. */
  | 'protocol'
  /** The body is cut off, empty, no JSON, or nested too deep. */
  | 'invalid-body'
  /** A success whose Content-Type the document does not name: a login page, say. Not retried. */
  | 'content-type'
  /** The body exceeds `maxResponseBytes`. */
  | 'too-large'
  | 'timeout'
  | 'aborted'
  /** A redirect to where the client does not go, or too many of them. */
  | 'redirect'
  /** The next page is one that was seen before. */
  | 'loop'
  /** A body that is not what its schema says, where the client validates: `issues` tells. Not retried. */
  | 'validation'
  /** The client declines to send: a malformed header, a key over `http:`, a link to another host. */
  | 'refused';

/** One thing that is wrong with a body. */
export interface ErrorIssue {
  /** What was expected. */
  readonly message: string;
  /** The keys that lead there; empty for the body itself. */
  readonly path: readonly (string | number)[];
  /** Of batches: the index of the action in the plan. */
  readonly action?: number | undefined;
}

/** What an `ApiError` tells. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  /** operationId of the call. */
  readonly operation: string;
  /** What was asked, without credentials. */
  readonly request: { readonly method: string; readonly url: string };
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** The answer's headers. */
  readonly headers?: Headers | undefined;
  /** The answer's body: parsed, or its text where it is not JSON. */
  readonly body?: unknown;
  /** The server's own words, from the shapes in use: `{errors: […]}`, `{message}`, … */
  readonly messages: readonly string[];
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Set where the request may have been applied although the call failed. */
  readonly outcome?: 'unknown' | undefined;
  /** What the platform calls a failure of the network: `ECONNREFUSED`. Browsers do not tell. */
  readonly reason?: string | undefined;
  /** The page that could not be loaded: `{ from: error.next }` resumes there. */
  readonly next?: string | undefined;
  /** What is wrong with a body, and where, where the client validates. No values of it. */
  readonly issues?: readonly ErrorIssue[] | undefined;
  /** What an aborted signal gave as its reason; else why the attempt before failed. */
  readonly cause?: unknown;
}

/**
 * Whatever a call can fail with; the facts are its properties. Credentials are masked wherever they
 * would show, also where the server repeats them.
 */
export class ApiError extends Error implements ErrorFacts {
  override readonly name = 'ApiError';
  declare readonly code: ErrorCode;
  declare readonly operation: string;
  declare readonly request: ErrorFacts['request'];
  declare readonly status?: number;
  declare readonly headers?: Headers;
  declare readonly body?: unknown;
  declare readonly messages: readonly string[];
  declare readonly retryAfter?: number;
  declare readonly outcome?: 'unknown';
  declare readonly reason?: string;
  declare readonly next?: string;
  declare readonly issues?: NonNullable<ErrorFacts['issues']>;
  declare readonly cause?: unknown;
}

/** Makes an error of the call that is under way. */
export type Fail = (code: ErrorCode, text?: string, facts?: Partial<ErrorFacts>) => ApiError;
