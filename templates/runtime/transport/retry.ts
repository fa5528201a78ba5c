import { FIRST_BACKOFF, MAX_BACKOFF, MAX_RETRY_TOKENS, STATUS_SERVER_ERROR } from '../constants.js';
import type { ApiError } from '../answers/errors.js';

/** Whether a method changes nothing (RFC 9110, 9.2.1; QUERY as its draft says). */
export function isSafe(method: string): boolean {
  return /^(GET|HEAD|OPTIONS|QUERY|TRACE)$/.test(method);
}

/** Whether sending it twice has the effect of sending it once (RFC 9110, 9.2.2). */
export function isIdempotent(method: string): boolean {
  return isSafe(method) || method === 'PUT' || method === 'DELETE';
}

/** Takes from what a client may spend on retries; false where too little is left. */
export type RetryBudget = (cost: number) => boolean;

export function retryBudget(): RetryBudget {
  let tokens: number = MAX_RETRY_TOKENS;
  return (cost) => {
    // What is left is more than nothing.
    return cost < tokens && !!(tokens = Math.min(tokens - cost, MAX_RETRY_TOKENS));
  };
}

/** Whether a failure may pass: the server is busy, or broke down, or nothing came of the request. */
export function isTransient({ code, status = 0 }: ApiError): boolean {
  return status >= STATUS_SERVER_ERROR || /^(invalid|network|timeout)/.test(code);
}

/**
 * Milliseconds before the next attempt: never less than the server asks for, and not the same for
 * all clients.
 * @param number Of the attempt that failed, from 1.
 */
export function backoff(number: number, retryAfter: number | undefined): number {
  return (
    (retryAfter ?? 0) +
    Math.random() * Math.min(retryAfter ?? MAX_BACKOFF, FIRST_BACKOFF * 2 ** (number - 1))
  );
}
