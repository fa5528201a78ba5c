import { child, members, type Node, resolve } from '../node.ts';
import { type Operation, operationsAt } from '../operations.ts';
import { at, say, type Walk } from './walk.ts';

type Compare = (walk: Walk, old: Operation, now: Operation) => void;

/** Compares the requests that the API sends back after an operation. */
export function compareCallbacks(outer: Walk, old: Node, now: Node, compare: Compare): void {
  const before = callbacksOf(old);
  const after = callbacksOf(now);
  for (const [key, from] of before) {
    const walk = at(outer, `callback ${key}`);
    const to = after.get(key);
    if (to) compare(walk, from, to);
    else say(walk, 'operation-removed', 'is gone', from.node, now);
  }
  for (const [key, to] of after)
    if (!before.has(key))
      say(at(outer, `callback ${key}`), 'operation-added', 'is new', old, to.node);
}

function callbacksOf(operation: Node): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const written of members(child(operation, 'callbacks')))
    for (const item of members(resolve(written))) {
      if (item.key.startsWith('x-')) continue;
      for (const each of operationsAt(item, item.key, 'received', ''))
        found.set(`${written.key} ${each.method} ${item.key}`, each);
    }
  return found;
}
