/** Keeps the count of which change a server made how often. */
export class Account {
  readonly #counts = new Map<string, number>();

  /** A change was made; `mark` tells it from all others. */
  made(mark: string): void {
    this.#counts.set(mark, this.count(mark) + 1);
  }

  /** A change was undone. */
  undone(mark: string): void {
    this.#counts.set(mark, this.count(mark) - 1);
  }

  count(mark: string): number {
    return this.#counts.get(mark) ?? 0;
  }

  /** Changes that were made more than once. */
  twice(): readonly string[] {
    return [...this.#counts].filter(([, count]) => count > 1).map(([mark]) => mark);
  }

  /** How many changes were made. */
  get size(): number {
    return [...this.#counts.values()].filter((count) => count > 0).length;
  }
}
