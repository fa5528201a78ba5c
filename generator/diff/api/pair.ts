import type { ApiDescription, Operation } from '../../ir/ir.ts';

export interface ApiPairing {
  readonly pairs: readonly (readonly [Operation, Operation])[];
  readonly removed: readonly Operation[];
  readonly added: readonly Operation[];
}

/** Finds for each operation its successor: by operationId, then by method and path. */
export function pairApiOperations(old: ApiDescription, now: ApiDescription): ApiPairing {
  const before = old.groups.flatMap(({ operations }) => operations);
  const after = now.groups.flatMap(({ operations }) => operations);
  const byId = new Map(after.map((operation) => [operation.id, operation]));
  const byRoute = new Map(after.map((operation) => [routeOf(operation), operation]));
  const taken = new Set<Operation>();
  const pairs: (readonly [Operation, Operation])[] = [];
  const left: Operation[] = [];
  const take = (from: Operation, to: Operation | undefined): boolean => {
    if (!to || taken.has(to)) return false;
    taken.add(to);
    pairs.push([from, to]);
    return true;
  };
  for (const from of before) if (!take(from, byId.get(from.id))) left.push(from);
  const removed = left.filter((from) => !take(from, byRoute.get(routeOf(from))));
  return { pairs, removed, added: after.filter((operation) => !taken.has(operation)) };
}

function routeOf({ method, route }: Operation): string {
  return `${method} ${route.replaceAll(/\{[^}]*\}/g, '{}')}`;
}
