// @ts-nocheck
/** A smoothed duration and its mean deviation (as RFC 6298 does for round trips). */
export class DurationEstimate {
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
