// @ts-nocheck
import type { Clock } from './clock.js';
import type { Silence } from './silence.js';

/** Tells when a request that fails has been tried for long enough. */
export class RetryDeadline {
  /** How often a request fails before it is believed: servers lag behind, or restart. */
  static readonly tries = 5;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #signal: AbortSignal;
  readonly #silence: Silence;

  constructor(context: {
    readonly clock: Clock;
    /** Milliseconds. */
    readonly timeout: number;
    readonly abortSignal: AbortSignal;
    readonly silence: Silence;
  }) {
    this.#clock = context.clock;
    this.#end = context.clock.now() + context.timeout;
    this.#signal = context.abortSignal;
    this.#silence = context.silence;
  }

  get isOver(): boolean {
    return this.#left === 0;
  }

  /** Waits before the next try, not beyond the deadline. */
  wait(tries: number): Promise<void> {
    return this.#clock.sleep(Math.min(backOff(tries), this.#left), this.#signal);
  }

  /** A server that has been away for as long is not waited for once more. */
  get #left(): number {
    return Math.max(0, Math.min(this.#end - this.#clock.now(), this.#silence.left));
  }
}

/** Milliseconds before try number `count + 1` (from 1): doubling, with jitter, at most 30 s. */
export function backOff(count: number): number {
  return Math.min(30_000, 500 * 2 ** count) * (0.5 + Math.random() / 2);
}
