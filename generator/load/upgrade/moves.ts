import type { SourceMap } from '../source-map.ts';
import { joinKeys, keysOf } from '../../json/pointer.ts';
import type { Problems } from '../problems.ts';

/** What the steps of an upgrade share: where they put things, what they say, what is left to do. */
export class Moves {
  readonly problems: Problems;
  readonly #sources: SourceMap;
  readonly #places = new Map<string, string>();
  readonly #copies: (() => void)[] = [];

  constructor(sources: SourceMap, problems: Problems) {
    this.#sources = sources;
    this.problems = problems;
  }

  /** Says that what was at `from` in the Swagger document is at `to` now, with all that is in it. */
  move(from: string, to: string): void {
    this.#places.set(from, to);
    this.#sources.move(from, to);
  }

  /** Where what was at a pointer is now. */
  placeOf(pointer: string): string {
    const keys = keysOf(pointer);
    for (let length = keys.length; length > 0; length--) {
      const place = this.#places.get(joinKeys(keys.slice(0, length)));
      if (place !== undefined) return place + joinKeys(keys.slice(length));
    }
    return pointer;
  }

  /** Does something once all references are as they stay: a copy made before would keep old ones. */
  finally(copy: () => void): void {
    this.#copies.push(copy);
  }

  finish(): void {
    for (const copy of this.#copies) copy();
  }
}
