import { hasLeaf, leavesOf, topOf } from '../effects/leaves.js';
import type { Located } from '../effects/resources.js';
import type { Touch } from '../effects/touch.js';
import type { AfterImage, BeforeImage } from '../journal/journal.js';

/** An action that took effect, or may have. */
export interface Deed {
  readonly touch: Touch;
  /** The place of the resource; undefined where it is not known. */
  readonly place: string | undefined;
  readonly located: Located | undefined;
  readonly image: BeforeImage | undefined;
  /** What the server showed in place of what was sent; undefined where it was not looked at. */
  readonly after: AfterImage | undefined;
  readonly isCertain: boolean;
}

/** The paths that a deed sets, of those that were there before. */
export function touchedBy({ touch: { verb, members }, image }: Deed): readonly string[] {
  if (image?.state !== 'there') return [];
  const shown = image.members;
  const all = verb === 'update' ? leavesOf(members, shown) : leavesOf(shown, {});
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
    (path) => !set.has(path) && !isWithin(path, set) && isOpen(path),
  );
}

function isWithin(path: string, paths: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf('/'); end !== -1; end = path.lastIndexOf('/', end - 1)) {
    if (paths.has(path.slice(0, end))) return true;
  }
  return false;
}
