// @ts-nocheck
import type { Clock } from '../batch/pace/clock.js';
import { systemClock } from '../batch/pace/system-clock.js';

const second = 1_000;
/** Milliseconds between two looks at whether the worker may send again. */
const lookAgain = 250;

/**
 * Lets at most so many requests of a worker out in any second: its share of what its source address may send.
 * The share may change; where it is 0, requests wait.
 */
export class AddressPace {
  readonly #share: () => number;
  readonly #clock: Clock;
  /** When the last ones were let out; those of the last second, at least. */
  #times: number[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(share: () => number, clock: Clock = systemClock) {
    this.#share = share;
    this.#clock = clock;
  }

  /** Waits for the turn of one request, first come first served; ends early where `signal` aborts. */
  turn(signal: AbortSignal): Promise<void> {
    const turn = this.#last.then(() => this.#wait(signal));
    this.#last = turn;
    return turn;
  }

  async #wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.#clock.now();
      const share = Math.floor(this.#share());
      const due = share < 1 ? now + lookAgain : (this.#times.at(-share) ?? -Infinity) + second;
      if (due <= now) {
        this.#times.push(now);
        if (this.#times.length > 2 * share)
          this.#times = this.#times.filter((time) => time > now - second);
        return;
      }
      await this.#clock.sleep(Math.min(due - now, lookAgain), signal);
    }
  }
}
