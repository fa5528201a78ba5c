import { holds } from '../effects/compare-members.js';
import { leafAt, type Members, withLeaf } from '../effects/leaves.js';
import { resembles } from '../action/resembles.js';

/** A value that a run may have left. */
interface Candidate {
  readonly value: unknown;
  /** Whether the server was seen to show it so. Where it was not, it may show it in another form. */
  readonly isSeen: boolean;
}

/** The values that a run may have left in a resource, by path; several where an outcome is unknown. */
export class Written {
  readonly #values = new Map<string, readonly Candidate[]>();

  /** The paths, without those of what is inside of another. */
  get paths(): readonly string[] {
    return [...this.#values.keys()];
  }

  clear(): void {
    this.#values.clear();
  }

  /** A value was set, or may have been. */
  set(path: string, value: unknown, isSeen: boolean, isCertain: boolean): void {
    const candidate = { value, isSeen };
    const above = this.#above(path);
    if (above !== undefined) {
      const old = this.#values.get(above)!;
      const inner = path.slice(above.length + 1);
      const changed = old.map((one) => ({
        // Only objects have something inside.
        value: withLeaf((one.value ?? {}) as Members, inner, value),
        isSeen: one.isSeen && isSeen,
      }));
      this.#values.set(above, isCertain ? changed : [...old, ...changed]);
      return;
    }
    for (const below of this.#values.keys()) {
      if (below.startsWith(`${path}/`) && isCertain) this.#values.delete(below);
    }
    this.#values.set(
      path,
      isCertain ? [candidate] : [...(this.#values.get(path) ?? []), candidate],
    );
  }

  /** Whether anything is known to have been written at a path. */
  knows(path: string): boolean {
    return this.#values.has(path) || this.#above(path) !== undefined;
  }

  /** The value that was written last. */
  last(path: string): unknown {
    return this.#at(path).at(-1)?.value;
  }

  /** Whether what is there may be what was written. */
  fits(
    path: string,
    live: unknown,
    order: { readonly ordered: readonly string[] | undefined },
  ): boolean {
    return this.#at(path).some(({ value, isSeen }) =>
      isSeen
        ? holds(value, live, path, order)
        : holds(value, live, path, order) || resembles(value, live),
    );
  }

  #at(path: string): readonly Candidate[] {
    const own = this.#values.get(path);
    if (own) return own;
    const above = this.#above(path);
    if (above === undefined) return [];
    const inner = path.slice(above.length + 1);
    return this.#values.get(above)!.map(({ value, isSeen }) => ({
      value: leafAt(value, inner),
      isSeen,
    }));
  }

  #above(path: string): string | undefined {
    for (let end = path.lastIndexOf('/'); end !== -1; end = path.lastIndexOf('/', end - 1)) {
      const above = path.slice(0, end);
      if (this.#values.has(above)) return above;
    }
    return undefined;
  }
}
