import { isObject, member } from '../action/members.js';
import { nearestAbove } from '../action/paths-above.js';
import { sameBody } from '../action/same-json.js';
import { trim } from '../action/wire.js';
import type { Created } from './batch-result.js';
import type { Sent } from './outcome.js';

/** Actions and resources of one collection that nothing in them brings together. */
export interface Contested {
  readonly creates: readonly Sent[];
  readonly created: readonly Created[];
}

export interface Matches {
  /** What is proved: by index in the plan. */
  readonly found: ReadonlyMap<number, Created>;
  readonly contested: readonly Contested[];
}

/**
 * Finds which action created what: the server lists new resources without saying by which action. A
 * resource belongs to an action above whose path its own is. Among several, the one whose body names it;
 * one action and one resource that are left belong together.
 */
export function matchByEvidence(creates: readonly Sent[], created: readonly Created[]): Matches {
  const found = new Map<number, Created>();
  const contested = groupsOf(creates, created).flatMap((group): readonly Contested[] => {
    const left = matchByName(group, found);
    const [create, ...creates] = left.creates;
    const [resource, ...resources] = left.created;
    if (!create || !resource) return [];
    if (creates.length > 0 || resources.length > 0) return [left];
    found.set(create.index, resource);
    return [];
  });
  return { found, contested };
}

/** As `matchByEvidence`; what is left over goes by order where the numbers agree. */
export function matchCreated(
  creates: readonly Sent[],
  created: readonly Created[],
): ReadonlyMap<number, Created> {
  const { found, contested } = matchByEvidence(creates, created);
  const all = new Map(found);
  for (const group of contested) {
    if (group.creates.length !== group.created.length) continue;
    for (const [place, { index }] of group.creates.entries()) all.set(index, group.created[place]!);
  }
  return all;
}

/**
 * Who created what, by what was read of the resources. `fits` says whether an action's body is what a
 * resource shows; actions with equal bodies may take each other's. Where each action has a resource, one
 * that only a single resource fits has that, however many other actions fit it as well.
 */
export function matchByReading(
  { creates, created }: Contested,
  fits: (create: Sent, resource: Created) => boolean,
): ReadonlyMap<number, Created> {
  const found = new Map<number, Created>();
  const open = new Map(
    created.map((resource) => [resource, creates.filter((one) => fits(one, resource))]),
  );
  const freeFor = (resource: Created): readonly Sent[] =>
    open.get(resource)!.filter(({ index }) => !found.has(index));
  const take = ({ index }: Sent, resource: Created): void => {
    found.set(index, resource);
    open.delete(resource);
  };
  const isComplete = creates.length === created.length;
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const resource of open.keys()) {
      const [first, ...others] = freeFor(resource);
      if (!first || !others.every((other) => isAlike(first, other))) continue;
      take(first, resource);
      isNew = true;
    }
    if (isNew || !isComplete) continue;
    for (const [create, resources] of resourcesOf(open.keys(), freeFor)) {
      const [resource] = resources;
      if (resources.length > 1 || !resource || !open.has(resource)) continue;
      take(create, resource);
      isNew = true;
    }
  }
  return found;
}

/** By action, the resources that it may have created. */
function resourcesOf(
  open: Iterable<Created>,
  freeFor: (resource: Created) => readonly Sent[],
): ReadonlyMap<Sent, readonly Created[]> {
  const resources = new Map<Sent, Created[]>();
  for (const resource of open) {
    for (const create of freeFor(resource)) {
      const list = resources.get(create);
      if (list) list.push(resource);
      else resources.set(create, [resource]);
    }
  }
  return resources;
}

/** Whether two actions create the same, so that either may have what one of them has created. */
function isAlike({ wire }: Sent, { wire: other }: Sent): boolean {
  return sameBody(filledIn(member(wire, 'body')), filledIn(member(other, 'body')));
}

/** The members of a body that set something. */
function filledIn(body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== ''),
  );
}

/** Resources with the actions of the longest path above theirs; those without one with what is left. */
function groupsOf(creates: readonly Sent[], created: readonly Created[]): readonly Contested[] {
  const byPath = new Map<string, Sent[]>();
  for (const sent of creates) {
    const path = pathOf(sent);
    const same = byPath.get(path);
    if (same) same.push(sent);
    else byPath.set(path, [sent]);
  }
  const below = new Map<string, Created[]>();
  const rest: Created[] = [];
  for (const resource of created) {
    const path = nearest(byPath, resource.uri);
    if (path === undefined) rest.push(resource);
    else below.set(path, [...(below.get(path) ?? []), resource]);
  }
  const alone = [...byPath].flatMap(([path, list]) => (below.has(path) ? [] : list));
  return [
    ...[...below].map(([path, list]) => ({ creates: byPath.get(path)!, created: list })),
    { creates: alone, created: rest },
  ];
}

function nearest(paths: ReadonlyMap<string, unknown>, uri: string): string | undefined {
  const path = trim(uri);
  return nearestAbove(path, paths) ?? (paths.has(path) ? path : undefined);
}

/** Takes out what the bodies name, and the actions whose bodies name something else. */
function matchByName({ creates, created }: Contested, found: Map<number, Created>): Contested {
  const named = new Map<string, Sent[]>();
  for (const sent of creates) {
    for (const name of namesIn(sent)) named.set(name, [...(named.get(name) ?? []), sent]);
  }
  const left = created.filter((resource) => {
    const [sent, ...others] = (named.get(resource.id) ?? []).filter(
      ({ index }) => !found.has(index),
    );
    if (!sent || others.length > 0) return true;
    found.set(sent.index, resource);
    return false;
  });
  return {
    creates: creates.filter((sent) => !found.has(sent.index) && !hasId(sent)),
    created: left,
  };
}

/** Values of a body that may be the id of what it creates. */
function namesIn({ wire }: Sent): readonly string[] {
  const body = member(wire, 'body');
  if (typeof body !== 'object' || body === null) return [];
  const entries = Object.entries(body).filter(([name]) => /^(?:id|number|name)$|[Ii]d$/.test(name));
  const names = entries.flatMap(([, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
  );
  return [...new Set(names)];
}

/** Whether a body says the id of what it creates. */
function hasId({ wire }: Sent): boolean {
  const body = member(wire, 'body');
  const id = typeof body === 'object' && body !== null ? member(body, 'id') : undefined;
  return typeof id === 'string' || typeof id === 'number';
}

function pathOf({ wire }: Sent): string {
  const resource = member(wire, 'resource');
  return typeof resource === 'string' ? trim(resource) : '';
}
