import type { Request } from './request.js';
import { sleep } from './sleep.js';

/**
 * Waits for a request's turn and gives a function to call where the server refuses the request with
 * 429, with the milliseconds that it asks to wait. Clients may share a limiter.
 */
export type Limiter = (request: Request, signal: AbortSignal) => Promise<(ms: number) => void>;

export interface RateLimit {
  readonly perSecond: number;
  /** Requests that may be sent at once after a pause. Default: `perSecond`. */
  readonly burst?: number | undefined;
  /** Requests with the same key share a bucket. Default: all do. */
  readonly key?: ((request: Request) => string | undefined) | undefined;
}

/**
 * A token bucket per key, first come first served. A 429 halves the rate and holds everyone back as
 * long as the server asks; each request after that brings the rate 3 % nearer to the full one.
 */
export function tokenBucket({ perSecond, burst = perSecond, key }: RateLimit): Limiter {
  const buckets = new Map<string | undefined, ReturnType<typeof bucket>>();
  return (request, signal) => {
    const name = key?.(request);
    const turn = buckets.get(name) ?? bucket(1e3 / perSecond, burst - 1);
    buckets.set(name, turn);
    return turn(signal);
  };
}

/** `gap` is the time between requests at the full rate, `slack` how many may come early. */
function bucket(full: number, slack: number): (signal: AbortSignal) => ReturnType<Limiter> {
  let gap = full;
  /** When the bucket is full again: a token bucket kept as one date (GCRA). */
  let fullAt = 0;
  let slowedAt = 0;
  let last: ReturnType<Limiter> | undefined;

  const turn = async (before: unknown, signal: AbortSignal): ReturnType<Limiter> => {
    await before;
    for (let wait; (wait = fullAt - slack * gap - performance.now()) > 0 && !signal.aborted;)
      await sleep(wait, signal);
    const now = performance.now();
    if (!signal.aborted) {
      gap = Math.max(full, gap / 1.03);
      fullAt = Math.max(fullAt, now) + gap;
    }
    return (ms) => {
      // What was sent before the rate was halved says nothing about the rate since.
      if (now > slowedAt) gap = Math.min(gap * 2, full * 20);
      slowedAt = performance.now();
      fullAt = Math.max(fullAt, slowedAt + ms + slack * gap);
    };
  };
  return (signal) => (last = turn(last, signal));
}
