// @ts-nocheck
/** Lets so many in at the same time, and so many begin in a second. */
export class Places {
  readonly #interval: number;
  #free: number;
  #next = 0;
  readonly #waiting: (() => void)[] = [];
  #first = 0;

  constructor(concurrency: number, rate: number | undefined) {
    this.#free = concurrency;
    this.#interval = rate === undefined ? 0 : 1_000 / rate;
  }

  /** Waits for a place; gives what leaves it. */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const now = performance.now();
    const turn = Math.max(now, this.#next);
    this.#next = turn + this.#interval;
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
    return () => this.#leave();
  }

  #leave(): void {
    const next = this.#waiting[this.#first];
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#first += 1;
    if (this.#first === this.#waiting.length) this.#first = this.#waiting.length = 0;
    next();
  }
}
