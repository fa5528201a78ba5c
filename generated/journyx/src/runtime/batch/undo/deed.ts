// @ts-nocheck
import { hasLeaf, leavesOf, type Members, topOf } from '../effects/leaves.js';
import { isBelow } from '../action/paths-above.js';
import type { Located } from '../effects/resources.js';
import type { Touch } from '../effects/touch.js';
import type { AfterImage, BeforeImage } from '../journal/journal.js';

/** An action that took effect, or may have. */
export interface Deed {
  readonly touch: Touch;
  /** The index of its batch. */
  readonly batch: number;
  /** The place of the resource; undefined where it is not known. */
  readonly place: string | undefined;
  readonly located: Located | undefined;
  readonly image: BeforeImage | undefined;
  /** What the server showed in place of what was sent; undefined where it was not looked at. */
  readonly after: AfterImage | undefined;
  /** Whether that was looked at by a later process. */
  readonly isLate: boolean;
  readonly isCertain: boolean;
  /** What the answer to a creation shows, of what was not sent and a change could set. */
  readonly answered?: AfterImage | undefined;
}

/** What a change may have made of a member that it has not set. */
export interface Effect {
  readonly path: string;
  /** At least one; several where nobody knows. */
  readonly values: readonly unknown[];
  readonly isCertain: boolean;
}

/** A name for the place of a deed in its batch. */
export function placeInBatch({ batch, place }: Deed): string {
  return `${batch} ${place ?? ''}`;
}

/** The paths that a deed sets. Of what is new, each member counts by itself. */
export function writtenBy({ touch: { verb, members }, image }: Deed): readonly string[] {
  if (verb === 'create') return leavesOf(members, members);
  return leavesOf(members, image?.state === 'there' ? image.members : {});
}

/** The paths that a deed sets, of those that were there before. */
export function touchedBy({ touch: { verb, members }, image }: Deed): readonly string[] {
  if (image?.state !== 'there') return [];
  const shown = image.members;
  const all = verb === 'update' ? leavesOf(members, shown) : leavesOf(shown, shown);
  return all.filter((path) => hasLeaf(shown, path));
}

/**
 * The paths that a change has not set, but may have changed: the rest of what a PUT replaces, and of the
 * objects that were sent. What only the server sets is not among them.
 */
export function besides({ touch, located, image }: Deed): readonly string[] {
  if (image?.state !== 'there' || touch.verb !== 'update') return [];
  const set = new Set(leavesOf(touch.members, image.members));
  const { update } = located?.resource ?? {};
  const isOpen = (path: string): boolean => !update || update.includes(topOf(path));
  return leavesOf(image.members, image.members).filter(
    (path) => !set.has(path) && !isBelow(path, set) && isOpen(path),
  );
}

/** The paths of what a creation shows and was not sent, of what a change could set. */
export function addedTo({ touch, located }: Deed, shown: Members): readonly string[] {
  const { update } = located?.resource ?? {};
  if (touch.verb !== 'create' || !update) return [];
  return leavesOf(shown, shown).filter(
    (path) => update.includes(topOf(path)) && !hasLeaf(touch.members, path),
  );
}

export function backwards<T>(list: readonly T[]): readonly T[] {
  return list.map((_, index) => list[list.length - 1 - index]!);
}
