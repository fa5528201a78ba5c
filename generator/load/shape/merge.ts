import { isObject, type MutableObject, own, setOwn } from '../../json/narrow.ts';

type Key = string | number;

export interface Merging {
  /** Whether values that do not fit together stay as they are, and are refused. */
  readonly isStrict: boolean;
  /** Called with where in the document something was put, and where in the update it stands. */
  readonly added: (at: readonly Key[], from: readonly Key[]) => void;
  readonly refused: (at: readonly Key[], reason: string) => void;
}

/**
 * Merges a value into what stands under `keys`: objects member by member, lists by appending, and
 * anything else by replacing. Nothing of `update` itself ends up in the document, only copies.
 */
export function merge(
  document: MutableObject,
  keys: readonly Key[],
  update: unknown,
  merging: Merging,
): void {
  const place = placeOf(document, keys);
  if (place) mergeInto(place, keys, update, [], merging);
}

/** A value that can be replaced. */
interface Spot {
  readonly value: unknown;
  readonly replace: (value: unknown) => void;
}

function placeOf(document: MutableObject, keys: readonly Key[]): Spot | undefined {
  let spot: Spot = { value: document, replace: () => {} };
  for (const key of keys) {
    const { value: parent } = spot;
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key))
      return undefined;
    const value = Array.isArray(parent)
      ? parent[Number(key)]
      : own(parent as MutableObject, String(key));
    spot = { value, replace: (next) => setOwn(parent, String(key), next) };
  }
  return spot;
}

function mergeInto(
  { value, replace }: Spot,
  at: readonly Key[],
  update: unknown,
  from: readonly Key[],
  merging: Merging,
): void {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = Array.isArray(update) ? update : [update];
    for (const [index, item] of items.entries()) {
      value.push(structuredClone(item));
      merging.added([...at, value.length - 1], Array.isArray(update) ? [...from, index] : from);
    }
  } else if (isObject(value) && isObject(update)) {
    for (const [key, member] of Object.entries(update)) {
      const [inner, source] = [
        [...at, key],
        [...from, key],
      ];
      if (Object.hasOwn(value, key)) {
        const spot = {
          value: own(value, key),
          replace: (next: unknown) => setOwn(value, key, next),
        };
        mergeInto(spot, inner, member, source, merging);
        continue;
      }
      setOwn(value, key, structuredClone(member));
      merging.added(inner, source);
    }
  } else if (merging.isStrict && kindOf(value) !== kindOf(update)) {
    merging.refused(at, `A ${kindOf(update)} cannot be merged into a ${kindOf(value)}`);
  } else {
    replace(structuredClone(update));
    merging.added(at, from);
  }
}

function kindOf(value: unknown): 'list' | 'object' | 'plain value' {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : 'plain value';
}
