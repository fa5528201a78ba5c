// @ts-nocheck
/** What happens one after the other, for one who follows it. */
export class Feed<T> implements AsyncIterable<T> {
  #held: T[] = [];
  #hasEnded = false;
  #wake: () => void = () => {};

  add(value: T): void {
    this.#held.push(value);
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const held = this.#held;
      this.#held = [];
      yield* held;
      if (this.#held.length > 0) continue;
      if (this.#hasEnded) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
