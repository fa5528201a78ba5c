import { memberAt, own } from '../action/members.js';
import { trim } from '../action/wire.js';
import { hasLeaf, leafAt, type Members, withLeaves } from '../effects/leaves.js';
import type { ResourceIndex } from '../effects/resources.js';
import { type Touch, touchOf } from '../effects/touch.js';
import { verbFact } from '../effects/verbs.js';
import type { Outcome } from '../outcome/outcome.js';
import type { VerbFacts } from '../protocol/protocol.js';
import { type Deed, type Effect, touchedBy, writtenBy } from './deed.js';
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
    .flatMap(({ index: batch, actions }) => actions.map((at) => [batch, at] as const))
    .flatMap(([batch, at]): Deed[] => {
      const outcome = outcomes[at]!;
      if (outcome.status !== 'applied' && outcome.status !== 'unknown') return [];
      const touch = touchOf(index, plan.actions[at]!, at, lookup, (one) => places.get(one));
      if (touch.verb === 'read') return [];
      const place = placeOf(touch, outcome, within);
      const located = place === undefined ? touch.located : index.at(place);
      const isCertain = outcome.status === 'applied';
      const { image: after, isLate = false } = afterImages.get(at) ?? {};
      return [{ touch, batch, place, located, image: images.get(at), after, isLate, isCertain }];
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

/** Gives what a deed may have changed that it has not set. */
type EffectsOf = (deed: Deed) => readonly Effect[];

/** What the deeds leave of each resource, by its path. */
export function finalStates(
  deeds: readonly Deed[],
  verbs: VerbFacts,
  effectsOf: EffectsOf,
): ReadonlyMap<string, FinalState> {
  const states = new Map<string, FinalState>();
  for (const deed of deeds) {
    if (deed.place === undefined || !isKnown(deed.touch.verb, verbs)) continue;
    const state = states.get(deed.place) ?? firstState(deed.place, deed);
    states.set(deed.place, state);
    note(state, deed, verbs, effectsOf);
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

function note(state: FinalState, deed: Deed, verbs: VerbFacts, effectsOf: EffectsOf): void {
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
    for (const path of writtenBy(deed)) {
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
      for (const [path, value] of Object.entries(after ?? {})) {
        if (!hasLeaf(members, path)) written.set(path, value, true, isCertain);
      }
      return;
    }
    case 'update':
      if (state.wasThere === false) state.mayExist = true;
      writeAll();
      noteBesides(state, deed, effectsOf);
      return;
    default: {
      const fact = verbFact(verbs, verb);
      if (!fact || fact.leaves === 'other') return;
      const value = fact.leaves === 'sent' ? own(members, fact.shownIn) : null;
      written.set(fact.shownIn, value, true, isCertain);
    }
  }
}

/** What a change has not set, and may have changed all the same. */
function noteBesides(state: FinalState, deed: Deed, effectsOf: EffectsOf): void {
  const { image } = deed;
  if (image?.state !== 'there') return;
  for (const { path, values, isCertain } of effectsOf(deed)) {
    const wasSet = state.before.has(path) || state.written.knows(path);
    if (!wasSet && state.wasThere && !state.beside.has(path)) {
      state.beside.set(path, leafAt(image.members, path));
    }
    for (const value of values) state.written.set(path, value, true, isCertain);
  }
}

/** What the resource was, as one object. */
export function membersBefore({ before, beside }: FinalState): Members {
  return withLeaves({}, [...before, ...beside]);
}
