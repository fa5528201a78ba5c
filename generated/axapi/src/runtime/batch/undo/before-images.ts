// @ts-nocheck
import { own } from '../action/members.js';
import { hiddenIn, lostWith } from '../effects/compare-members.js';
import type { Touch } from '../effects/touch.js';
import type { Look } from '../effects/types.js';
import { verbFact } from '../effects/verbs.js';
import type { AfterImage, BeforeEntry, BeforeImage, JournalEntry } from '../journal/journal.js';
import type { VerbFacts } from '../protocol/protocol.js';

/** What has to be remembered of a resource before it is changed; nothing where it is only read. */
export function imageOf(touch: Touch, look: Look, verbs: VerbFacts): BeforeImage | undefined {
  const { verb, members, located, mayReplace } = touch;
  switch (verb) {
    case 'read':
      return undefined;
    case 'create':
      return { state: 'absent' };
    case 'update': {
      if (look.state !== 'there') return look;
      const shown = mayReplace
        ? Object.keys(look.members)
        : Object.keys(members).filter((name) => Object.hasOwn(look.members, name));
      const hidden = hiddenIn(members, look.members, located?.resource.writeOnly ?? []);
      return withHidden(picked(look.members, shown), hidden);
    }
    case 'destroy':
      if (look.state !== 'there') return look;
      return withHidden(look.members, located ? lostWith(located.resource, look.members) : []);
    default: {
      const fact = verbFact(verbs, verb);
      if (!fact) return { state: 'unreadable', why: `nothing is known that undoes "${verb}"` };
      return look.state === 'there'
        ? { state: 'there', members: picked(look.members, [fact.shownIn]) }
        : look;
    }
  }
}

/** The last after-image of each action. */
export function afterImagesIn(
  entries: readonly JournalEntry[],
): ReadonlyMap<number, { readonly image: AfterImage; readonly isLate: boolean }> {
  const found = new Map<number, { readonly image: AfterImage; readonly isLate: boolean }>();
  for (const entry of entries) {
    if (entry.type !== 'after') continue;
    const { isLate = false } = entry;
    for (const [index, image] of entry.images) found.set(index, { image, isLate });
  }
  return found;
}

/** The images of each batch that was begun, in their order. */
export function imagesIn(entries: readonly JournalEntry[]): readonly BeforeEntry['images'][] {
  return entries.flatMap((entry) => (entry.type === 'before' ? [entry.images] : []));
}

/** All ids that were seen beside what was destroyed, by the path of their collection. */
export function siblingsIn(
  entries: readonly JournalEntry[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.type !== 'before') continue;
    for (const [collection, ids] of entry.siblings ?? []) {
      const known = found.get(collection) ?? new Set();
      found.set(collection, known);
      for (const id of ids) known.add(id);
    }
  }
  return found;
}

function withHidden(
  members: Readonly<Record<string, unknown>>,
  hidden: readonly string[],
): BeforeImage {
  return { state: 'there', members, ...(hidden.length > 0 && { hidden }) };
}

function picked(
  members: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, own(members, name) ?? null]));
}
