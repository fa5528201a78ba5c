import type { Clock } from './clock.js';

/** How long a server has answered nothing that helps: a run gives it up after its time. */
export class Silence {
  readonly #clock: Clock;
  readonly #timeout: number;
  #since: number | undefined;

  /** `timeout`: milliseconds. */
  constructor(clock: Clock, timeout: number) {
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /** A request has failed, and a later one may fare better. */
  failed(): void {
    this.#since ??= this.#clock.now();
  }

  /** The server has answered. */
  broken(): void {
    this.#since = undefined;
  }

  /** Milliseconds after which it is given up, if it stays silent. */
  get left(): number {
    const now = this.#clock.now();
    return Math.max(0, (this.#since ?? now) + this.#timeout - now);
  }
}
