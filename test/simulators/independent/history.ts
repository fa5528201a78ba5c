/** Entries older than this are forgotten: no reader lags that far behind. */
const horizonMs = 120_000;

/** A value that changes in time, so that a reader who lags behind sees an earlier one. */
export class History<T> {
  #entries: { readonly since: number; readonly value: T }[] = [];

  set(now: number, value: T): void {
    this.#entries.push({ since: now, value });
    const old = this.#entries.findLastIndex(({ since }) => since < now - horizonMs);
    if (old > 0) this.#entries.splice(0, old);
  }

  /** What it was at that time; undefined before the first value. */
  at(time: number): T | undefined {
    return this.#entries.findLast(({ since }) => since <= time)?.value;
  }

  /** What it is. */
  get last(): T | undefined {
    return this.#entries.at(-1)?.value;
  }
}
