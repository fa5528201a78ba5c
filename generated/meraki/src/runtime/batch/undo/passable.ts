// @ts-nocheck
import { eachText } from '../effects/each-text.js';
import { leafAt, leavesOf, type Members, withLeaves } from '../effects/leaves.js';
import { lastOf } from '../effects/resources.js';
import { type Deed, writtenBy } from './deed.js';
import type { FinalState } from './final-state.js';

/**
 * What can be sent on the way back. A state that was there in between may name something that the run made and
 * that is gone: a server that minds refuses it. What the way back ends with stands in its place.
 */
export class Passable {
  #isThere: (place: string) => boolean = () => true;
  /** The places of what the run has made, by what they are named. */
  readonly #made = new Map<string, string>();
  /** What was there before the run, by place and path; undefined where nothing was. */
  readonly #original = new Map<string, Map<string, unknown>>();

  constructor(deeds: readonly Deed[], states: ReadonlyMap<string, FinalState>) {
    for (const { place, touch } of deeds) {
      if (touch.verb === 'create' && place !== undefined && !states.get(place)?.wasThere)
        this.#made.set(lastOf(place), place);
    }
    if (this.#made.size > 0) this.#learn(deeds);
  }

  /** From now on, this says what is there. */
  watch(isThere: (place: string) => boolean): void {
    this.#isThere = isThere;
  }

  /** What the deeds have changed first; what is made again later is another. */
  #learn(deeds: readonly Deed[]): void {
    const ended = new Set<string>();
    for (const deed of deeds) {
      const { place, image, touch } = deed;
      if (place === undefined || ended.has(place)) continue;
      if (touch.verb !== 'update' || image?.state !== 'there') {
        ended.add(place);
        continue;
      }
      const known = this.#original.get(place) ?? new Map<string, unknown>();
      this.#original.set(place, known);
      for (const path of writtenBy(deed)) {
        if (!known.has(path)) known.set(path, leafAt(image.members, path));
      }
    }
  }

  /** The same members, with what can be sent of them. */
  members(place: string, members: Members): Members {
    if (this.#made.size === 0) return members;
    const changed = leavesOf(members, members).flatMap((path): [string, unknown][] => {
      const old = leafAt(members, path);
      const value = this.value(place, path, old);
      return value === old ? [] : [[path, value]];
    });
    return changed.length === 0 ? members : withLeaves(members, changed);
  }

  /** What stands in the place of a value; undefined where nothing was there. */
  value(place: string, path: string, value: unknown): unknown {
    const known = this.#original.get(place);
    // What was there before names nothing that the run has made, though a number in it may be like an id.
    return known?.has(path) && this.#namesGone(value) ? known.get(path) : value;
  }

  #namesGone(value: unknown): boolean {
    if (this.#made.size === 0) return false;
    let isGone = false;
    eachText(value, (text) => {
      if (isGone) return;
      isGone = [text, ...text.split('/')].some((name) => {
        const place = this.#made.get(name);
        return place !== undefined && !this.#isThere(place);
      });
    });
    return isGone;
  }
}
