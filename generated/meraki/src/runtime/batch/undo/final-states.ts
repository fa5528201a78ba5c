// @ts-nocheck
import { isObject, memberAt, own } from '../action/members.js';
import { trim } from '../action/wire.js';
import { hasLeaf, leafAt, type Members } from '../effects/leaves.js';
import type { ResourceIndex } from '../effects/resources.js';
import { type Touch, touchOf } from '../effects/touch.js';
import { verbFact } from '../effects/verbs.js';
import type { AfterImage } from '../journal/journal.js';
import type { Outcome } from '../outcome/outcome.js';
import type { VerbFacts } from '../protocol/protocol.js';
import { addedTo, besides, type Deed, type Effect, touchedBy, writtenBy } from './deed.js';
import type { FinalState } from './final-state.js';
import { Lives } from './lives.js';
import type { Recording } from './types.js';
import { trueImages } from './true-images.js';
import { Written } from './written.js';

/** The actions of a run that took effect or may have, in the order of their execution. */
export function deedsOf(
  index: ResourceIndex,
  recording: Recording,
  { within, verbs }: { readonly within: readonly string[]; readonly verbs: VerbFacts },
): readonly Deed[] {
  const { plan, outcomes, afterImages, lookup } = recording;
  const places = new Map(plan.actions.map((action, place) => [action, place]));
  const touches = plan.actions.map((action, at) =>
    touchOf(index, action, at, lookup, (one) => places.get(one)),
  );
  // What may never have been there is not made again on the way back: the server may refuse it.
  const isDone = (at: number): boolean => outcomes[at]?.status === 'applied';
  const images = trueImages(recording.images, { touchAt: (at) => touches[at], isDone, verbs });
  return plan.batches
    .flatMap(({ index: batch, actions }) => actions.map((at) => [batch, at] as const))
    .flatMap(([batch, at]): Deed[] => {
      const outcome = outcomes[at]!;
      const touch = touches[at]!;
      if (outcome.status !== 'applied' && outcome.status !== 'unknown') return [];
      if (touch.verb === 'read') return [];
      const place = placeOf(touch, outcome, within);
      const located = place === undefined ? touch.located : index.at(place);
      const isCertain = outcome.status === 'applied';
      const { image: after, isLate = false } = afterImages.get(at) ?? {};
      const image = images.get(at);
      const deed = { touch, batch, place, located, image, after, isLate, isCertain };
      return [{ ...deed, answered: answeredTo(deed, outcome, within) }];
    });
}

/** What a creation was answered, of what it did not send. */
function answeredTo(deed: Deed, outcome: Outcome, within: readonly string[]): AfterImage {
  if (outcome.status !== 'applied' || deed.touch.verb !== 'create') return {};
  const shown = memberAt(outcome.value, within);
  if (!isObject(shown)) return {};
  // It is an object.
  const members = shown as Members;
  return Object.fromEntries(addedTo(deed, members).map((path) => [path, leafAt(members, path)]));
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

/** What deeds are likely to have done, of what nobody looked at in time. */
interface Likely {
  /** What a change may have made of members that it has not set. */
  readonly effectsOf: (deed: Deed) => readonly Effect[];
  /** What the server may have added to a creation. */
  readonly addedTo: (deed: Deed) => readonly Effect[];
}

/** What the deeds leave of each resource, by its path. */
export function finalStates(
  deeds: readonly Deed[],
  verbs: VerbFacts,
  likely: Likely,
): ReadonlyMap<string, FinalState> {
  const states = new Map<string, FinalState>();
  const lives = new Lives();
  for (const deed of deeds) {
    const { place } = deed;
    if (place === undefined || !isKnown(deed.touch.verb, verbs)) continue;
    const known = states.get(place);
    const state = known ?? firstState(place, deed, lives.isWithinMade(place));
    states.set(place, state);
    if (known) noteLoss(known, lives);
    lives.note(place, deed.touch.verb, deed.isCertain);
    note(state, deed, verbs, likely);
  }
  for (const state of states.values()) noteLoss(state, lives);
  return states;
}

/** What lies in something goes with it. */
function noteLoss(state: FinalState, lives: Lives): void {
  const lost = lives.lostWith(state.path);
  if (!lost) return;
  if (state.wasThere && !state.isRenewed && !state.isRemade) state.lost = lost;
  state.mayBeGone = true;
  state.mayExist &&= !lost.isCertain;
}

/** Whether anything is known of what a verb does. */
function isKnown(verb: string, verbs: VerbFacts): boolean {
  return ['create', 'update', 'destroy'].includes(verb) || verbFact(verbs, verb) !== undefined;
}

function firstState(
  path: string,
  { located, touch, image }: Deed,
  isWithinMade: boolean,
): FinalState {
  const wasThere =
    touch.verb === 'create' || isWithinMade
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
    sent: new Set(),
    mayExist: wasThere !== false,
    mayBeGone: wasThere === false,
    isRemade: false,
    isRenewed: false,
    isChanged: false,
    isSeen: true,
    lost: undefined,
  };
}

function note(state: FinalState, deed: Deed, verbs: VerbFacts, likely: Likely): void {
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
  if (image?.state === 'there') {
    for (const path of [...touchedBy(deed), ...besides(deed)]) {
      written.passed(path, leafAt(image.members, path));
    }
    // What was not there is gone again, where the way back replaces what it was added to.
    for (const path of writtenBy(deed)) {
      if (!hasLeaf(image.members, path)) written.passed(path, null);
    }
  }
  const shownAt = (path: string, sent: unknown): unknown =>
    after && Object.hasOwn(after, path) ? own(after, path) : sent;
  const writeAll = (): void => {
    for (const path of writtenBy(deed)) {
      state.sent.add(path);
      written.set(path, shownAt(path, leafAt(members, path)), isSeen, isCertain);
    }
  };
  switch (verb) {
    case 'create':
    case 'destroy': {
      state.isRenewed ||= verb === 'destroy';
      if (isCertain) {
        written.clear();
        state.sent.clear();
      }
      const exists = verb === 'create';
      state.mayExist = exists || (state.mayExist && !isCertain);
      state.mayBeGone = !exists || (state.mayBeGone && !isCertain);
      if (!exists) return;
      state.isRemade = state.wasThere === true;
      writeAll();
      if (!after || deed.isLate) {
        noteAdded(state, deed, likely);
        return;
      }
      for (const [path, value] of Object.entries(after)) {
        if (!hasLeaf(members, path)) written.set(path, value, true, isCertain);
      }
      return;
    }
    case 'update':
      state.isChanged = true;
      if (state.wasThere === false) state.mayExist = true;
      writeAll();
      noteBesides(state, deed, likely);
      return;
    default: {
      const fact = verbFact(verbs, verb);
      if (state.wasThere === false) state.mayExist = true;
      if (!fact || fact.leaves === 'other') return;
      const value = fact.leaves === 'sent' ? own(members, fact.shownIn) : null;
      written.set(fact.shownIn, value, true, isCertain);
    }
  }
}

/** What the server has added to a creation that nobody looked at in time. */
function noteAdded(state: FinalState, deed: Deed, likely: Likely): void {
  const { answered = {}, isCertain } = deed;
  for (const [path, value] of Object.entries(answered)) {
    state.written.set(path, value, false, isCertain);
  }
  // What stands in the place of another is compared with what was there.
  if (!state.wasThere) return;
  for (const { path, values, isCertain: isSure } of likely.addedTo(deed)) {
    if (state.written.knows(path)) continue;
    for (const value of values) state.written.set(path, value, true, isSure);
  }
}

/** What a change has not set, and may have changed all the same. */
function noteBesides(state: FinalState, deed: Deed, likely: Likely): void {
  const { image } = deed;
  if (image?.state !== 'there') return;
  for (const { path, values, isCertain } of likely.effectsOf(deed)) {
    const wasSet = state.before.has(path) || state.written.knows(path);
    if (!wasSet && state.wasThere && !state.beside.has(path)) {
      state.beside.set(path, leafAt(image.members, path));
    }
    for (const value of values) state.written.set(path, value, true, isCertain);
  }
}
