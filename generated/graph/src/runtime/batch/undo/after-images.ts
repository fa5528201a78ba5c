import { holds, isEqual } from '../effects/compare-members.js';
import { hasLeaf, leafAt, leavesOf } from '../effects/leaves.js';
import type { LiveState } from '../effects/live-state.js';
import { resembles } from '../action/resembles.js';
import type { Look, Want } from '../effects/types.js';
import type { AfterImage } from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import { backOff } from '../pace/retry-deadline.js';
import { consistentAfter } from '../pace/read-lag.js';
import { besides, type Deed, touchedBy } from './deed.js';

interface Means {
  /** For a look at what is there now. */
  readonly look: () => LiveState;
  /** Whether nobody else can have changed something in between, as the batch was one request. */
  readonly isAlone: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

type Seen = readonly [index: number, image: AfterImage];

/** What the server makes of what a batch has sent: looked at until it shows that the batch has ended. */
export async function lookAfter(
  deeds: readonly Deed[],
  { look, isAlone, clock, signal }: Means,
): Promise<readonly Seen[]> {
  const places = new Map<string, Deed[]>();
  for (const deed of deeds) {
    if (deed.place === undefined || !isPlain(deed)) continue;
    places.set(deed.place, [...(places.get(deed.place) ?? []), deed]);
  }
  const found: Seen[] = [];
  const end = clock.now() + consistentAfter;
  for (let tries = 1; places.size > 0; tries += 1) {
    if (signal?.aborted) break;
    const live = look();
    await live.load([...places].map(([path, list]) => wantOf(path, list)));
    for (const [path, list] of places) {
      const shown = live.at(path);
      if (isStale(list, shown)) continue;
      places.delete(path);
      if (shown.state !== 'unreadable') found.push(...imagesOf(list, shown, isAlone));
    }
    const left = end - clock.now();
    if (places.size === 0 || left <= 0) break;
    await clock.sleep(Math.min(backOff(tries), left), signal);
  }
  return found;
}

function isPlain({ touch: { verb } }: Deed): boolean {
  return verb === 'create' || verb === 'update' || verb === 'destroy';
}

function wantOf(path: string, deeds: readonly Deed[]): Want {
  const last = deeds.at(-1)!;
  if (last.touch.verb === 'destroy') return { path, members: [], whole: false, presence: true };
  const members = deeds.flatMap(({ touch }) => Object.keys(touch.members));
  return { path, members, whole: deeds.some(({ touch }) => touch.mayReplace) };
}

/** Whether a look shows what was there before the batch. */
function isStale(deeds: readonly Deed[], look: Look): boolean {
  const { touch } = deeds.at(-1)!;
  if (touch.verb === 'destroy') return look.state === 'there';
  if (look.state !== 'there') return look.state === 'absent';
  const before = shownBefore(deeds);
  const order = orderOf(deeds);
  const differing = [...setBy(deeds)].filter(
    ([path, sent]) =>
      before.has(path) &&
      hasLeaf(look.members, path) &&
      !holds(sent, before.get(path), path, order) &&
      !resembles(sent, before.get(path)),
  );
  return (
    differing.length > 0 &&
    differing.every(([path]) => isEqual(before.get(path), leafAt(look.members, path), path, order))
  );
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
  for (const { touch, image } of deeds) {
    const shown = image?.state === 'there' ? image.members : {};
    for (const path of leavesOf(touch.members, shown)) {
      values.set(path, leafAt(touch.members, path));
    }
  }
  return values;
}

function imagesOf(deeds: readonly Deed[], look: Look, isAlone: boolean): readonly Seen[] {
  const image: Record<string, unknown> = {};
  if (look.state === 'there') {
    const order = orderOf(deeds);
    const set = setBy(deeds);
    const reset = new Set(deeds.flatMap(besides));
    for (const [path, sent] of set) {
      const shown = leafAt(look.members, path);
      if (!hasLeaf(look.members, path) || holds(sent, shown, path, order)) continue;
      // A later deed of the batch may have replaced what an earlier one has set.
      if (isAlone || reset.has(path) || resembles(sent, shown)) image[path] = shown;
    }
    const before = shownBefore(deeds);
    for (const path of reset) {
      const shown = leafAt(look.members, path) ?? null;
      if (!set.has(path) && !isEqual(before.get(path), shown, path, order)) image[path] = shown;
    }
  }
  return deeds.map((deed) => {
    const own = new Set([...setBy([deed]).keys(), ...besides(deed)]);
    return [
      deed.touch.index,
      Object.fromEntries(Object.entries(image).filter(([path]) => own.has(path))),
    ];
  });
}
