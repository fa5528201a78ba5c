import { memberAt, own } from '../action/members.js';
import { trim } from '../action/wire.js';
import type { Located, ResourceIndex } from '../effects/resources.js';
import { type Touch, touchOf } from '../effects/touch.js';
import { verbFact } from '../effects/verbs.js';
import type { BeforeImage } from '../journal/journal.js';
import type { Outcome } from '../outcome/outcome.js';
import type { VerbFacts } from '../protocol/protocol.js';
import type { FinalState, Recording } from './types.js';

/** An action that took effect, or may have. */
export interface Deed {
  readonly touch: Touch;
  /** The place of the resource; undefined where nobody knows it. */
  readonly place: string | undefined;
  readonly located: Located | undefined;
  readonly image: BeforeImage | undefined;
  readonly isCertain: boolean;
}

/** The actions of a run that took effect or may have, in the order of their execution. */
export function deedsOf(index: ResourceIndex, recording: Recording): readonly Deed[] {
  const { plan, outcomes, images, lookup } = recording;
  const places = new Map(plan.actions.map((action, place) => [action, place]));
  return plan.batches
    .flatMap((batch) => batch.actions)
    .flatMap((at): Deed[] => {
      const outcome = outcomes[at]!;
      if (outcome.status !== 'applied' && outcome.status !== 'unknown') return [];
      const touch = touchOf(index, plan.actions[at]!, at, lookup, (one) => places.get(one));
      if (touch.verb === 'read') return [];
      const place = placeOf(touch, outcome);
      const located = place === undefined ? touch.located : index.at(place);
      const isCertain = outcome.status === 'applied';
      return [{ touch, place, located, image: images.get(at), isCertain }];
    });
}

/** Where an action has left what it touches. */
function placeOf(touch: Touch, outcome: Outcome): string | undefined {
  if (outcome.status === 'applied' && touch.verb === 'create') {
    const uri = memberAt(outcome.value, ['uri']);
    if (typeof uri === 'string') return trim(uri);
    if (touch.isPlace) return touch.path;
    const id = memberAt(outcome.value, ['id']);
    const isId = typeof id === 'string' || typeof id === 'number';
    return isId ? `${touch.path}/${encodeURIComponent(id)}` : undefined;
  }
  return touch.isPlace && !touch.isWithinNew ? touch.path : undefined;
}

/** What the deeds leave of each resource, by its path. */
export function finalStates(
  deeds: readonly Deed[],
  verbs: VerbFacts,
): ReadonlyMap<string, FinalState> {
  const states = new Map<string, FinalState>();
  for (const deed of deeds) {
    if (deed.place === undefined || !isKnown(deed.touch.verb, verbs)) continue;
    const state = states.get(deed.place) ?? firstState(deed.place, deed);
    states.set(deed.place, state);
    note(state, deed, verbs);
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
    written: new Map(),
    mayExist: wasThere !== false,
    mayBeGone: wasThere === false,
    isRemade: false,
  };
}

function note(state: FinalState, { touch, image, isCertain }: Deed, verbs: VerbFacts): void {
  const { verb, members } = touch;
  const remember = (): void => {
    if (image?.state !== 'there' || !state.wasThere) return;
    for (const [name, value] of Object.entries(image.members)) {
      if (!state.before.has(name)) state.before.set(name, value);
    }
  };
  switch (verb) {
    case 'create':
    case 'destroy': {
      remember();
      if (isCertain) state.written.clear();
      const exists = verb === 'create';
      state.mayExist = exists || (state.mayExist && !isCertain);
      state.mayBeGone = !exists || (state.mayBeGone && !isCertain);
      if (!exists) return;
      state.isRemade = state.wasThere === true;
      write(state, members, isCertain);
      return;
    }
    case 'update':
      remember();
      if (state.wasThere === false) state.mayExist = true;
      write(state, members, isCertain);
      return;
    default: {
      remember();
      const fact = verbFact(verbs, verb);
      if (!fact || fact.leaves === 'other') return;
      const value = fact.leaves === 'sent' ? own(members, fact.shownIn) : null;
      write(state, { [fact.shownIn]: value }, isCertain);
    }
  }
}

function write(
  { written }: FinalState,
  members: Readonly<Record<string, unknown>>,
  isCertain: boolean,
): void {
  for (const name of Object.keys(members)) {
    const values = isCertain ? [] : (written.get(name) ?? []);
    written.set(name, [...values, own(members, name)]);
  }
}
