// @ts-nocheck
import type { ApiError } from '../../answers/errors.js';
import { messages as sentencesOf } from '../../answers/messages.js';
import { isDeep } from '../action/depth.js';
import { longestWait } from './rate-limiter.js';

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

/** Why nothing more is sent: the server does not let the client in, or cannot be used. */
export function skipReasonOf({ kind, status = 0 }: RequestFailure): 'denied' | 'unreachable' {
  return kind === 'fatal' && kindOfStatus(status) === 'fatal' ? 'denied' : 'unreachable';
}

/** The run ends before the server wants another request. */
export const heldTooLong: RequestFailure = {
  kind: 'later',
  message: 'the server asks to wait for longer than the run does',
};

interface Circumstances {
  /** How the server says that too many batches run. */
  readonly busy?: Busy | undefined;
  /** Milliseconds that a run waits at most. */
  readonly timeout?: number;
}

/** Sorts an error by what it means. */
export function classify(
  error: ApiError,
  { busy, timeout = longestWait }: Circumstances = {},
): RequestFailure {
  const { message, status, outcome, body } = error;
  // A client that has no table of its own says the whole body.
  const messages = typeof body === 'object' && !isDeep(body) ? sentencesOf(body) : error.messages;
  return {
    kind: kindOf(error, messages, busy, Math.min(timeout, longestWait)),
    message,
    messages,
    status,
    acted: outcome === 'unknown',
  };
}

interface Busy {
  readonly always?: readonly number[] | undefined;
  readonly status: number;
  readonly text: string | RegExp;
}

function kindOf(
  { code, status, outcome, retryAfter = 0 }: ApiError,
  messages: readonly string[],
  busy: Busy | undefined,
  longest: number,
): RequestFailure['kind'] {
  switch (code) {
    case 'aborted':
      return 'aborted';
    case 'rate-limit':
      if (retryAfter > longest) return 'fatal';
      return busy?.always?.includes(status ?? 0) ? 'busy' : 'later';
    case 'http':
      if (busy && isBusy(busy, status ?? 0, messages)) return 'busy';
      return kindOfStatus(status ?? 0);
    case 'network':
    case 'timeout':
    case 'invalid-body':
    case 'too-large':
      return outcome === 'unknown' ? 'lost' : 'later';
    case 'content-type':
      // A page of a proxy, where there should be JSON.
      return outcome === 'unknown' ? 'lost' : 'later';
    case 'protocol':
    case 'redirect':
    case 'refused':
    case 'loop':
    case 'validation':
      return outcome === 'unknown' ? 'lost' : 'fatal';
  }
}

function isBusy(
  { always = [], status, text }: Busy,
  answered: number,
  messages: readonly string[],
): boolean {
  if (always.includes(answered)) return true;
  return (
    answered === status &&
    messages.some((one) => (typeof text === 'string' ? one.includes(text) : text.test(one)))
  );
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
