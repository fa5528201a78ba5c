// @ts-nocheck
import type { Limiter, Request } from '../call.js';
import { sleep } from './sleep.js';

export type { Limiter } from '../call.js';

export interface RateLimit {
  readonly perSecond: number;
  /**
   * Requests that may be sent at once after a pause. Default: half of `perSecond`, as requests that
   * are held up on their way arrive at once too.
   */
  readonly burst?: number | undefined;
  /** Requests with the same key share a bucket. Default: all do. */
  readonly key?: ((request: Request) => string | undefined) | undefined;
}

/** Milliseconds in which the rate comes back from nothing to full. */
const RECOVERY = 12_000;
/** The longest that one refusal holds others back, in milliseconds: later callers get their own refusal. */
const MAX_HOLD = 60_000;
/** The slowest that refusals make it, as a part of the full rate. */
const SLOWEST = 0.05;

/**
 * A token bucket per key, first come first served. A 429 halves the rate and holds everyone back as
 * long as the server asks, a minute at most; then the rate rises steadily, by half in six seconds.
 * Several processes that share a limit come to share it evenly that way (additive increase,
 * multiplicative decrease).
 */
export function tokenBucket({ perSecond, burst = perSecond / 2, key }: RateLimit): Limiter {
  const buckets = new Map<string | undefined, ReturnType<typeof bucket>>();
  return (request, signal) => {
    const name = key?.(request);
    const turn = buckets.get(name) ?? bucket(perSecond / 1e3, Math.max(1, burst));
    buckets.set(name, turn);
    return turn(signal);
  };
}

/** A bucket whose full rate is in requests per millisecond. */
function bucket(fullRate: number, burst: number): (signal: AbortSignal) => ReturnType<Limiter> {
  let rate = fullRate;
  // When the bucket is full again: a token bucket kept as one date (GCRA).
  let fullAt = 0;
  let grantedAt = performance.now();
  let halvedAt = -1;
  let last: ReturnType<Limiter> | undefined;

  const turn = async (before: typeof last, signal: AbortSignal): ReturnType<Limiter> => {
    await before;
    // Who was refused shares the limit: in step with itself alone, one would take all of it, and
    // others would be refused for ever. The bucket makes up for what comes late.
    const late = halvedAt < 0 ? 0 : Math.random() * Math.min(1, burst - 1);
    const wait = (): number => fullAt - (burst - 1 - late) / rate - performance.now();
    // Sums of fractions differ a little: less than a millisecond needs no wait.
    while (wait() >= 1 && !signal.aborted) await sleep(wait(), signal);
    const now = performance.now();
    if (!signal.aborted) {
      const faster = Math.min(fullRate, rate + (fullRate * (now - grantedAt)) / RECOVERY);
      // What is missing from the bucket stays as many requests at another rate.
      fullAt = now + (Math.max(fullAt - now, 0) * rate + 1) / faster;
      rate = faster;
      grantedAt = now;
    }
    return (status, ms = 0) => {
      if (status !== 429) return;
      // What was sent before the rate was halved says nothing about the rate since.
      if (now > halvedAt) rate = Math.max(rate / 2, fullRate * SLOWEST);
      halvedAt = performance.now();
      fullAt = Math.max(fullAt, halvedAt + Math.min(ms, MAX_HOLD) + (burst - 1) / rate);
    };
  };
  return (signal) => (last = turn(last, signal));
}
