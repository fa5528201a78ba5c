// @ts-nocheck
import { leafAt } from '../effects/leaves.js';
import { lastOf } from '../effects/resources.js';
import { eachText } from '../effects/each-text.js';
import type { Touch } from '../effects/touch.js';
import type { Step } from './types.js';

/**
 * Why actions cannot be promised to be undone, by their indexes: another names what they create in a member whose
 * old value is unknown. The member may go on naming it, and a server that minds does not destroy it then. Nor does
 * it make again what stood in the place of that.
 */
export function lastingNames(
  steps: readonly Step[],
  touches: readonly Touch[],
): ReadonlyMap<number, string> {
  const whys = new Map<number, string>();
  const namers = namersIn(steps, touches);
  if (namers.size === 0) return whys;
  const places = new Map<string, string>();
  for (const { index, verb, isPlace, path } of touches) {
    if (verb !== 'create' || steps[index]!.reversal.kind !== 'reversible') continue;
    const namer = namers.get(isPlace ? lastOf(path) : `(action ${index})`);
    if (namer === undefined || namer === path) continue;
    whys.set(index, `${namer} names it, and what stood there before cannot be read`);
    if (isPlace) places.set(path, `${namer} names what is put in its place, for good`);
  }
  for (const { index, path } of touches) {
    const why = places.get(path);
    if (why !== undefined && !whys.has(index)) whys.set(index, why);
  }
  return whys;
}

/** What may be named for good, and by what: whatever is set in members whose old values are unknown. */
function namersIn(steps: readonly Step[], touches: readonly Touch[]): ReadonlyMap<string, string> {
  const unknown = new Map<string, Set<string>>();
  const wholes = new Set<string>();
  const updates = touches.filter(({ verb }) => verb === 'update');
  for (const { index, path } of updates) {
    const { reversal } = steps[index]!;
    if (reversal.kind === 'irreversible') wholes.add(path);
    if (reversal.kind !== 'partly') continue;
    const members = unknown.get(path) ?? new Set();
    unknown.set(path, members);
    for (const member of reversal.members) members.add(member);
  }
  const namers = new Map<string, string>();
  for (const { path, members } of updates) {
    const note = (text: string): void => void namers.set(text, path);
    if (wholes.has(path)) eachText(members, note);
    for (const member of unknown.get(path) ?? []) eachText(leafAt(members, member), note);
  }
  return namers;
}
