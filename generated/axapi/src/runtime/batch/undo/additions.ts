// @ts-nocheck
import { hasLeaf } from '../effects/leaves.js';
import { type Deed, type Effect, placeInBatch } from './deed.js';

/** Values of one member of new resources, by their JSON text. */
interface Given {
  /** Those that were seen at once, or that an answer showed. */
  readonly seen: Map<string, unknown>;
  /** Those that a later process saw, when others may have changed them. */
  readonly late: Map<string, unknown>;
  /** Those that it saw in more than one resource: others are unlikely to have set all of them. */
  readonly often: Map<string, unknown>;
}

/**
 * What a server gives to new resources besides what they are sent. Learned from the creations whose results
 * were seen, for those whose results were not; only what is always the same.
 */
export class Additions {
  /** By the kind of resource, and by path. */
  readonly #given = new Map<string, Map<string, Given>>();

  constructor(deeds: readonly Deed[]) {
    const changed = new Set<string>();
    for (const deed of deeds) if (deed.touch.verb === 'update') changed.add(placeInBatch(deed));
    for (const deed of deeds) {
      if (deed.touch.verb !== 'create') continue;
      // What was changed in the same batch may have got its values by that.
      this.#learn(changed.has(placeInBatch(deed)) ? { ...deed, after: undefined } : deed);
    }
  }

  of({ located, touch, isCertain }: Deed): readonly Effect[] {
    return [...(this.#given.get(located?.route ?? '') ?? [])].flatMap(
      ([path, { seen, often }]): readonly Effect[] => {
        const values = [...(seen.size > 0 ? seen : often).values()];
        if (values.length !== 1 || hasLeaf(touch.members, path)) return [];
        return [{ path, values, isCertain }];
      },
    );
  }

  #learn({ located, touch, after, isLate, answered = {} }: Deed): void {
    const route = located?.route ?? '';
    const known = this.#given.get(route) ?? new Map<string, Given>();
    this.#given.set(route, known);
    const note = (path: string, value: unknown, isTimely: boolean): void => {
      if (hasLeaf(touch.members, path)) return;
      const given = known.get(path) ?? { seen: new Map(), late: new Map(), often: new Map() };
      known.set(path, given);
      const text = JSON.stringify(value);
      if (isTimely) given.seen.set(text, value);
      else if (given.late.has(text)) given.often.set(text, value);
      else given.late.set(text, value);
    };
    for (const [path, value] of Object.entries(answered)) note(path, value, true);
    for (const [path, value] of Object.entries(after ?? {})) note(path, value, !isLate);
  }
}
