import type { JsonObject } from '../../json/narrow.ts';
import { operationKeys } from '../../normalize/operations/methods.ts';
import type { OperationNames, Source } from '../../normalize/operations/operation.ts';
import type { Unchanged } from './unchanged.ts';

/** The operations of a document, and what they are called. */
export type NamedSources = ReadonlyMap<Source, OperationNames>;

/** An operation that two documents write the same and call the same. */
export interface Twin {
  readonly old: Source;
  readonly now: Source;
  readonly names: OperationNames;
}

export function twinsOf(
  before: NamedSources,
  after: NamedSources,
  { isSame }: Unchanged,
): readonly Twin[] {
  const successors = new Map(
    [...after].map(([source, names]) => [source.pointer, { source, names }]),
  );
  const items = new Map<JsonObject, boolean>();
  const haveSameItem = (old: Source, now: Source): boolean => {
    let same = items.get(old.item);
    if (same === undefined) items.set(old.item, (same = isSame(sharedOf(old), sharedOf(now))));
    return same;
  };
  return [...before].flatMap(([old, names]): readonly Twin[] => {
    const successor = successors.get(old.pointer);
    if (!successor) return [];
    const { source: now } = successor;
    const isTwin =
      old.itemPointer === now.itemPointer &&
      old.method === now.method &&
      areSame(names, successor.names) &&
      haveSameItem(old, now) &&
      isSame(old.operation, now.operation);
    return isTwin ? [{ old, now, names }] : [];
  });
}

function areSame(a: OperationNames, b: OperationNames): boolean {
  return a.name === b.name && a.typeName === b.typeName && a.group === b.group;
}

/** What a path says for all of its operations. */
function sharedOf({ item }: Source): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !operationKeys.has(key)));
}
