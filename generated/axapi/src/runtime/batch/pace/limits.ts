import type { ApiError } from '../../answers/errors.js';
import type { Clock } from './clock.js';
import { longestWait } from './request-failure.js';

/**
 * Spaces requests out: a token bucket (the generic cell rate algorithm), first come first served.
 * A 429 holds everyone back.
 */
export class Pace {
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
  heed({ status, retryAfter }: Pick<ApiError, 'status' | 'retryAfter'>): void {
    const ms = retryAfter ?? (status === 429 ? 1_000 : 0);
    // Beyond that the run ends instead.
    if (ms <= longestWait) this.hold(ms);
  }

  async #until(time: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = time - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait, signal);
  }
}

/** The places for batches that are executed at the same time, foreign ones included. */
export class Window {
  readonly #limit: number;
  readonly #shared: number;
  #own = 0;
  #foreign = 0;
  readonly #waiting: (() => void)[] = [];

  /** `limit`: places for this run; `shared`: for everybody together. */
  constructor(limit: number, shared: number) {
    this.#limit = limit;
    this.#shared = shared;
  }

  /** Whether somebody waits although not all places are ours. */
  get crowdedOut(): boolean {
    return this.#waiting.length > 0 && this.#foreign > 0;
  }

  /** Waits for a place; ends without one where `signal` aborts. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#waiting.length === 0 && this.#free()) {
      this.#own += 1;
      return true;
    }
    return new Promise((resolve) => {
      const give = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(give), 1);
        resolve(false);
      };
      this.#waiting.push(give);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Takes a place for a batch that may be running already. */
  take(): true {
    this.#own += 1;
    return true;
  }

  leave(): void {
    this.#own -= 1;
    this.#fill();
  }

  /** Takes how many batches of other applications were seen. */
  observe(foreign: number): void {
    this.#foreign = foreign;
    this.#fill();
  }

  /**
   * The server said that it is full, to one who still holds a place: whatever is not ours is taken, until
   * a look shows otherwise.
   */
  refused(): void {
    this.#foreign = Math.max(this.#foreign, this.#shared - this.#own + 1);
  }

  #free(): boolean {
    return this.#own < this.#limit && this.#own + this.#foreign < this.#shared;
  }

  #fill(): void {
    while (this.#waiting.length > 0 && this.#free()) {
      this.#own += 1;
      this.#waiting.shift()?.();
    }
  }
}

/** A smoothed duration and its mean deviation (as RFC 6298 does for round trips). */
export class Smoothed {
  #mean: number | undefined;
  #deviation = 0;

  add(ms: number): void {
    if (this.#mean === undefined) {
      this.#mean = ms;
      this.#deviation = ms / 4;
      return;
    }
    this.#deviation += (Math.abs(ms - this.#mean) - this.#deviation) / 4;
    this.#mean += (ms - this.#mean) / 8;
  }

  get mean(): number | undefined {
    return this.#mean;
  }

  /** When a first look is worth it: at 0.8 of the mean, earlier where durations vary much. */
  get firstLook(): number | undefined {
    const { mean } = this;
    if (mean === undefined) return undefined;
    return Math.max(mean / 2, Math.min(0.8 * mean, mean - 2 * this.#deviation));
  }
}

/** Tells when enough was tried: for long enough, and often enough. */
export class Patience {
  /** How often a request fails before it is believed: servers lag behind, or restart. */
  static readonly tries = 5;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #signal: AbortSignal;

  constructor(means: {
    readonly clock: Clock;
    /** Milliseconds. */
    readonly patience: number;
    readonly signal: AbortSignal;
  }) {
    this.#clock = means.clock;
    this.#end = means.clock.now() + means.patience;
    this.#signal = means.signal;
  }

  /** Whether to give up after as many tries. */
  over(tries: number): boolean {
    return tries > Patience.tries && this.#clock.now() > this.#end;
  }

  /** Waits before the next try. */
  wait(tries: number): Promise<void> {
    return this.#clock.sleep(backOff(tries), this.#signal);
  }
}

/** Milliseconds before try number `count + 1` (from 1): doubling, with jitter, at most 30 s. */
export function backOff(count: number): number {
  return Math.min(30_000, 500 * 2 ** count) * (0.5 + Math.random() / 2);
}
