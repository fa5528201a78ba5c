// @ts-nocheck
/** Milliseconds between two looks: at least, at least where batches take their time, and at most. */
const pauses = { shortest: 200, unhurried: 400, longest: 15_000 };

/** The deviation counts a batch as this share of the mean at least: after one far faster, others are not looked at all along. */
const leastShare = 0.4;

/**
 * How long batches take, and so when to look at them: a smoothed duration and its mean deviation (as RFC 6298
 * does for round trips).
 */
export class DurationEstimate {
  #mean: number | undefined;
  #deviation = 0;
  /** When those that have begun lately are looked at early. */
  #earlyUntil = 0;

  add(ms: number): void {
    if (this.#mean === undefined) {
      this.#mean = ms;
      this.#deviation = ms / 4;
      return;
    }
    const difference = Math.abs(Math.max(ms, leastShare * this.#mean) - this.#mean);
    this.#deviation += (difference - this.#deviation) / 4;
    this.#mean += (ms - this.#mean) / 8;
  }

  get mean(): number | undefined {
    return this.#mean;
  }

  /**
   * When a first look is worth it: a pause before the mean, so that a batch that takes as long as usual is seen
   * before it ends; earlier where durations vary more than that.
   */
  get firstLook(): number {
    const { mean } = this;
    if (mean === undefined) return pauses.unhurried;
    return Math.max(mean / 2, mean - Math.max(this.pause(0), 2 * this.#deviation));
  }

  /** Milliseconds within which nothing is expected to end; 0 where that is not known. */
  get early(): number {
    return (this.#mean ?? 0) / 8;
  }

  /**
   * When to look at a batch that begins at `since`: usually, and where `due` is before that, once to see whether
   * batches have become far faster. Of those that begin together, one shows it.
   */
  looks(since: number): { readonly due: number; readonly usual: number } {
    const usual = since + this.firstLook;
    if (since < this.#earlyUntil || this.early < pauses.unhurried) return { due: usual, usual };
    this.#earlyUntil = since + this.early;
    return { due: this.#earlyUntil, usual };
  }

  /** Milliseconds to the next look at a batch that has run for `elapsed`: short enough to lose little. */
  pause(elapsed: number, share = 30): number {
    const { mean } = this;
    const fair = mean === undefined ? elapsed / share : Math.max(mean / 150, elapsed / 300);
    const least = Math.max(pauses.shortest, Math.min(pauses.unhurried, (mean ?? 0) / 20));
    return Math.min(pauses.longest, Math.max(least, fair));
  }
}
