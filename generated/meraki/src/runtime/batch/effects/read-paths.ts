import { ApiError } from '../../answers/errors.js';
import type { Client } from '../../client.js';
import { memberAt, safePath } from '../action/members.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { heldTooLong } from '../pace/request-failure.js';
import type { ReadPath } from './types.js';

/** What reads are sent through. */
export interface Reads {
  readonly client: Client;
  readonly limiter: RateLimiter;
}

/** Reads resources one by one, at the rate of the API. `within`: the members around what is shown. */
export function readPaths(
  { client, limiter }: Reads,
  within: readonly string[],
  signal?: AbortSignal,
): ReadPath {
  return async (place) => {
    const safe = safePath(place);
    if (safe === undefined) return { why: `"${place}" is no path of a resource` };
    if (!(await limiter.spareTurn(signal))) return { why: heldTooLong.message };
    try {
      const request = { id: 'read', method: 'GET', path: safe };
      const { body, headers } = await client.request(request, signal && { signal });
      const isPart = /\brel="?next\b/i.test(headers.get('Link') ?? '');
      return { value: memberAt(body, within), isPart };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      limiter.holdAsAsked(error);
      return error.status === 404 || error.status === 410
        ? { missing: true }
        : { why: error.message };
    }
  };
}
