import { isObject, own } from '../../json/narrow.ts';
import { child, items, type Node } from '../node.ts';
import { equal } from '../../json/equal.ts';

/**
 * Whether two schemas are written the same. Nothing in them changed then, but what they refer to may
 * have: `references` are the nodes with a `$ref` or a discriminator, in pairs.
 */
export function sameText(
  old: Node,
  now: Node,
): { readonly references: readonly (readonly [Node, Node])[] } | undefined {
  if (!equal(old.value, now.value)) return undefined;
  const references: (readonly [Node, Node])[] = [];
  if (hasReference(old.value)) collect(old, now, references);
  return { references };
}

const referring = new Set(['$ref', 'discriminator']);

/** Whether there is a `$ref` or a discriminator anywhere in a value. */
export function hasReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasReference);
  if (!isObject(value)) return false;
  for (const key of Object.keys(value))
    if (referring.has(key) || hasReference(value[key])) return true;
  return false;
}

function collect(old: Node, now: Node, found: (readonly [Node, Node])[]): void {
  const { value } = old;
  if (Array.isArray(value)) {
    const others = items(now);
    for (const [index, item] of items(old).entries()) {
      const other = others[index];
      if (other) collect(item, other, found);
    }
    return;
  }
  if (!isObject(value)) return;
  if (typeof own(value, '$ref') === 'string' || isObject(own(value, 'discriminator')))
    found.push([old, now]);
  for (const key of Object.keys(value)) {
    if (!hasReference(value[key])) continue;
    const from = child(old, key);
    const to = child(now, key);
    if (from && to) collect(from, to, found);
  }
}
