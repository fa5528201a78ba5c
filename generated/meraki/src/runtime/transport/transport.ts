// @ts-nocheck
import { messages } from '../answers/messages.js';
import { showMasked } from '../answers/show-masked.js';
import { explained } from './failures.js';
import { hooked, type Hooks } from './hooks.js';
import { logged, type Logger } from './logged.js';
import { limited, type Limits } from './limits.js';
import { redirected } from './redirect.js';
import type { Transmit } from '../call.js';

export type { AttemptEvent, AttemptResult, Hooks } from './hooks.js';
export type { LogFacts, Logger } from './logged.js';

/** What happens between sending a request and having its answer. */
export interface TransportOptions extends Limits {
  /** URLs besides the base URL's own host that redirects may lead to; tested on the whole URL. */
  readonly allowedUrls?: RegExp | undefined;
  readonly hooks?: Hooks | undefined;
  /** Takes a line for each request, answer, retry and wait: `console`, say. Default: none. */
  readonly logger?: Logger | undefined;
  /** What sends in the end. Default: the platform's `fetch`. */
  readonly fetch?: Transmit | undefined;
}

/**
 * A `fetch` for `createClient` that follows redirects to allowed URLs, limits the time of each phase
 * and the size of bodies, tells what failed for good from what may pass, finds the
 * sentences in the body of an error, and tells hooks what happens.
 */
export function transport(options: TransportOptions = {}): Transmit {
  const send: Transmit = (url, init, attempt) => (options.fetch ?? fetch)(url, init, attempt);
  const safe = redirected(limited(explained(send), options), options.allowedUrls);
  const watched = options.hooks ? hooked(safe, options.hooks) : safe;
  const whole = options.logger ? logged(watched, options.logger) : watched;
  const transmit: Transmit = async (url, init, attempt) => {
    const response = await whole(url, init, attempt);
    showMasked(response.headers, attempt.mask);
    return response;
  };
  return Object.assign(transmit, { messagesOf: messages });
}
