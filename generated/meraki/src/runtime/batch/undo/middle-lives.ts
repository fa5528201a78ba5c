// @ts-nocheck
import { eachText } from '../effects/each-text.js';
import { lastOf } from '../effects/resources.js';
import type { Deed } from './deed.js';

/** A life that a run began and ended itself, between the deeds at two places. */
interface Life {
  readonly from: number;
  readonly to: number;
}

/**
 * The deeds that end what the run had itself made before, so that the way back passes it by: an undo that is
 * interrupted never leaves something that is neither what was there nor what the run has left. What others
 * have named meanwhile is made again for their sake, where the way back restores them as well.
 */
export function endsOfMiddleLives(
  deeds: readonly Deed[],
  isRestored: (place: string | undefined) => boolean,
): ReadonlySet<Deed> {
  const begun = new Map<string, number>();
  const lives = new Map<string, Life[]>();
  for (const [at, { place, touch }] of deeds.entries()) {
    if (place === undefined) continue;
    const from = begun.get(place);
    if (touch.verb === 'create') begun.set(place, at);
    if (touch.verb !== 'destroy' || from === undefined) continue;
    lives.set(place, [...(lives.get(place) ?? []), { from, to: at }]);
    begun.delete(place);
  }
  if (lives.size === 0) return new Set();
  const named = namings(deeds, [...lives.keys()], isRestored);
  return new Set(
    [...lives].flatMap(([place, list]) =>
      list
        .filter(({ from, to }) => !named.get(lastOf(place))?.some((at) => from < at && at < to))
        .map(({ to }) => deeds[to]!),
    ),
  );
}

/** Where others than the resource itself say an id, in what they send or show: the indexes of deeds, by the id. */
function namings(
  deeds: readonly Deed[],
  places: readonly string[],
  isRestored: (place: string | undefined) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map(places.map((place) => [lastOf(place), [] as number[]]));
  for (const [at, { touch, image, place }] of deeds.entries()) {
    if (!isRestored(place)) continue;
    const own = place === undefined ? undefined : lastOf(place);
    const note = (text: string): void => {
      for (const name of [text, ...text.split('/')]) {
        if (name !== own) found.get(name)?.push(at);
      }
    };
    eachText(touch.members, note);
    if (image?.state === 'there') eachText(image.members, note);
  }
  return found;
}
