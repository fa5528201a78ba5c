// @ts-nocheck
import { isObject } from '../action/members.js';
import { leafAt } from '../effects/leaves.js';
import { besides, type Deed, type Effect, placeInBatch } from './deed.js';

/** Members of one kind of resource, as they were seen after changes that did not set them. */
interface Habit {
  /** What they became, by their JSON text. */
  readonly became: Map<string, unknown>;
  /** What they were and stayed, as JSON texts. */
  readonly stayed: Set<string>;
}

/**
 * What a server does with members that a change does not send: it keeps them, or sets them to values of its
 * own. Learned from the changes whose results were seen at once, for those whose results were not.
 */
export class Habits {
  readonly #habits = new Map<string, Habit>();

  constructor(deeds: readonly Deed[]) {
    const counts = new Map<string, number>();
    for (const deed of deeds)
      counts.set(placeInBatch(deed), (counts.get(placeInBatch(deed)) ?? 0) + 1);
    for (const deed of deeds) {
      const { after, image, isLate } = deed;
      if (!after || isLate || image?.state !== 'there') continue;
      // Of several changes in one batch nobody knows which had what effect.
      if (counts.get(placeInBatch(deed)) !== 1) continue;
      for (const path of besides(deed)) {
        const key = keyOf(deed, path);
        const habit = this.#habits.get(key) ?? { became: new Map(), stayed: new Set() };
        this.#habits.set(key, habit);
        if (Object.hasOwn(after, path)) habit.became.set(JSON.stringify(after[path]), after[path]);
        else habit.stayed.add(JSON.stringify(leafAt(image.members, path)));
      }
    }
  }

  effectsOf(deed: Deed): readonly Effect[] {
    const { after, touch } = deed;
    return besides(deed).flatMap((path): readonly Effect[] => {
      const isShown = after !== undefined && Object.hasOwn(after, path);
      // What was seen to stay has stayed.
      if (after !== undefined && !isShown) return [];
      const { became, stayed } = this.#habits.get(keyOf(deed, path)) ?? {};
      const known = [...(became?.values() ?? [])];
      if (isShown && (!deed.isLate || isLikely(after[path], became, stayed))) {
        return [{ path, values: [after[path]], isCertain: deed.isCertain }];
      }
      // Where nobody looked in time, it may be gone, or what others became.
      const values = [...(touch.mayReplace ? [null] : []), ...known];
      return values.length === 0 ? [] : [{ path, values, isCertain: false }];
    });
  }
}

/** Whether a value that was seen late comes from the server rather than from others. */
function isLikely(
  value: unknown,
  became: ReadonlyMap<string, unknown> = new Map(),
  stayed: ReadonlySet<string> = new Set(),
): boolean {
  if (became.size > 0) return became.has(JSON.stringify(value));
  // One value may be the one that the server sets; of two, one would have changed.
  return stayed.size < 2;
}

/** The kind of resource, the member, and how much of what is around it was sent: that may be replaced. */
function keyOf({ located, touch }: Deed, path: string): string {
  let around = '';
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const above = path.slice(0, end);
    if (isObject(leafAt(touch.members, above))) around = above;
  }
  return `${located?.route ?? ''} ${path} ${around}`;
}
