import { leafAt } from '../effects/leaves.js';
import { lastOf } from '../effects/resources.js';
import { eachText } from '../effects/each-text.js';
import type { Touch } from '../effects/touch.js';
import type { Step } from './types.js';

/**
 * Steps in which no creation is promised to be undone that another names in a member whose old value is unknown:
 * the member may go on naming it, and a server that minds does not destroy it then. Nor does it make again what
 * stood in the place of that.
 */
export function withLastingNames(
  steps: readonly Step[],
  touches: readonly Touch[],
): readonly Step[] {
  const namers = namersIn(steps, touches);
  if (namers.size === 0) return steps;
  const lasting = new Map<string, string>();
  const whys = new Map<number, string>();
  for (const { index, verb, isPlace, path } of touches) {
    if (verb !== 'create' || steps[index]!.reversal.kind !== 'reversible') continue;
    const namer = namers.get(isPlace ? lastOf(path) : `(action ${index})`);
    if (namer === undefined || namer === path) continue;
    whys.set(index, `${namer} names it, and what stood there before cannot be read`);
    if (isPlace) lasting.set(path, `${namer} names what is put in its place, for good`);
  }
  return steps.map((step) => {
    if (step.reversal.kind === 'irreversible' || step.kind === 'same') return step;
    const why = whys.get(step.index) ?? lasting.get(step.path);
    return why === undefined ? step : { ...step, reversal: { kind: 'irreversible', why } };
  });
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
