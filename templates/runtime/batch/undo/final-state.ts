import { memberAt, own } from '../action/members.js';
import { trim } from '../action/wire.js';
import { leafAt, leavesOf, type Members, withLeaves } from '../effects/leaves.js';
import type { ResourceIndex } from '../effects/resources.js';
import { type Touch, touchOf } from '../effects/touch.js';
import { verbFact } from '../effects/verbs.js';
import type { Outcome } from '../outcome/outcome.js';
import type { VerbFacts } from '../protocol/protocol.js';
import { besides, type Deed, touchedBy } from './deed.js';
import type { FinalState, Recording } from './types.js';
import { Written } from './written.js';

/** The actions of a run that took effect or may have, in the order of their execution. */
export function deedsOf(
  index: ResourceIndex,
  recording: Recording,
  within: readonly string[],
): readonly Deed[] {
  const { plan, outcomes, images, afterImages, lookup } = recording;
  const places = new Map(plan.actions.map((action, place) => [action, place]));
  return plan.batches
    .flatMap((batch) => batch.actions)
    .flatMap((at): Deed[] => {
      const outcome = outcomes[at]!;
      if (outcome.status !== 'applied' && outcome.status !== 'unknown') return [];
      const touch = touchOf(index, plan.actions[at]!, at, lookup, (one) => places.get(one));
      if (touch.verb === 'read') return [];
      const place = placeOf(touch, outcome, within);
      const located = place === undefined ? touch.located : index.at(place);
      const isCertain = outcome.status === 'applied';
      const after = afterImages.get(at);
      return [{ touch, place, located, image: images.get(at), after, isCertain }];
    });
}

/** Where an action has left what it touches. */
export function placeOf(
  touch: Touch,
  outcome: Outcome,
  within: readonly string[],
): string | undefined {
  if (outcome.status === 'applied' && touch.verb === 'create') {
    const uri = memberAt(outcome.value, ['uri']);
    if (typeof uri === 'string' && !('method' in touch.action)) return trim(uri);
    if (touch.isPlace) return touch.path;
    const shown = memberAt(outcome.value, within);
    const ids = [touch.located?.key ?? 'id', 'id'].map((name) => memberAt(shown, [name]));
    const id = ids.find((one) => typeof one === 'string' || typeof one === 'number');
    return id === undefined ? undefined : `${touch.path}/${encodeURIComponent(String(id))}`;
  }
  return touch.isPlace && !touch.isWithinNew ? touch.path : undefined;
}

/** What the deeds leave of each resource, by its path. */
export function finalStates(
  deeds: readonly Deed[],
  verbs: VerbFacts,
): ReadonlyMap<string, FinalState> {
  const states = new Map<string, FinalState>();
  const resets = resetsIn(deeds);
  for (const deed of deeds) {
    if (deed.place === undefined || !isKnown(deed.touch.verb, verbs)) continue;
    const state = states.get(deed.place) ?? firstState(deed.place, deed);
    states.set(deed.place, state);
    note(state, deed, verbs, resets);
  }
  return states;
}

/** Whether anything is known of what a verb does. */
function isKnown(verb: string, verbs: VerbFacts): boolean {
  return ['create', 'update', 'destroy'].includes(verb) || verbFact(verbs, verb) !== undefined;
}

function firstState(path: string, { located, touch, image }: Deed): FinalState {
  const wasThere =
    touch.verb === 'create'
      ? false
      : image && image.state !== 'unreadable'
        ? image.state === 'there'
        : undefined;
  return {
    path,
    located,
    wasThere,
    why: image?.state === 'unreadable' ? image.why : 'there is no before-image of it',
    before: new Map(),
    beside: new Map(),
    written: new Written(),
    mayExist: wasThere !== false,
    mayBeGone: wasThere === false,
    isRemade: false,
    isRenewed: false,
    isSeen: true,
  };
}

function note(state: FinalState, deed: Deed, verbs: VerbFacts, resets: Resets): void {
  const { touch, image, after, isCertain } = deed;
  const { verb, members } = touch;
  const { before, beside, written } = state;
  const isSeen = after !== undefined;
  if (verb === 'create' || verb === 'update' || verb === 'destroy') state.isSeen &&= isSeen;
  for (const path of touchedBy(deed)) {
    if (!state.wasThere || before.has(path) || image?.state !== 'there') continue;
    before.set(path, beside.has(path) ? beside.get(path) : leafAt(image.members, path));
    beside.delete(path);
  }
  const shownAt = (path: string, sent: unknown): unknown =>
    after && Object.hasOwn(after, path) ? own(after, path) : sent;
  const writeAll = (): void => {
    const shown = image?.state === 'there' ? image.members : {};
    for (const path of leavesOf(members, shown)) {
      written.set(path, shownAt(path, leafAt(members, path)), isSeen, isCertain);
    }
  };
  switch (verb) {
    case 'create':
    case 'destroy': {
      state.isRenewed ||= verb === 'destroy';
      if (isCertain) written.clear();
      const exists = verb === 'create';
      state.mayExist = exists || (state.mayExist && !isCertain);
      state.mayBeGone = !exists || (state.mayBeGone && !isCertain);
      if (!exists) return;
      state.isRemade = state.wasThere === true;
      writeAll();
      return;
    }
    case 'update':
      if (state.wasThere === false) state.mayExist = true;
      writeAll();
      noteBesides(state, deed, resets);
      return;
    default: {
      const fact = verbFact(verbs, verb);
      if (!fact || fact.leaves === 'other') return;
      const value = fact.leaves === 'sent' ? own(members, fact.shownIn) : null;
      written.set(fact.shownIn, value, true, isCertain);
    }
  }
}

/** By route and path: what members were seen to become that a change did not send. */
type Resets = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

function resetsIn(deeds: readonly Deed[]): Resets {
  const found = new Map<string, Map<string, unknown>>();
  for (const deed of deeds) {
    if (!deed.after) continue;
    for (const path of besides(deed)) {
      if (!Object.hasOwn(deed.after, path)) continue;
      const key = keyOf(deed, path);
      const values = found.get(key) ?? new Map<string, unknown>();
      found.set(key, values.set(JSON.stringify(deed.after[path]), deed.after[path]));
    }
  }
  return found;
}

function keyOf({ located }: Deed, path: string): string {
  return `${located?.route ?? ''} ${path}`;
}

function noteBesides(state: FinalState, deed: Deed, resets: Resets): void {
  const { image, after, touch } = deed;
  if (image?.state !== 'there') return;
  for (const path of besides(deed)) {
    const wasSet = state.before.has(path) || state.written.knows(path);
    const isShown = after !== undefined && Object.hasOwn(after, path);
    // What was seen to stay has stayed.
    if (after !== undefined && !isShown) continue;
    const known = resets.get(keyOf(deed, path))?.values() ?? [];
    // Where nobody looked, it may be gone, or what others became.
    const values = isShown ? [own(after, path)] : [...(touch.mayReplace ? [null] : []), ...known];
    if (values.length > 0 && !wasSet && state.wasThere && !state.beside.has(path)) {
      state.beside.set(path, leafAt(image.members, path));
    }
    for (const value of values) {
      state.written.set(path, value, true, isShown && deed.isCertain);
    }
  }
}

/** What the resource was, as one object. */
export function membersBefore({ before, beside }: FinalState): Members {
  return withLeaves({}, [...before, ...beside]);
}
