import type { VerbFacts } from '../protocol/protocol.js';
import { hiddenIn, lostWith } from './compare-members.js';
import { keepsId } from './resources.js';
import type { Touch } from './touch.js';
import type { Look, Reversal, ReversalCounts } from './types.js';
import { verbFact } from './verbs.js';

const reversible: Reversal = { kind: 'reversible' };

/** Decides from what the resource shows now, and from what is known of its kind. */
export function reversalOf(touch: Touch, look: Look, verbs: VerbFacts): Reversal {
  const { verb, located } = touch;
  switch (verb) {
    case 'read':
      return reversible;
    case 'create':
      return located?.resource.destroy
        ? reversible
        : irreversible('nothing is known that destroys it');
    case 'update':
      return touch.isWithinNew ? reversible : ofUpdate(touch, look);
    case 'destroy':
      return ofDestroy(touch, look);
    default:
      return ofVerb(touch, look, verbs);
  }
}

function ofUpdate({ members, located }: Touch, look: Look): Reversal {
  if (look.state !== 'there') return irreversible(unseen(look));
  const { writeOnly = [], update } = located?.resource ?? {};
  const hidden = hiddenIn(members, look.members, writeOnly);
  const names = Object.keys(members);
  const fixed = update ? names.filter((name) => !update.includes(name)) : [];
  const lost = [...new Set([...hidden, ...fixed])];
  if (lost.length === 0) return reversible;
  return names.every((name) => lost.includes(name))
    ? irreversible(`what ${lost.join(', ')} was cannot be read`)
    : { kind: 'partly', members: lost };
}

function ofDestroy({ path, located }: Touch, look: Look): Reversal {
  if (look.state === 'absent') return reversible;
  if (!located?.resource.create) return irreversible('nothing is known that creates it');
  if (look.state === 'unreadable') return irreversible(look.why);
  if (located.hasBelow) return { kind: 'partly', members: ['what lies below it'] };
  const hidden = lostWith(located.resource, look.members);
  if (hidden.length > 0) return { kind: 'partly', members: hidden };
  return keepsId(located, path, look.members) ? reversible : { kind: 'newId' };
}

function ofVerb({ verb }: Touch, look: Look, verbs: VerbFacts): Reversal {
  const facts = verbFact(verbs, verb);
  if (!facts) return irreversible(`nothing is known that undoes "${verb}"`);
  return look.state === 'there' ? reversible : irreversible(unseen(look));
}

function unseen(look: Look): string {
  return look.state === 'unreadable' ? look.why : 'it is not there';
}

function irreversible(why: string): Reversal {
  return { kind: 'irreversible', why };
}

/** Counts the actions of each kind. */
export function countReversals(steps: readonly { readonly reversal: Reversal }[]): ReversalCounts {
  const counts = { reversible: 0, newId: 0, partly: 0, irreversible: 0 };
  for (const { reversal } of steps) counts[reversal.kind] += 1;
  return counts;
}
