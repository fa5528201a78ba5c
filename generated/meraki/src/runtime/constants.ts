// @ts-nocheck
/** Milliseconds for a whole call. */
export const DEFAULT_TIMEOUT = 300_000;
/** How often a request is sent at most. */
export const DEFAULT_ATTEMPTS = 5;
/** Milliseconds that a server may ask to wait. */
export const DEFAULT_MAX_RETRY_AFTER = 60_000;
/** Milliseconds that each attempt doubles where the server names no wait: 500 after the first. */
export const BACKOFF_BASE = 250;
export const MAX_BACKOFF = 30_000;
/** Retries that a client spends while nothing succeeds: an outage must not multiply the requests. */
export const MAX_RETRY_TOKENS = 10;
/** What a retry takes of them, and what a success gives back. */
export const RETRY_COST = 1;
export const SUCCESS_COST = -0.1;
/** Timers take little more (2,147,483,647 ms), and fire at once beyond it. */
export const MAX_DELAY = 2e9;
/** Characters of an error's message; some servers answer with a page. */
export const MAX_MESSAGE = 1000;
/** Characters of an unexpected body, in a message. */
export const MAX_EXCERPT = 200;
/** Items that a listing gives at once where no limit is set. */
export const MAX_ITEMS = 100_000;
/** Empty pages in a row. */
export const MAX_EMPTY_PAGES = 100;

/** From here on a success may come without a body. */
export const STATUS_NO_CONTENT = 204;
export const STATUS_UNAUTHORIZED = 401;
export const STATUS_RATE_LIMIT = 429;
/** From here on the server may have failed half-way. */
export const STATUS_SERVER_ERROR = 500;
