import type { ApiError } from '../../answers/errors.js';

/** What a failed request means for what comes next. */
export interface RequestFailure {
  readonly kind:
    /** Too many batches are under way: wait for a place. */
    | 'busy'
    /** The request did nothing, and a later one may fare better. */
    | 'later'
    /** The request may have been applied. */
    | 'lost'
    /** What it is about does not exist, or not yet. */
    | 'gone'
    | 'tooLarge'
    /** The server says no, and why. */
    | 'refused'
    /** No later request will fare better: no permission, an untrusted redirect. */
    | 'fatal'
    | 'aborted';
  readonly message: string;
  /** The server's own words. */
  readonly messages?: readonly string[];
  readonly status?: number | undefined;
  /** Whether the server may have acted on the request. */
  readonly acted?: boolean;
}

/** The server's words, or ours where it said nothing. */
export function messagesOf({ messages, message }: RequestFailure): readonly string[] {
  return messages?.length ? messages : [message];
}

/** Sorts an error by what it means. `busy` is how the server says that too many batches run. */
export function classify(error: ApiError, busy?: Busy): RequestFailure {
  const { message, messages, status, outcome } = error;
  return { kind: kindOf(error, busy), message, messages, status, acted: outcome === 'unknown' };
}

interface Busy {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds that a server may ask to wait; a run does not sit out more. */
export const longestWait = 600_000;

function kindOf(
  { code, status, messages, outcome, retryAfter = 0 }: ApiError,
  busy: Busy | undefined,
): RequestFailure['kind'] {
  switch (code) {
    case 'aborted':
      return 'aborted';
    case 'rate-limit':
      return retryAfter > longestWait ? 'fatal' : 'later';
    case 'http':
      if (busy && status === busy.status && messages.some((text) => text.includes(busy.text)))
        return 'busy';
      return kindOfStatus(status ?? 0);
    case 'network':
    case 'timeout':
    case 'invalid-body':
    case 'too-large':
      return outcome === 'unknown' ? 'lost' : 'later';
    case 'content-type':
      return outcome === 'unknown' ? 'lost' : 'fatal';
    case 'protocol':
    case 'redirect':
    case 'refused':
    case 'loop':
      return 'fatal';
  }
}

function kindOfStatus(status: number): RequestFailure['kind'] {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'fatal';
    case 404:
    case 410:
      return 'gone';
    case 408:
      return 'lost';
    case 413:
      return 'tooLarge';
    case 423:
    case 425:
      return 'later';
    default:
      return status >= 500 ? 'lost' : 'refused';
  }
}
