import type { BatchEffects, EffectFacts } from '../ir/batch.ts';
import type { Group, NamedType, Operation, Pagination, Type } from '../ir/ir.ts';

type Facts = object;

/** The resources that batches change, and where all operations stand. */
export interface Resources {
  readonly byRoute: ReadonlyMap<string, readonly Operation[]>;
  /** Sorted, each with the route of its collection. */
  readonly items: readonly (readonly [route: string, collection: string | undefined])[];
}

export function resourcesOf(groups: readonly Group[]): Resources {
  const byRoute = operationsByRoute(groups);
  return { byRoute, items: itemRoutes(byRoute) };
}

/** So deep, and so many types, are looked at for the members of one resource. */
const mostDepth = 3;
const mostLooks = 1_000;

/**
 * What the document says of the resources that batches change: where they are listed and created, which
 * operations batches have for them, and which members those take. `known` is what the dialect adds;
 * `ofRequests`: whether its actions are requests.
 */
export function effectsOf(
  { byRoute, items }: Resources,
  types: readonly NamedType[],
  known: EffectFacts | undefined,
  ofRequests: boolean,
): BatchEffects {
  const named = new Map(types.map((type) => [type.name, type]));
  const more = new Map(
    Object.entries(known?.resources ?? {}).map(([route, facts]) => [blank(route), facts]),
  );
  const resources: Record<string, Facts> = {};
  for (const [route, collection] of items) {
    const at = byRoute.get(route) ?? [];
    const above = collection === undefined ? [] : (byRoute.get(collection) ?? []);
    const create = batched(above, ['POST']);
    // Where an API changes what exists by POST, nothing is added at the path of an item.
    const update = batched(at, ['PUT', 'PATCH']) ?? (collection && batched(at, ['POST']));
    const destroy = batched(at, ['DELETE']);
    resources[route] = {
      ...(collection !== undefined && collection !== parentOf(route) && { collection }),
      read: at.some(isRead),
      list: above.some(isRead),
      ...(create && { create: membersOf(create.body?.type, named) }),
      ...(update && { update: membersOf(update.body?.type, named) }),
      ...(update && ofRequests && { updateBy: update.method }),
      ...(destroy && { destroy: true }),
      ...unshownIn([create, update], at, above, named),
      ...scalarsIn([create, update], named),
      ...more.get(blank(route)),
    };
  }
  return { resources, verbs: known?.verbs ?? {}, merges: known?.merges ?? false };
}

/** How the lists of those resources lead from page to page, by their route, where a `Link` header does not tell. */
export function pagesOf({ byRoute, items }: Resources): Readonly<Record<string, Pagination>> {
  const pages: Record<string, Pagination> = {};
  for (const [, collection] of items) {
    const { pagination } = byRoute.get(collection ?? '')?.find(isRead) ?? {};
    if (!pagination || collection === undefined) continue;
    const { paging } = pagination;
    if (paging.kind !== 'link' || paging.direction !== 'next') pages[collection] = pagination;
  }
  return pages;
}

/** Routes of resources that batches change, sorted, each with the route of its collection. */
function itemRoutes(
  byRoute: ReadonlyMap<string, readonly Operation[]>,
): readonly (readonly [route: string, collection: string | undefined])[] {
  const routes = [...byRoute.keys()].toSorted();
  const bySuffix = new Map<string, string>();
  for (const route of routes) {
    if (route.endsWith('}')) continue;
    // `/organizations/{id}/networks` is the collection of `/networks/{id}`.
    const segments = blank(route).split('/');
    for (let from = 1; from < segments.length; from += 2) {
      const suffix = `/${segments.slice(from).join('/')}/{}`;
      if (!bySuffix.has(suffix)) bySuffix.set(suffix, route);
    }
  }
  return routes.flatMap((route): [string, string | undefined][] => {
    const at = byRoute.get(route)!;
    if (!batched(at, ['PUT', 'PATCH', 'DELETE']) && !isCreated(route, byRoute)) return [];
    if (!route.endsWith('}')) return [[route, undefined]];
    const own = parentOf(route);
    if (byRoute.has(own)) return [[route, own]];
    return [[route, bySuffix.get(blank(route))]];
  });
}

function isCreated(route: string, byRoute: ReadonlyMap<string, readonly Operation[]>): boolean {
  return route.endsWith('}') && batched(byRoute.get(parentOf(route)) ?? [], ['POST']) !== undefined;
}

function operationsByRoute(groups: readonly Group[]): ReadonlyMap<string, readonly Operation[]> {
  const byRoute = new Map<string, Operation[]>();
  for (const { operations } of groups)
    for (const operation of operations) {
      const route = trimmed(operation.route);
      const known = byRoute.get(route);
      if (known) known.push(operation);
      else byRoute.set(route, [operation]);
    }
  return byRoute;
}

/** The operation of some method that can stand in a batch. */
function batched(
  operations: readonly Operation[],
  methods: readonly string[],
): Operation | undefined {
  return operations.find(({ method, batch }) => batch && methods.includes(method));
}

function isRead({ method }: Operation): boolean {
  return method === 'GET';
}

/** The names of a body's members, sorted. */
function membersOf(
  type: Type | undefined,
  named: ReadonlyMap<string, NamedType>,
): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (one: Type): void => {
    switch (one.kind) {
      case 'object':
        for (const { name } of one.properties) names.add(name);
        return;
      case 'union':
      case 'intersection':
        one.members.forEach(collect);
        return;
      case 'named': {
        const found = named.get(one.name);
        if (!found || seen.has(one.name)) return;
        seen.add(one.name);
        collect(found.type);
        return;
      }
      case 'array':
      case 'scalar':
      case 'literals':
      case 'tuple':
      case 'record':
    }
  };
  if (type) collect(type);
  return [...names].toSorted();
}

/** Members that are taken, and not declared in what is read. */
function unshownIn(
  changes: readonly (Operation | '' | undefined)[],
  at: readonly Operation[],
  above: readonly Operation[],
  named: ReadonlyMap<string, NamedType>,
): Facts {
  const taken = bodiesOf(changes).flatMap((type) => membersOf(type, named));
  const read = at.find(isRead) ?? above.find(isRead);
  // Of a list, its items. What is read may stand inside of an envelope: `{ "results": … }`.
  const types = [read?.result?.type, ...envelopedIn(read?.result?.type, named)];
  const shown = types
    .map((type) => new Set(membersOf(type?.kind === 'array' ? type.items : type, named)))
    .find((names) => taken.some((name) => names.has(name)));
  // A declaration that has nothing of it is one of another shape, or of none.
  if (!shown) return {};
  const unshown = [...new Set(taken.filter((name) => !shown.has(name)))].toSorted();
  return unshown.length > 0 ? { unshown } : {};
}

/** The types of the members of an object. */
function envelopedIn(
  type: Type | undefined,
  named: ReadonlyMap<string, NamedType>,
): readonly Type[] {
  if (type?.kind === 'named') return envelopedIn(named.get(type.name)?.type, new Map());
  return type?.kind === 'object' ? type.properties.map((property) => property.type) : [];
}

/** Members that are taken as numbers and as booleans, of objects within objects as well. */
function scalarsIn(
  changes: readonly (Operation | '' | undefined)[],
  named: ReadonlyMap<string, NamedType>,
): Facts {
  const found = { numbers: new Set<string>(), booleans: new Set<string>() };
  let looks = 0;
  const collect = (type: Type, names: readonly string[]): void => {
    looks += 1;
    if (looks > mostLooks || names.length > mostDepth) return;
    switch (type.kind) {
      case 'scalar':
        if (type.name === 'number') found.numbers.add(names.join('/'));
        if (type.name === 'boolean') found.booleans.add(names.join('/'));
        return;
      case 'object':
        for (const { name, type: inner } of type.properties) {
          collect(inner, [...names, name.replaceAll('~', '~0').replaceAll('/', '~1')]);
        }
        return;
      case 'union': {
        const [only, ...others] = type.members.filter((member) => !isNull(member));
        if (only && others.length === 0) collect(only, names);
        return;
      }
      case 'intersection':
        for (const member of type.members) collect(member, names);
        return;
      case 'named': {
        const inner = named.get(type.name);
        if (inner) collect(inner.type, names);
        return;
      }
      case 'literals':
      case 'array':
      case 'tuple':
      case 'record':
    }
  };
  for (const type of bodiesOf(changes)) collect(type, []);
  const numbers = [...found.numbers].toSorted();
  const booleans = [...found.booleans].toSorted();
  return { ...(numbers.length > 0 && { numbers }), ...(booleans.length > 0 && { booleans }) };
}

function isNull(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'null';
}

function bodiesOf(changes: readonly (Operation | '' | undefined)[]): readonly Type[] {
  return changes.flatMap((change) => (change ? (change.body?.type ?? []) : []));
}

function parentOf(route: string): string {
  return route.slice(0, route.lastIndexOf('/'));
}

function trimmed(route: string): string {
  return route.length > 1 ? route.replace(/\/$/, '') : route;
}

function blank(route: string): string {
  return route.replaceAll(/\{[^{}]*\}/g, '{}');
}
