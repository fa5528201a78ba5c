// @ts-nocheck
import { own } from '../action/members.js';
import { holds } from '../effects/compare-members.js';
import { shownOf } from '../effects/leaves.js';
import type { Touch } from '../effects/touch.js';
import type { Look } from '../effects/types.js';
import { verbFact } from '../effects/verbs.js';
import type { VerbFacts } from '../protocol/protocol.js';
import type { Change, Effect } from './types.js';

/** What a touch does to what is there. */
export function effectOn(touch: Touch, look: Look, verbs: VerbFacts): Effect {
  const { verb, members, isWithinNew } = touch;
  switch (verb) {
    case 'read':
      return { kind: 'same' };
    case 'create':
      return { kind: 'create', members };
    case 'update':
      if (isWithinNew) return { kind: 'change', members: fromNothing(members) };
      if (look.state !== 'there') return unseen(look);
      return changeOf(touch, look.members);
    case 'destroy':
      if (isWithinNew) return { kind: 'destroy', lost: {} };
      if (look.state === 'absent') return { kind: 'same' };
      return look.state === 'there' ? { kind: 'destroy', lost: look.members } : unseen(look);
    default:
      return ofVerb(touch, look, verbs);
  }
}

function fromNothing(members: Touch['members']): Readonly<Record<string, Change>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, { old: undefined, new: value }]),
  );
}

function changeOf({ members, located, mayReplace }: Touch, live: Touch['members']): Effect {
  const { orderedLists, writeOnly = [] } = located?.resource ?? {};
  const order = { ordered: orderedLists };
  const changed = Object.entries(members).filter(
    ([name, value]) =>
      writeOnly.some((path) => path.split('/')[0] === name) ||
      !holds(value, own(live, name), name, order),
  );
  if (changed.length === 0) return { kind: 'same' };
  const changes = changed.map(([name, value]) => {
    const old = own(live, name);
    return [name, { old: mayReplace ? old : shownOf(value, old), new: value }];
  });
  return { kind: 'change', members: Object.fromEntries(changes) };
}

function ofVerb({ verb, members }: Touch, look: Look, verbs: VerbFacts): Effect {
  const fact = verbFact(verbs, verb);
  if (!fact) return { kind: 'unreadable', why: `what "${verb}" changes cannot be read` };
  if (look.state !== 'there') return unseen(look);
  const { shownIn, leaves } = fact;
  const old = own(look.members, shownIn);
  if (leaves === 'other') return unknownNext(shownIn, old, verb);
  const next = leaves === 'sent' ? own(members, shownIn) : undefined;
  if ((old ?? null) === (next ?? null)) return { kind: 'same' };
  return { kind: 'change', members: { [shownIn]: { old, new: next } } };
}

function unknownNext(shownIn: string, old: unknown, verb: string): Effect {
  return { kind: 'change', members: { [shownIn]: { old, new: `(what "${verb}" makes of it)` } } };
}

function unseen(look: Look): Effect {
  return {
    kind: 'unreadable',
    why: look.state === 'unreadable' ? look.why : 'it is not there',
  };
}
