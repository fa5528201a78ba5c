import { type AnyAction, type Ref, target } from '../action/types.js';
import { effectOf } from '../action/wire.js';
import { Order } from './path-order.js';
import type { PlanInput } from './units.js';
import type { Unit } from './unit.js';

/** What binds units to an order. */
export interface Constraints {
  /** For each unit, earlier units that must come first. */
  readonly before: readonly (readonly number[])[];
  /** For each unit, the first of all units to which it is bound, directly or through others. */
  readonly clusters: Int32Array;
}

/** Each unit follows the one before it. */
export function inSequence(units: readonly Unit[]): Constraints {
  return {
    before: units.map((_, unit) => (unit === 0 ? none : [unit - 1])),
    clusters: new Int32Array(units.length),
  };
}

const none: readonly number[] = [];

/** Units that touch the same resource, or one above or below it, keep their order. */
export function byPath({ actions, units, first }: PlanInput): Constraints {
  const owner = new Map<AnyAction, number>();
  const placeholder = ({ [target]: { action, field } }: Ref<unknown>): string => {
    const known = owner.get(action) ?? owner.size;
    owner.set(action, known);
    return `(${known}.${field})`;
  };
  const reads = new Uint8Array(actions.length);
  const paths = actions.map((action, index) => {
    const { verb, path } = effectOf(action, placeholder);
    reads[index] = Number(verb === 'read');
    return path;
  });
  const order = new Order(paths);
  const clusters = new Clusters(units.length, order.size);
  const before = units.map(({ indexes }, unit) => {
    let found = none;
    for (const index of indexes) {
      const place = index - first;
      const follows = order.add(place, unit, reads[place] === 1);
      if (follows.length > 0) found = found.length === 0 ? follows : [...found, ...follows];
      clusters.join(unit, order.root(place));
    }
    return found.length === 0 ? none : distinct(found, unit);
  });
  return { before, clusters: clusters.all() };
}

/** Each once, and `unit` itself not: the actions of a group may touch the same. */
function distinct(found: readonly number[], unit: number): readonly number[] {
  if (found.length === 1) return found[0] === unit ? none : found;
  const others = new Set(found);
  others.delete(unit);
  return [...others];
}

/** Units that share a root path, directly or through others (disjoint sets). */
class Clusters {
  readonly #parent: Int32Array;
  /** For the number of each root path, the first unit of it, or -1. */
  readonly #ofRoot: Int32Array;

  constructor(units: number, roots: number) {
    this.#parent = new Int32Array(units);
    for (let unit = 0; unit < units; unit += 1) this.#parent[unit] = unit;
    this.#ofRoot = new Int32Array(roots).fill(-1);
  }

  join(unit: number, root: number): void {
    const other = this.#ofRoot[root]!;
    if (other < 0) {
      this.#ofRoot[root] = unit;
      return;
    }
    const [one, two] = [this.#of(other), this.#of(unit)];
    this.#parent[Math.max(one, two)] = Math.min(one, two);
  }

  /** For each unit, the first of its cluster. */
  all(): Int32Array {
    const parent = this.#parent;
    for (let unit = 0; unit < parent.length; unit += 1) parent[unit] = this.#of(unit);
    return parent;
  }

  #of(unit: number): number {
    const parent = this.#parent;
    let top = unit;
    while (parent[top] !== top) {
      // Halving the way up keeps later searches short.
      parent[top] = parent[parent[top]!]!;
      top = parent[top]!;
    }
    return top;
  }
}
