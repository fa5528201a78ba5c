// @ts-nocheck
import { onAbort } from '../../transport/on-abort.js';

/** The places for batches that are executed at the same time, foreign ones included. */
export class BatchSlots {
  readonly #limit: number;
  readonly #shared: number;
  #own = 0;
  #foreign = 0;
  /** Since when the server says that it is full, and no list of it shows why. */
  #fullSince: number | undefined;
  /** Since when all places were seen to be those of others, while some wait. */
  #starvedSince: number | undefined;
  readonly #waiting = new Set<Waiting>();

  /** `limit`: places for this run; `shared`: for everybody together. */
  constructor(limit: number, shared: number) {
    this.#limit = limit;
    this.#shared = shared;
  }

  /** How many batches of other applications run, as far as is known. */
  get foreign(): number {
    return this.#foreign;
  }

  /** Whether somebody waits although not all places are ours. */
  get crowdedOut(): boolean {
    return this.#waiting.size > 0 && this.#foreign > 0;
  }

  /** Waits for a place; ends without one where `signal` aborts, or others hold them all for too long. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#waiting.size === 0 && this.#free()) {
      this.#own += 1;
      return true;
    }
    return new Promise((resolve) => {
      const one: Waiting = {
        end: (hasPlace) => {
          this.#waiting.delete(one);
          ignore();
          resolve(hasPlace);
        },
      };
      this.#waiting.add(one);
      const ignore = onAbort(signal, () => one.end(false));
    });
  }

  /** Takes a place for a batch that may be running already. */
  take(): true {
    this.#own += 1;
    return true;
  }

  leave(): void {
    this.#own -= 1;
    this.#starvedSince = undefined;
    this.#fill();
  }

  /** Takes how many batches of other applications were seen. */
  observe(foreign: number): void {
    this.#foreign = foreign;
    if (this.#own + foreign >= this.#shared) this.#fullSince = undefined;
    this.#fill();
  }

  /**
   * The server said that it is full, to one who still holds a place: whatever is not ours is taken, until
   * a look shows otherwise. Gives the milliseconds for which it has said so while no list showed why.
   */
  refused(now: number): number {
    this.#fullSince ??= now;
    this.#foreign = Math.max(this.#foreign, this.#shared - this.#own + 1);
    return now - this.#fullSince;
  }

  /** The server took a batch. */
  admitted(): void {
    this.#fullSince = undefined;
  }

  /** No look tells how full the server is: after `patience` milliseconds, it is asked for a place again. */
  unseen(now: number, patience: number): void {
    if (this.#fullSince === undefined || now - this.#fullSince < patience) return;
    this.#foreign = 0;
    this.#fill();
  }

  /** Others hold all places, or no look shows that they do not: after `patience` milliseconds none wait on. */
  starve(now: number, patience: number): void {
    if (this.#own > 0 || this.#waiting.size === 0) {
      this.#starvedSince = undefined;
      return;
    }
    this.#starvedSince ??= now;
    if (now - this.#starvedSince < patience) return;
    for (const one of this.#waiting) one.end(false);
  }

  #free(): boolean {
    return this.#own < this.#limit && this.#own + this.#foreign < this.#shared;
  }

  #fill(): void {
    for (const one of this.#waiting) {
      if (!this.#free()) return;
      this.#own += 1;
      one.end(true);
    }
  }
}

/** Somebody who waits for a place. */
interface Waiting {
  readonly end: (hasPlace: boolean) => void;
}
