// @ts-nocheck
import { holds } from '../effects/compare-members.js';
import { hasLeaf, leafAt, leavesOf, type Members } from '../effects/leaves.js';
import { nearestAbove, pathsAbove } from '../action/paths-above.js';
import { isObject } from '../action/members.js';
import { isMask } from '../action/masks.js';
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
  /** What the run has written and then overwritten: an undo that was interrupted may have got there. */
  readonly #earlier = new Map<string, Candidate[]>();

  /** The paths, without those of what is inside of another. */
  get paths(): readonly string[] {
    return [...this.#values.keys()];
  }

  clear(): void {
    for (const [path, candidates] of this.#values) this.#keep(path, candidates);
    this.#values.clear();
  }

  /** A value was set, or may have been. */
  set(path: string, value: unknown, isSeen: boolean, isCertain: boolean): void {
    const candidate = { value, isSeen };
    for (let above = this.#above(path); above !== undefined; above = this.#above(path)) {
      this.#open(above);
    }
    if (!isCertain) {
      this.#values.set(path, [...(this.#values.get(path) ?? []), candidate]);
      return;
    }
    for (const [own, candidates] of this.#values) {
      if (own !== path && !own.startsWith(`${path}/`)) continue;
      this.#keep(own, candidates);
      this.#values.delete(own);
    }
    this.#values.set(path, [candidate]);
  }

  /** What was there on the way: an undo that was interrupted may have restored it. */
  passed(path: string, value: unknown): void {
    this.#keep(path, [{ value, isSeen: true }]);
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
    // What is masked cannot tell of changes.
    if (isMask(live)) return true;
    const isLeft = this.#at(path).some(({ value, isSeen }) => {
      if (holds(value, live, path, order)) return true;
      // A member of an object that was not sent with it, nor seen, has the value that the server gives it.
      return value === undefined || (!isSeen && resembles(value, live));
    });
    return (
      isLeft ||
      throughout(this.#earlier, path).some(
        ({ value }) => holds(value, live, path, order) || resembles(value, live),
      )
    );
  }

  /** Has an object go by what is inside of it, so that each member has candidates of its own. */
  #open(above: string): void {
    const objects = this.#values.get(above)!;
    this.#values.delete(above);
    this.#keep(above, objects);
    const inner = new Set(
      objects.flatMap(({ value }) => (isObject(value) ? leavesOf(value as Members, {}) : [])),
    );
    for (const name of inner) {
      this.#values.set(
        `${above}/${name}`,
        objects.map(({ value, isSeen }) => ({
          value: isObject(value) ? leafAt(value, name) : null,
          isSeen,
        })),
      );
    }
  }

  #keep(path: string, candidates: readonly Candidate[]): void {
    const kept = this.#earlier.get(path);
    if (kept) kept.push(...candidates);
    else this.#earlier.set(path, [...candidates]);
  }

  #at(path: string): readonly Candidate[] {
    return within(this.#values, path);
  }

  #above(path: string): string | undefined {
    return nearestAbove(path, this.#values);
  }
}

/** The candidates of a path, or what those of an object above it have there. */
function within(
  values: ReadonlyMap<string, readonly Candidate[]>,
  path: string,
): readonly Candidate[] {
  const own = values.get(path);
  if (own) return own;
  const above = nearestAbove(path, values);
  if (above === undefined) return [];
  const inner = path.slice(above.length + 1);
  return values.get(above)!.map(({ value, isSeen }) => ({ value: leafAt(value, inner), isSeen }));
}

/** The candidates of a path, and what those of all objects above it have there. */
function throughout(
  values: ReadonlyMap<string, readonly Candidate[]>,
  path: string,
): readonly Candidate[] {
  const found = [...(values.get(path) ?? [])];
  for (const above of pathsAbove(path)) {
    const inner = path.slice(above.length + 1);
    for (const { value, isSeen } of values.get(above) ?? []) {
      // In nothing, there is nothing.
      if (value === null) found.push({ value: null, isSeen });
      else if (hasLeaf(value, inner)) found.push({ value: leafAt(value, inner), isSeen });
    }
  }
  return found;
}
