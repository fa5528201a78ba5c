// @ts-nocheck
import { leafAt } from '../effects/leaves.js';
import { lastOf } from '../effects/resources.js';
import { eachText } from '../effects/each-text.js';
import type { Touch } from '../effects/touch.js';
import type { Step } from './types.js';

/**
 * Steps in which no creation is promised to be undone that another names in a member whose old value is unknown:
 * the member may go on naming it, and a server that minds does not destroy it then.
 */
export function withLastingNames(
  steps: readonly Step[],
  touches: readonly Touch[],
): readonly Step[] {
  const namers = new Map<string, string>();
  for (const { index, path, verb, members } of touches) {
    const { reversal } = steps[index]!;
    if (verb !== 'update') continue;
    const note = (text: string): void => void namers.set(text, path);
    if (reversal.kind === 'irreversible') eachText(members, note);
    if (reversal.kind !== 'partly') continue;
    for (const member of reversal.members) eachText(leafAt(members, member), note);
  }
  if (namers.size === 0) return steps;
  const made = new Map(touches.map((touch) => [touch.index, touch]));
  return steps.map((step) => {
    const { verb, isPlace, path } = made.get(step.index)!;
    if (verb !== 'create' || step.reversal.kind !== 'reversible') return step;
    const namer = namers.get(isPlace ? lastOf(path) : `(action ${step.index})`);
    if (namer === undefined || namer === path) return step;
    const why = `${namer} names it, and what stood there before cannot be read`;
    return { ...step, reversal: { kind: 'irreversible', why } };
  });
}
