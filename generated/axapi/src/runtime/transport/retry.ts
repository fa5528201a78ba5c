// @ts-nocheck
import { MAX_RETRY_TOKENS } from '../constants.js';

/** Whether a method changes nothing (RFC 9110, 9.2.1; QUERY as its draft says; no client can send a TRACE). */
export function isSafe(method: string): boolean {
  return /^(GET|HEAD|OPTIONS|QUERY)$/.test(method);
}

/** Whether sending it twice has the effect of sending it once (RFC 9110, 9.2.2). */
export function isIdempotent(method: string): boolean {
  return isSafe(method) || method === 'PUT' || method === 'DELETE';
}

/** Takes from what a client may spend on retries; false where too little is left. */
export type RetryBudget = (cost: number) => boolean | number;

export function retryBudget(): RetryBudget {
  let tokens: number = MAX_RETRY_TOKENS;
  return (cost) => {
    // What is left is more than nothing.
    return cost < tokens && (tokens = Math.min(tokens - cost, MAX_RETRY_TOKENS));
  };
}
