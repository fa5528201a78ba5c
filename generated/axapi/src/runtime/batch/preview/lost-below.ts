// @ts-nocheck
import { eachText } from '../effects/each-text.js';
import { lastOf } from '../effects/resources.js';
import { pathsAbove } from '../action/paths-above.js';
import type { Touch } from '../effects/touch.js';

/**
 * Why actions cannot be promised to be undone, by their indexes: what they do is destroyed later together with what
 * is around it, or a later request may make it again or change it as one of several. `touches`: in the order in
 * which they are executed.
 */
export function lostBelow(touches: readonly Touch[]): ReadonlyMap<number, string> {
  const destroyed = new Set<string>();
  /** By the URL to which several are sent: whatever names one of them. */
  const named = new Map<string, Set<string>>();
  const lost = new Map<number, string>();
  for (let at = touches.length - 1; at >= 0; at -= 1) {
    const { index, verb, path, members, isWithinNew } = touches[at]!;
    const isThere = !isWithinNew && verb !== 'read' && verb !== 'create';
    const why = isThere ? whyLost(path, verb, destroyed, named) : undefined;
    if (why !== undefined) lost.set(index, why);
    if (verb === 'destroy') destroyed.add(path);
    if (verb !== 'post') continue;
    const names = named.get(path) ?? new Set();
    named.set(path, names);
    eachText(members, (text) => names.add(text));
  }
  return lost;
}

function whyLost(
  path: string,
  verb: string,
  destroyed: ReadonlySet<string>,
  named: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  for (const above of pathsAbove(path)) {
    // What is destroyed by itself before is made again by itself.
    if (verb !== 'destroy' && destroyed.has(above)) return `it is destroyed with ${above}`;
    const names = named.get(above);
    if (!names) continue;
    // The name of one may have several parts: `80+tcp`.
    const [first = ''] = path.slice(above.length + 1).split('/');
    if (
      lastOf(`/${first}`)
        .split('+')
        .every((part) => names.has(part))
    )
      return `a request to ${above} names it as one of several`;
  }
  return undefined;
}
