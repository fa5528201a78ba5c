// @ts-nocheck
import { isMask } from '../action/masks.js';
import { isEqual } from '../effects/compare-members.js';
import { resembles } from '../action/resembles.js';
import { hasLeaf, leafAt, topOf } from '../effects/leaves.js';
import type { Look } from '../effects/types.js';
import type { Conflict, ConflictingMember } from './conflict.js';
import type { ComparedState, Lost } from './final-state.js';

/** What is to be done about a resource. */
export type Decision =
  | {
      readonly kind: 'restore';
      /** The paths of what is restored. */
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
export function decide(state: ComparedState, look: Look, force: boolean): Decision {
  if (look.state === 'unreadable') return { kind: 'left', why: look.why };
  if (state.wasThere === undefined) return { kind: 'left', why: state.why };
  if (!state.wasThere) return decideOnNew(state, look, force);
  if (state.lost && (look.state === 'absent' || state.lost.isCertain) && !state.isRemade)
    return decideOnLost(state, state.lost, look);
  if (look.state === 'absent') {
    // An undo that was interrupted may have destroyed what the run has made again.
    if (state.mayBeGone || state.isRenewed)
      return { kind: 'restore', members: new Set(state.before.keys()) };
    return conflicting(state, 'it was destroyed since', {});
  }
  if (!state.mayExist) return decideOnRemade(state, look.members);
  return decideOnChanged(state, look.members, force);
}

function decideOnNew(state: ComparedState, look: Look, force: boolean): Decision {
  if (look.state !== 'there') return { kind: 'nothing' };
  if (!state.mayExist) return conflicting(state, 'it was created again since', {});
  const members: Record<string, ConflictingMember> = {};
  const { written } = state;
  for (const path of written.paths) {
    // What is never shown cannot tell of changes.
    if (!hasLeaf(look.members, path)) continue;
    const live = leafAt(look.members, path);
    if (written.fits(path, live, orderOf(state))) continue;
    members[path] = { before: undefined, wrote: written.last(path), live };
  }
  if (Object.keys(members).length > 0 && !force) {
    return conflicting(state, 'it was changed since', members);
  }
  return { kind: 'restore', members: new Set() };
}

/** It went with what it lay in. What was seen of it may not be all that it was. */
function decideOnLost(state: ComparedState, { parent }: Lost, look: Look): Decision {
  const isBack =
    look.state === 'there' &&
    [...state.before, ...state.beside].every(
      ([path, value]) =>
        isMask(value) || isEqual(value, leafAt(look.members, path), path, orderOf(state)),
    );
  return isBack ? { kind: 'nothing' } : { kind: 'left', why: `it was destroyed with ${parent}` };
}

/** The run destroyed it, and there is one again. */
function decideOnRemade(state: ComparedState, live: Readonly<Record<string, unknown>>): Decision {
  const order = orderOf(state);
  const { create, update = [] } = state.located?.resource ?? {};
  // What only the server sets is its own again.
  const isSet = (path: string): boolean => !create || [...create, ...update].includes(topOf(path));
  const changed = [...state.before].filter(
    ([path, value]) =>
      isSet(path) && !isMask(value) && !isEqual(value, leafAt(live, path), path, order),
  );
  if (changed.length === 0) return { kind: 'nothing' };
  // An undo that was interrupted has made it as the run had changed it before.
  const isOurs = changed.every(([path]) => state.written.fits(path, leafAt(live, path), order));
  return isOurs
    ? { kind: 'restore', members: new Set(state.before.keys()) }
    : conflicting(state, 'it was created again since', {});
}

function decideOnChanged(
  state: ComparedState,
  live: Readonly<Record<string, unknown>>,
  force: boolean,
): Decision {
  const order = orderOf(state);
  const restored = new Set<string>();
  const members: Record<string, ConflictingMember> = {};
  const { written } = state;
  for (const [path, before] of state.before) {
    const now = leafAt(live, path);
    if (isMask(before) || isEqual(before, now, path, order)) continue;
    const isUnseen = !written.knows(path);
    // A member that the run destroyed with its resource, or that a verb of its own changes.
    const isOurs = (isUnseen && !mayBeOfOthers(state, path, now)) || written.fits(path, now, order);
    if (isOurs || force) restored.add(path);
    else members[path] = { before, wrote: written.last(path), live: now };
  }
  for (const [path, before] of state.beside) {
    const now = leafAt(live, path);
    if (isMask(before) || isEqual(before, now, path, order)) continue;
    if (written.fits(path, now, order)) restored.add(path);
    // The run may have changed it, or others: nobody can tell.
    else if (!state.isRemade) members[path] = { before, wrote: written.last(path), live: now };
  }
  if (state.isRemade) {
    for (const path of addedTo(state)) {
      const now = leafAt(live, path);
      if (!isEqual(null, now, path, order) && written.fits(path, now, order)) restored.add(path);
    }
  }
  const isConflict = Object.keys(members).length > 0;
  const isKnown = Object.keys(members).every((path) => written.knows(path));
  const why = isKnown
    ? 'it was changed since'
    : 'it was made again, and nobody saw what it was like then';
  const conflict: Conflict = { path: state.path, why, members };
  // One that stands in the place of another goes as a whole, or not at all.
  if (isConflict && state.isRemade) return { kind: 'conflict', conflict };
  if (restored.size > 0) {
    // What is made again on the way back is as the run had changed it.
    if (state.isRenewed)
      for (const path of [...state.before.keys(), ...state.beside.keys()])
        if (!Object.hasOwn(members, path)) restored.add(path);
    return { kind: 'restore', members: restored, ...(isConflict && { conflict }) };
  }
  return isConflict ? { kind: 'conflict', conflict } : { kind: 'nothing' };
}

/** What the run has set in what it made again, and what was there before did not have. */
function addedTo({ sent, before, beside }: ComparedState): readonly string[] {
  const old = new Set([...before.keys(), ...beside.keys()]);
  const known = new Set([...old].flatMap(withAbove));
  return [...sent].filter(
    (path) => !known.has(path) && !withAbove(path).some((one) => old.has(one)),
  );
}

/** A path, and those of the objects that it is inside of. */
function withAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Whether others may have set a member of what the run has made again, which nobody has seen since. */
function mayBeOfOthers({ isRemade, located }: ComparedState, path: string, live: unknown): boolean {
  if (!isRemade || located?.resource.update?.includes(topOf(path)) !== true) return false;
  return !resembles(null, live);
}

function conflicting({ path }: ComparedState, why: string, members: Conflict['members']): Decision {
  return { kind: 'conflict', conflict: { path, why, members } };
}

function orderOf({ located }: ComparedState): { readonly ordered: readonly string[] | undefined } {
  return { ordered: located?.resource.orderedLists };
}
