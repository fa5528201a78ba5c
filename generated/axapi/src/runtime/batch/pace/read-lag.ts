// @ts-nocheck
/** Reads that agree for so long are believed, in milliseconds: replicas have caught up by then. */
export const consistentAfter = 30_000;

/** How far the server's reads were seen to lag behind what it had done. */
export class ReadLag {
  #seen = 0;

  /** A read showed a state that was over for `ms` milliseconds. */
  note(ms: number): void {
    this.#seen = Math.min(consistentAfter, Math.max(this.#seen, ms));
  }

  /** Milliseconds after which a read shows what was done before, as far as is known. */
  get wait(): number {
    return this.#seen === 0 ? 0 : 2 * this.#seen + 1_000;
  }
}
