// @ts-nocheck
import type { ApiError, Fail } from './answers/errors.js';

/*
 * What a call is made of. These types refer to each other, and everything that takes part in a call
 * refers to some of them, so that they stand below it all.
 */

/**
 * Names and values; `undefined` and `null` are left out, an array repeats its name. A value without
 * a name (`''`) stands alone in a query.
 */
export type Pairs = readonly (readonly [name: string, value?: unknown])[];

/** A body that is not plain JSON: its media type, unless `fetch` knows it better, and its content. */
export interface Payload {
  (): readonly [type: string | undefined, content: BodyInit];
  /** What it is made of, for those who check it. */
  readonly value?: unknown;
}

/** An HTTP request, as an operation describes it. */
export interface Request {
  /** operationId, for errors and hooks. */
  readonly id: string;
  readonly method: string;
  /** Below the base URL; encoded, as `path` gives it. */
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
  /** Hides the credentials that it was asked for with, where a text of it is shown. */
  readonly mask: (text: string) => string;
}

/** A function that calls an operation, with or without the client as its first argument. */
export type OperationFunction = (...args: never[]) => unknown;

/**
 * Which credentials a request presents, by the names of the document's security schemes: all of one
 * group. A group without any names an operation that needs none.
 */
export type Security = readonly (readonly string[])[];

/**
 * A key or token, or a function that gives one. A function is asked before every attempt, so that
 * keys rotate; after a 401 the request is sent once more.
 */
export type Secret = string | (() => string | Promise<string>);

/** A way to present a secret. Made by `bearer`, `basic`, `headerKey`, `queryKey`, `cookieKey`. */
export interface Credential {
  readonly secret: Secret;
  /**
   * Gives the header that carries a secret beside the others, or puts it into the URL. What it adds
   * to `secrets` is masked too; a parameter that it adds to the query is named in `queryKeys`.
   */
  readonly present: (
    secret: string,
    url: URL,
    headers: Pairs,
    secrets: string[],
    queryKeys: string[],
  ) => readonly [name: string, value?: string];
}

/**
 * Waits for a request's turn and returns a function to call where the answer is not a success, with its
 * status and the milliseconds that the server asks to wait. Clients may share a limiter.
 */
export type Limiter = (
  request: Request,
  signal: AbortSignal,
) => Promise<(status: number, retryAfter?: number) => void>;

/** When a failed request is sent again. */
export interface RetryOptions {
  /** How often a request is sent at most; 1 never repeats it. Default 5. */
  readonly attempts?: number | undefined;
  /** Where the server asks for a longer wait (milliseconds), the call fails at once. Default 60,000. */
  readonly maxRetryAfter?: number | undefined;
  /** Decides instead of the rules; `undefined` leaves it to them. The limits hold all the same. */
  readonly when?: ((error: ApiError) => boolean | undefined) | undefined;
}

/** One attempt of a call. */
export interface Attempt {
  readonly request: Request;
  /** From 1. */
  readonly attempt: number;
  /** Makes an error of this call, for a layer to throw. */
  readonly fail: Fail;
  /** Masks the call's credentials. */
  readonly mask: (text: string) => string;
  /** Ends this attempt alone: another may follow. What ends the call aborts it too. */
  readonly control: AbortController;
  /** Says that the server certainly did not act on this attempt; errors made later know. */
  readonly unsent: () => void;
}

/** What is sent. */
export interface Init {
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  /** Streams are sent so, where a platform can. */
  readonly duplex: 'half';
}

/** `fetch`, or a layer around it. The URL and the headers hold the credentials. */
export interface Transmit {
  (url: URL, init: Init, attempt: Attempt): Promise<Response>;
  /** Finds the sentences in the body of an error. */
  readonly messagesOf?: (body: unknown) => readonly string[];
}

/** An answer whose body is not read yet, and the call that it belongs to. */
export interface Exchange {
  readonly response: Response;
  readonly request: Request;
  readonly settings: CallOptions & Pick<ClientOptions, 'fetch'>;
  /** Ends the request. */
  readonly control: AbortController;
  /** Makes an error of this call. */
  readonly fail: Fail;
  /** Masks the call's credentials. */
  readonly mask: (text: string) => string;
  /** Sends a request as this one was sent. */
  readonly send: (request: Request) => Promise<Answer>;
}

/** How an operation's successes are read. */
export interface AnswerReader {
  /** The media types to ask for. */
  readonly accept?: string | undefined;
  /** Gives the body. */
  readonly read: (exchange: Exchange) => Promise<unknown>;
  /** Whether it reads answers of every status: a redirect is none that is followed. */
  readonly any?: true | undefined;
  /** Whether the body is read while it arrives, however long that takes. */
  readonly streams?: ((response: Response) => boolean) | undefined;
}

/** What a single call may set; it wins over the client's options. */
export interface CallOptions {
  /** Ends the call; it rejects with an `ApiError` of code `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call: its turn, every attempt, every wait. Default 300,000. */
  readonly timeout?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In place of the client's base URL, for this call; its credentials go there, too. */
  readonly baseUrl?: string | undefined;
  /** The media type to ask for, of those that the operation can answer: `text/csv`. */
  readonly accept?: string | undefined;
  /** Milliseconds that a stream may be silent; `timeout` does not count there. Default 300,000. */
  readonly idleTimeout?: number | undefined;
  readonly retry?: RetryOptions | undefined;
}

export interface ClientOptions extends Omit<CallOptions, 'accept' | 'baseUrl' | 'signal'> {
  /** `https://api.example.com/v1`; `http:` only to this machine, unless `allowInsecure`. */
  readonly baseUrl: string;
  /**
   * All of them are presented, or those that a function chooses for a request. Made by `bearer`,
   * `basic`, `headerKey`, `queryKey`, `cookieKey`. They go to the origin of `baseUrl` and to
   * `allowedUrls`.
   */
  readonly credentials?:
    readonly Credential[] | ((request: Request) => readonly Credential[]) | undefined;
  /** Browsers may not let a page set it. */
  readonly userAgent?: string | undefined;
  /** URLs besides the base URL's own host that page links and credentials may go to; tested on the whole URL. */
  readonly allowedUrls?: RegExp | undefined;
  /** Lets requests travel over `http:`. */
  readonly allowInsecure?: boolean | undefined;
  /** Keeps to the API's rate limit: `tokenBucket({ perSecond: 10 })`. */
  readonly limiter?: Limiter | undefined;
  /**
   * Sends a single request: `fetch` by default, or what `transport` makes. The latter also finds the
   * sentences in the body of an error; otherwise its message is the body's text.
   */
  readonly fetch?: Transmit | undefined;
}

/** The options of a client with those of a call. */
export interface Settings extends ClientOptions, Pick<CallOptions, 'accept' | 'signal'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: RetryOptions;
}

/** What every operation takes first. */
export interface Client {
  /** Sends a request, also one that the document does not describe. */
  request(request: Request, options?: CallOptions): Promise<Answer>;
  /**
   * Set by a client that checks bodies: makes batches of the client without checks, whose actions are
   * checked. What batches ask for is read in their own way.
   */
  readonly batchOf?: <Batch extends object>(make: (client: Client) => Batch) => Batch;
}
