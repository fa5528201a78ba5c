// @ts-nocheck
import type { Clock } from './clock.js';

/** How long a server has answered nothing that helps: a run gives it up after its time. */
export class Silence {
  readonly #clock: Clock;
  readonly #timeout: number;
  #since: number | undefined;
  #message: string | undefined;

  /** `timeout`: milliseconds. */
  constructor(clock: Clock, timeout: number) {
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /** A request has failed, and a later one may fare better. */
  failed(message: string): void {
    this.#since ??= this.#clock.now();
    this.#message = message;
  }

  /** The server has answered. */
  broken(): void {
    this.#since = undefined;
    this.#message = undefined;
  }

  /** Why the last request failed; undefined where none did since the server answered. */
  get message(): string | undefined {
    return this.#message;
  }

  /** Milliseconds after which it is given up, if it stays silent. */
  get left(): number {
    const now = this.#clock.now();
    return Math.max(0, (this.#since ?? now) + this.#timeout - now);
  }
}
