// @ts-nocheck
import type { ApiError } from '../../answers/errors.js';
import type { Clock } from './clock.js';

/** Milliseconds that a server may ask to wait; a run does not sit out more. */
export const longestWait = 600_000;

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
  /** The last of those that can wait has its turn. */
  #spare: Promise<void> = Promise.resolve();

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#interval = 1_000 / perSecond;
    this.#slack = (burst - 1) * this.#interval;
  }

  /** Until when everybody is held back. */
  get heldUntil(): number {
    return this.#heldUntil;
  }

  /**
   * Waits for the turn of one request. Where a server holds everybody back for longer than `patience`
   * milliseconds, it gives false after these.
   */
  async turn(signal?: AbortSignal, patience: number = longestWait): Promise<boolean> {
    const end = this.#clock.now() + patience;
    await this.#wait(this.#take(-Infinity) - this.#slack, signal);
    while (this.#heldUntil > this.#clock.now()) {
      if (signal?.aborted) return true;
      if (this.#heldUntil > end) {
        await this.#until(end, signal);
        return this.#heldUntil <= this.#clock.now();
      }
      // Those that were held back come one by one.
      await this.#wait(this.#take(this.#heldUntil + Math.random() * this.#interval), signal);
    }
    return true;
  }

  /** As `turn`, for what can wait: those that ask by `turn` meanwhile go first. */
  async spareTurn(signal?: AbortSignal): Promise<boolean> {
    const before = this.#spare;
    let next = (): void => {};
    this.#spare = new Promise((resolve) => {
      next = resolve;
    });
    await before;
    for (;;) {
      const due = this.#due - this.#slack;
      if (due <= this.#clock.now() || signal?.aborted) break;
      await this.#until(due, signal);
    }
    const turn = this.turn(signal);
    next();
    return turn;
  }

  /**
   * Waits until a place. Where the process stood still meanwhile, the places of all that wait have come at once:
   * then each takes another, as what the server would have allowed meanwhile is more than it allows at once.
   */
  async #wait(place: number, signal: AbortSignal | undefined): Promise<void> {
    for (let at = place; ; at = this.#take(-Infinity) - this.#slack) {
      const due = Math.max(at, this.#clock.now());
      await this.#until(due, signal);
      const isLate = this.#clock.now() - due > this.#slack + this.#interval;
      if (!isLate || signal?.aborted) return;
    }
  }

  /** The next place at or after a time. */
  #take(from: number): number {
    const due = Math.max(this.#due, this.#clock.now(), from);
    this.#due = due + this.#interval;
    return due;
  }

  /** No request is sent for `ms` milliseconds. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms);
  }

  /**
   * Holds everybody back as long as a server asks that is busy, or a second where it does not say how long;
   * for `patience` milliseconds at most, after which the run ends instead.
   */
  holdAsAsked(
    { status = 0, retryAfter }: Pick<ApiError, 'status' | 'retryAfter'>,
    patience: number = longestWait,
  ): void {
    // What a server does not want at all, it does not want later (RFC 9110, 10.2.3).
    if (!isBusy(status)) return;
    const ms = retryAfter ?? (status === 429 ? 1_000 : 0);
    this.hold(Math.min(ms, patience, longestWait));
  }

  async #until(time: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = time - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait, signal);
  }
}

function isBusy(status: number): boolean {
  return status === 425 || status === 423 || status === 429 || status >= 500;
}
