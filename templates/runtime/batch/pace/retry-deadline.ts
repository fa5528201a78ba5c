import type { Clock } from './clock.js';

/** Tells when a request that fails has been tried for long enough. */
export class RetryDeadline {
  /** How often a request fails before it is believed: servers lag behind, or restart. */
  static readonly tries = 5;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #signal: AbortSignal;

  constructor(context: {
    readonly clock: Clock;
    /** Milliseconds. */
    readonly timeout: number;
    readonly abortSignal: AbortSignal;
  }) {
    this.#clock = context.clock;
    this.#end = context.clock.now() + context.timeout;
    this.#signal = context.abortSignal;
  }

  get isOver(): boolean {
    return this.#clock.now() >= this.#end;
  }

  /** Waits before the next try, not beyond the deadline. */
  wait(tries: number): Promise<void> {
    const left = Math.max(0, this.#end - this.#clock.now());
    return this.#clock.sleep(Math.min(backOff(tries), left), this.#signal);
  }
}

/** Milliseconds before try number `count + 1` (from 1): doubling, with jitter, at most 30 s. */
export function backOff(count: number): number {
  return Math.min(30_000, 500 * 2 ** count) * (0.5 + Math.random() / 2);
}
