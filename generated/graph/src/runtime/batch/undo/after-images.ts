// @ts-nocheck
import { holds, isEqual } from '../effects/compare-members.js';
import { hasLeaf, leafAt, leavesOf, type Members } from '../effects/leaves.js';
import type { LiveState } from '../effects/live-state.js';
import { isBelow } from '../action/paths-above.js';
import { resembles } from '../action/resembles.js';
import type { Look, Want } from '../effects/types.js';
import type { AfterImage } from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import { backOff } from '../pace/retry-deadline.js';
import { consistentAfter } from '../pace/read-lag.js';
import { addedTo, backwards, besides, type Deed, touchedBy, writtenBy } from './deed.js';

interface Means {
  /** For a look at what is there now. */
  readonly look: () => LiveState;
  /** What earlier batches of the run have sent to a place. */
  readonly earlier: (place: string) => readonly Members[];
  /** Whether nobody else can have changed something in between, as the batch was one request. */
  readonly isAlone: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

type Seen = readonly [index: number, image: AfterImage];

/** What the server makes of what a batch has sent: looked at until it shows that the batch has ended. */
export async function lookAfter(
  deeds: readonly Deed[],
  { look, earlier, isAlone, clock, signal }: Means,
): Promise<readonly Seen[]> {
  const places = placesOf(deeds);
  const found: Seen[] = [];
  const end = clock.now() + consistentAfter;
  let hasEnded = false;
  for (let tries = 1; places.size > 0; tries += 1) {
    if (signal?.aborted) break;
    const live = look();
    await live.load([...places].map(([path, list]) => wantOf(path, list)));
    const left = end - clock.now();
    const unclear: string[] = [];
    const unchanged: string[] = [];
    const take = (path: string): void => {
      const shown = live.at(path);
      if (shown.state !== 'unreadable') found.push(...imagesOf(places.get(path)!, shown, isAlone));
      places.delete(path);
    };
    for (const [path, list] of places) {
      const shown = live.at(path);
      if (isAsBefore(list, shown)) {
        unchanged.push(path);
        continue;
      }
      const freshness = freshnessOf(list, shown, earlier(path));
      const isKnown = list.every((deed) => deed.isCertain) || isDone(list, shown);
      if (isKnown && freshness === 'fresh') {
        take(path);
        hasEnded = true;
      } else if (isKnown && freshness === 'unclear') unclear.push(path);
      // Where nobody knows whether anything has happened, what has may be shown later.
      else if (!isKnown && freshness !== 'stale') places.delete(path);
    }
    // What shows no difference is as fresh as what else the batch has changed. Where that is nothing, a PUT may
    // be seen later to have replaced what it did not send.
    if (unclear.length === places.size || left <= 0) {
      const isWaiting = (path: string): boolean =>
        !hasEnded && left > 0 && mayReset(places.get(path)!);
      unclear.filter((path) => !isWaiting(path)).forEach(take);
    }
    if (left <= 0) unchanged.forEach(take);
    if (places.size === 0 || left <= 0) break;
    await clock.sleep(Math.min(backOff(tries), left), signal);
  }
  return found;
}

/** What the batch did to each place, but for what it destroyed later together with what is around it. */
function placesOf(deeds: readonly Deed[]): Map<string, Deed[]> {
  const lost = new Set<Deed>();
  const destroyed = new Set<string>();
  for (const deed of backwards(deeds)) {
    if (deed.place === undefined) continue;
    if (isBelow(deed.place, destroyed)) lost.add(deed);
    if (deed.touch.verb === 'destroy') destroyed.add(deed.place);
  }
  const places = new Map<string, Deed[]>();
  for (const deed of deeds) {
    if (deed.place === undefined || !isPlain(deed) || lost.has(deed)) continue;
    places.set(deed.place, [...(places.get(deed.place) ?? []), deed]);
  }
  return places;
}

function isPlain({ touch: { verb } }: Deed): boolean {
  return verb === 'create' || verb === 'update' || verb === 'destroy';
}

function wantOf(path: string, deeds: readonly Deed[]): Want {
  const last = deeds.at(-1)!;
  if (last.touch.verb === 'destroy') return { path, members: [], whole: false, presence: true };
  const members = deeds.flatMap(({ touch }) => Object.keys(touch.members));
  return {
    path,
    members,
    whole: deeds.some(({ touch }) => touch.mayReplace || touch.verb === 'create'),
  };
}

/** Whether a look shows what was there before the batch; unclear where what was sent was there before. */
function freshnessOf(
  deeds: readonly Deed[],
  look: Look,
  earlier: readonly Members[],
): 'fresh' | 'stale' | 'unclear' {
  const { touch } = deeds.at(-1)!;
  if (touch.verb === 'destroy') return look.state === 'there' ? 'stale' : 'fresh';
  if (look.state !== 'there') return look.state === 'absent' ? 'stale' : 'fresh';
  const before = shownBefore(deeds);
  const order = orderOf(deeds);
  const differing = [...setBy(deeds)].filter(
    ([path, sent]) =>
      before.has(path) &&
      (hasLeaf(look.members, path) || wasShown(deeds, path)) &&
      !holds(sent, before.get(path), path, order) &&
      !resembles(sent, before.get(path)),
  );
  if (differing.length === 0) return touch.verb === 'update' ? 'unclear' : 'fresh';
  const { members } = look;
  // What an earlier batch has sent is no other form of what this one has: the image before was older still.
  const isOlder = differing.some(([path, sent]) => {
    const shown = leafAt(members, path);
    if (holds(sent, shown, path, order) || resembles(sent, shown)) return false;
    return earlier.some(
      (one) => hasLeaf(one, path) && isEqual(leafAt(one, path), shown, path, order),
    );
  });
  if (isOlder) return 'stale';
  // A later deed may have reset what an earlier one has set, and more besides.
  const others = deeds.flatMap((deed) => (deed.located?.resource.update ? besides(deed) : []));
  const telling = [...differing.map(([path]) => path), ...others].filter(
    (path) => wasShown(deeds, path) || hasLeaf(look.members, path),
  );
  return telling.every((path) => isEqual(before.get(path), leafAt(look.members, path), path, order))
    ? 'stale'
    : 'fresh';
}

/** Whether the server has shown a member before, so that it is gone where it shows none. */
function wasShown(deeds: readonly Deed[], path: string): boolean {
  const image = deeds[0]?.image;
  return image?.state === 'there' && hasLeaf(image.members, path);
}

/** Whether what was put in the place of another shows all that the other showed. */
function isAsBefore(deeds: readonly Deed[], look: Look): boolean {
  const made = deeds.findIndex(({ touch }) => touch.verb === 'create');
  const image = deeds.slice(0, Math.max(0, made)).map((deed) => deed.image)[0];
  if (look.state !== 'there' || image?.state !== 'there') return false;
  const order = orderOf(deeds);
  return leavesOf(image.members, image.members).every((path) =>
    isEqual(leafAt(image.members, path), leafAt(look.members, path), path, order),
  );
}

/** Whether a look shows what the batch was to make of a resource. */
function isDone(deeds: readonly Deed[], look: Look): boolean {
  const isGone = deeds.at(-1)!.touch.verb === 'destroy';
  if (look.state !== 'there') return isGone && look.state === 'absent';
  const order = orderOf(deeds);
  return (
    !isGone &&
    // What earlier deeds have set may be gone again.
    [...setBy(deeds.slice(-1))].every(([path, sent]) => {
      const shown = leafAt(look.members, path);
      return (
        !hasLeaf(look.members, path) || holds(sent, shown, path, order) || resembles(sent, shown)
      );
    })
  );
}

/** Whether members that were not sent may be reset. */
function mayReset(deeds: readonly Deed[]): boolean {
  return deeds.some((deed) => deed.touch.mayReplace && besides(deed).length > 0);
}

/** What the resource showed before its first deed, by path. */
function shownBefore(deeds: readonly Deed[]): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const deed of deeds) {
    const { image } = deed;
    if (image?.state !== 'there') continue;
    for (const path of [...touchedBy(deed), ...besides(deed)]) {
      if (!values.has(path)) values.set(path, leafAt(image.members, path));
    }
  }
  return values;
}

function orderOf(deeds: readonly Deed[]): { readonly ordered: readonly string[] | undefined } {
  return { ordered: deeds[0]?.located?.resource.orderedLists };
}

/** What the deeds on one resource set in the end, by path. */
function setBy(deeds: readonly Deed[]): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const deed of sinceMade(deeds)) {
    for (const path of writtenBy(deed)) values.set(path, leafAt(deed.touch.members, path));
  }
  return values;
}

/** The deeds on what is there in the end: from the last creation on. */
function sinceMade(deeds: readonly Deed[]): readonly Deed[] {
  const made = deeds.map(({ touch }) => touch.verb).lastIndexOf('create');
  return made === -1 ? deeds : deeds.slice(made);
}

function imagesOf(deeds: readonly Deed[], look: Look, isAlone: boolean): readonly Seen[] {
  const image: Record<string, unknown> = {};
  if (look.state === 'there') {
    const order = orderOf(deeds);
    const set = setBy(deeds);
    const reset = new Set(sinceMade(deeds).flatMap(besides));
    for (const [path, sent] of set) {
      const shown = leafAt(look.members, path);
      const isGone = !hasLeaf(look.members, path);
      // What was never shown is none that was reset.
      if (isGone && !(reset.has(path) && wasShown(deeds, path))) continue;
      if (isGone) image[path] = null;
      if (isGone || holds(sent, shown, path, order)) continue;
      // A later deed of the batch may have replaced what an earlier one has set.
      if (isAlone || reset.has(path) || resembles(sent, shown)) image[path] = shown;
    }
    const before = shownBefore(deeds);
    for (const path of reset) {
      const shown = leafAt(look.members, path) ?? null;
      if (!set.has(path) && !isEqual(before.get(path), shown, path, order)) image[path] = shown;
    }
    for (const path of added(deeds, look.members)) {
      if (!set.has(path)) image[path] = leafAt(look.members, path);
    }
  }
  const shown = look.state === 'there' ? look.members : {};
  /** What later deeds of the batch set: what is shown there is theirs. */
  const overwritten = new Set<string>();
  /** What they may have reset: of what an earlier one has set, what is shown is theirs unless it is like that. */
  const replaced = new Set<string>();
  const seen: Seen[] = [];
  for (const deed of backwards(deeds)) {
    const set = setBy([deed]);
    const own = new Set([...set.keys(), ...besides(deed), ...added([deed], shown)]);
    const members = Object.entries(image).filter(
      ([path, value]) =>
        own.has(path) &&
        !overwritten.has(path) &&
        (!set.has(path) || !replaced.has(path) || resembles(set.get(path), value)),
    );
    seen.unshift([deed.touch.index, Object.fromEntries(members)]);
    for (const path of set.keys()) overwritten.add(path);
    for (const path of besides(deed)) replaced.add(path);
  }
  return seen;
}

/** What creations have, besides what was sent. */
function added(deeds: readonly Deed[], shown: Members): readonly string[] {
  return sinceMade(deeds).flatMap((deed) => addedTo(deed, shown));
}
