import type { Fail } from '../answers/errors.js';
import type { Request } from '../request.js';

/** One attempt of a call. */
export interface Attempt {
  readonly request: Request;
  /** From 1. */
  readonly attempt: number;
  /** Makes an error of this call, for a layer to throw. */
  readonly fail: Fail;
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
