// @ts-nocheck
import type { CallAction } from './call-action.js';

/** Resolves when a call has ended: whether it is known what it did. */
type Ended = Promise<boolean>;

/** The calls so far on one path, and below it. */
interface Place {
  additions: Ended;
  others: Ended;
  below: Ended;
  readonly places: Map<string, Place>;
}

/**
 * Which calls must wait for which: those on one path, and on a path above or below it, keep their order.
 * What is added to the same collection does not.
 */
export class CallOrder {
  readonly #root = place();

  /**
   * Takes the next call, whose end will be `ended`. Resolves when those before it have ended: whether it is
   * known what all of them did.
   */
  add({ path, adds }: Pick<CallAction, 'path' | 'adds'>, ended: Ended): Ended {
    const above: Place[] = [];
    let here = this.#root;
    for (const segment of path.split('/')) {
      above.push(here);
      const next = here.places.get(segment) ?? place();
      here.places.set(segment, next);
      here = next;
    }
    const awaited = above.flatMap(({ additions, others }) => [additions, others]);
    awaited.push(here.others, here.below);
    if (!adds) awaited.push(here.additions);
    if (adds) here.additions = both(here.additions, ended);
    else here.others = both(here.others, ended);
    for (const each of above) each.below = both(each.below, ended);
    return all(awaited);
  }
}

const settled: Ended = Promise.resolve(true);

function place(): Place {
  return { additions: settled, others: settled, below: settled, places: new Map() };
}

function both(one: Ended, other: Ended): Ended {
  return all([one, other]);
}

async function all(ends: readonly Ended[]): Promise<boolean> {
  return (await Promise.all(ends)).every((isKnown) => isKnown);
}
