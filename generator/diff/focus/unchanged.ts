import { isObject, type JsonObject, objectOf, own } from '../../json/narrow.ts';
import { joinKeys, keysOf, pointerOfFragment } from '../../json/pointer.ts';
import { equal } from '../../json/equal.ts';

/** Which parts of two documents mean the same: they are written so, and so is all that they refer to. */
export interface Unchanged {
  isSame(old: unknown, now: unknown): boolean;
}

/** Undefined where references lead elsewhere than to components: that is too much to follow. */
export function unchangedParts(old: JsonObject, now: JsonObject): Unchanged | undefined {
  const before = componentsOf(old);
  const after = componentsOf(now);
  const referrers = new Map<string, string[]>();
  const changed: string[] = [];
  for (const pointer of new Set([...before.keys(), ...after.keys()])) {
    const from = before.get(pointer);
    const to = after.get(pointer);
    if (!equal(from, to)) changed.push(pointer);
    for (const target of [...referencesIn(from), ...(to === from ? [] : referencesIn(to))]) {
      if (!isComponent(target)) return undefined;
      const known = referrers.get(target);
      if (known) known.push(pointer);
      else referrers.set(target, [pointer]);
    }
  }
  const differing = new Set(changed);
  for (let pointer = changed.pop(); pointer !== undefined; pointer = changed.pop())
    for (const referrer of referrers.get(pointer) ?? []) {
      if (differing.has(referrer)) continue;
      differing.add(referrer);
      changed.push(referrer);
    }
  return {
    isSame: (a, b) => {
      let leadsToSame = true;
      const follow = (written: unknown): void => {
        for (const target of targetsOf(written))
          if (!isComponent(target) || differing.has(target)) leadsToSame = false;
      };
      return equal(a, b, follow) && leadsToSame;
    },
  };
}

/** Whether all references in a value lead to components. */
export function refersToComponents(value: unknown): boolean {
  return referencesIn(value).every(isComponent);
}

function isComponent(pointer: string): boolean {
  return /^\/components\/[^/]+\/[^/]+$/.test(pointer);
}

/** The components of a document by their pointers. */
function componentsOf(document: JsonObject): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(objectOf(own(document, 'components'))).flatMap(([kind, parts]) =>
      Object.entries(objectOf(parts)).map(
        ([name, part]) => [joinKeys(['components', kind, name]), part] as const,
      ),
    ),
  );
}

function referencesIn(root: unknown): readonly string[] {
  const found: string[] = [];
  const open = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' || key === 'mapping') found.push(...targetsOf(inner));
      if (typeof inner === 'object' && inner !== null) open.push(inner);
    }
  }
  return found;
}

/** Where a `$ref`, or the `mapping` of a discriminator, leads within its document. */
function targetsOf(written: unknown): readonly string[] {
  if (typeof written === 'string') return targetOf(written);
  return isObject(written) ? Object.values(written).flatMap((to) => mappedTo(to)) : [];
}

function targetOf(reference: string): readonly string[] {
  if (!reference.startsWith('#')) return [];
  return [joinKeys(keysOf(pointerOfFragment(reference) ?? ''))];
}

/** A mapping may name a schema without saying where it stands. */
function mappedTo(to: unknown): readonly string[] {
  if (typeof to !== 'string') return [];
  return to.startsWith('#') ? targetOf(to) : [joinKeys(['components', 'schemas', to])];
}
