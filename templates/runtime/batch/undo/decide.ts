import { own } from '../action/members.js';
import { holds, isEqual } from '../effects/compare-members.js';
import type { Look } from '../effects/types.js';
import type { Conflict, ConflictingMember, FinalState } from './types.js';

/** What is to be done about a resource. */
export type Decision =
  | {
      readonly kind: 'restore';
      readonly members: ReadonlySet<string>;
      readonly conflict?: Conflict;
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }
  | { readonly kind: 'left'; readonly why: string };

/**
 * Three ways: what is there is what the run wrote, so the old is restored; or it is as before, so nothing
 * is to do; or somebody else has changed it.
 */
export function decide(state: FinalState, look: Look, force: boolean): Decision {
  if (look.state === 'unreadable') return { kind: 'left', why: look.why };
  if (state.wasThere === undefined) return { kind: 'left', why: state.why };
  if (!state.wasThere) return decideOnNew(state, look, force);
  if (look.state === 'absent') {
    if (state.mayBeGone) return { kind: 'restore', members: new Set(state.before.keys()) };
    return conflicting(state, 'it was destroyed since', {});
  }
  if (!state.mayExist) return decideOnRemade(state, look.members);
  return decideOnChanged(state, look.members, force);
}

function decideOnNew(state: FinalState, look: Look, force: boolean): Decision {
  if (look.state !== 'there') return { kind: 'nothing' };
  if (!state.mayExist) return conflicting(state, 'it was created again since', {});
  const members: Record<string, ConflictingMember> = {};
  for (const [name, values] of state.written) {
    // What is never shown cannot tell of changes.
    if (!Object.hasOwn(look.members, name)) continue;
    const live = own(look.members, name);
    if (values.some((value) => holds(value, live, name, orderOf(state)))) continue;
    members[name] = { before: undefined, wrote: values.at(-1), live };
  }
  if (Object.keys(members).length > 0 && !force) {
    return conflicting(state, 'it was changed since', members);
  }
  return { kind: 'restore', members: new Set() };
}

/** The run destroyed it, and there is one again. */
function decideOnRemade(state: FinalState, live: Readonly<Record<string, unknown>>): Decision {
  const isAsBefore = [...state.before].every(([name, value]) =>
    isEqual(value, own(live, name), name, orderOf(state)),
  );
  return isAsBefore ? { kind: 'nothing' } : conflicting(state, 'it was created again since', {});
}

function decideOnChanged(
  state: FinalState,
  live: Readonly<Record<string, unknown>>,
  force: boolean,
): Decision {
  const order = orderOf(state);
  const restored = new Set<string>();
  const members: Record<string, ConflictingMember> = {};
  for (const [name, before] of state.before) {
    const now = own(live, name);
    if (isEqual(before, now, name, order)) continue;
    const values = state.written.get(name);
    // A member that the run destroyed with its resource, or that a verb of its own changes.
    const isOurs = !values || values.some((value) => holds(value, now, name, order));
    if (isOurs || force) restored.add(name);
    else members[name] = { before, wrote: values.at(-1), live: now };
  }
  const isConflict = Object.keys(members).length > 0;
  const conflict: Conflict = { path: state.path, why: 'it was changed since', members };
  // One that stands in the place of another goes as a whole, or not at all.
  if (isConflict && state.isRemade) return { kind: 'conflict', conflict };
  if (restored.size > 0) {
    return { kind: 'restore', members: restored, ...(isConflict && { conflict }) };
  }
  return isConflict ? { kind: 'conflict', conflict } : { kind: 'nothing' };
}

function conflicting({ path }: FinalState, why: string, members: Conflict['members']): Decision {
  return { kind: 'conflict', conflict: { path, why, members } };
}

function orderOf({ located }: FinalState): { readonly ordered: readonly string[] | undefined } {
  return { ordered: located?.resource.orderedLists };
}
