import type { ApiError } from '../../answers/errors.js';
import type { Clock } from './clock.js';
import { longestWait } from './request-failure.js';

/**
 * Spaces requests out: a token bucket (the generic cell rate algorithm), first come first served.
 * A 429 holds everyone back.
 */
export class RateLimiter {
  readonly #clock: Clock;
  /** Milliseconds between two requests, once the burst is spent. */
  readonly #interval: number;
  readonly #slack: number;
  /** When the next request is due if none is sent early. */
  #due = -Infinity;
  #heldUntil = -Infinity;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#interval = 1_000 / perSecond;
    this.#slack = (burst - 1) * this.#interval;
  }

  /** Waits for the turn of one request. */
  async turn(signal?: AbortSignal): Promise<void> {
    const due = Math.max(this.#due, this.#clock.now());
    this.#due = due + this.#interval;
    await this.#until(due - this.#slack, signal);
    while (this.#heldUntil > this.#clock.now()) {
      if (signal?.aborted) return;
      // Those who were held back do not all come at once.
      const place = Math.random() * 10 * this.#interval;
      await this.#until(this.#heldUntil + place, signal);
    }
  }

  /** Nobody sends anything for `ms` milliseconds. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms);
  }

  /** Holds everybody back as long as a server asks, or a second where it does not say how long. */
  holdAsAsked({ status, retryAfter }: Pick<ApiError, 'status' | 'retryAfter'>): void {
    const ms = retryAfter ?? (status === 429 ? 1_000 : 0);
    // Beyond that the run ends instead.
    if (ms <= longestWait) this.hold(ms);
  }

  async #until(time: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = time - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait, signal);
  }
}
