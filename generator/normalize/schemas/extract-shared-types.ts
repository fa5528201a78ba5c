import type { NamedType, Operation, Type } from '../../ir/ir.ts';
import { isSuccess } from '../../ir/responses.ts';
import { noDoc } from '../../ir/doc.ts';
import type { Names } from '../../ir/names.ts';
import { compare } from '../../json/narrow.ts';
import {
  agree,
  hasTypedDemands,
  inCommon,
  isLoosened,
  isPlain,
  knownBy,
} from '../../ir/constraints.ts';
import { partsOf } from '../../ir/parts.ts';
import { keyOf, withParts } from '../../ir/type.ts';
import { candidates, type Root, type Site, smallest } from './structure-names.ts';

export interface Shared<O extends Operation> {
  readonly operations: readonly O[];
  readonly types: readonly NamedType[];
}

/** Objects that are structurally equal. */
interface Structure {
  /** What all of them have in common, without what is in the objects inside. */
  type: Type;
  readonly owner: string;
  /** Where the first of them stands. */
  readonly site: Site;
  /** Whether others than the first have another owner. */
  isShared: boolean;
  /** Whether not all of them demand the same. */
  varies: boolean;
}

/**
 * Declares once what several places share: objects that are structurally equal (names, types and
 * optionality of their properties; documentation does not count) and have different owners.
 */
export function share<O extends Operation>(operations: readonly O[], names: Names): Shared<O> {
  const structures = new Map<string, Structure>();

  const visit = (type: Type, owner: string, site: Site): void => {
    switch (type.kind) {
      case 'object': {
        const key = keyOf(type);
        const known = structures.get(key);
        if (!known) structures.set(key, { type, owner, site, isShared: false, varies: false });
        else {
          known.isShared ||= known.owner !== owner;
          if (!agree(known.type, type)) {
            known.varies = true;
            known.type = inCommon(known.type, type, false);
          }
        }
        for (const property of type.properties)
          if (!isPlain(property.type))
            visit(property.type, key, {
              root: site.root,
              properties: [...site.properties, property.name],
              inArray: false,
            });
        if (type.rest) visit(type.rest, key, site);
        return;
      }
      case 'array':
      case 'stream':
        visit(type.items, owner, { ...site, inArray: true });
        return;
      case 'tuple':
        for (const item of type.items) visit(item, owner, { ...site, inArray: true });
        if (type.rest) visit(type.rest, owner, { ...site, inArray: true });
        return;
      case 'record':
        visit(type.values, owner, { ...site, inArray: true });
        return;
      case 'union':
      case 'intersection':
        for (const member of type.members) visit(member, owner, site);
        return;
      case 'scalar':
      case 'literals':
      case 'named':
        return;
    }
  };

  for (const root of rootsOf(operations))
    if (!isPlain(root.type))
      visit(root.type, `${root.operation.name} ${root.role}`, {
        root,
        properties: [],
        inArray: root.role === 'Item',
      });

  const chosen = new Map<string, string>();
  for (const [key, { type, site, isShared }] of structures) {
    if (!isShared || propertyCount(type) < smallest) continue;
    chosen.set(key, names.claim(...candidates(site)));
  }
  if (chosen.size === 0) return { operations, types: [] };

  const rewrite = rewriter(chosen, structures);
  const types = [...chosen].flatMap(([key, name]): readonly NamedType[] => {
    const structure = structures.get(key);
    return structure ? [{ name, type: rewrite.whole(structure.type), doc: noDoc }] : [];
  });
  return {
    types,
    operations: operations.map((operation) => withNames(operation, rewrite.part)),
  };
}

function withNames<O extends Operation>(operation: O, rewrite: (type: Type) => Type): O {
  const { body, result, pagination } = operation;
  const bodyType = body && rewrite(body.type);
  const resultType = rewrite(result.type);
  const itemType = pagination && rewrite(pagination.itemType);
  let changed =
    bodyType !== body?.type || resultType !== result.type || itemType !== pagination?.itemType;
  const responses = operation.responses.map((response) => {
    const type = rewrite(response.type);
    if (type === response.type) return response;
    changed = true;
    return { ...response, type };
  });
  if (!changed) return operation;
  return {
    ...operation,
    ...(body && bodyType ? { body: { ...body, type: bodyType } } : {}),
    result: { ...result, type: resultType },
    responses,
    ...(pagination && itemType ? { pagination: { ...pagination, itemType } } : {}),
  };
}

/** The best source of a name first: answers before bodies, a read before a change, the short route before the long. */
function rootsOf(operations: readonly Operation[]): readonly Root[] {
  const ordered = operations
    .map((operation) => ({ operation, rank: verbRank(operation) }))
    .toSorted(
      ({ operation: a, rank }, { operation: b, rank: other }) =>
        rank - other ||
        a.route.length - b.route.length ||
        compare(a.route, b.route) ||
        compare(a.name, b.name),
    )
    .map(({ operation }) => operation);
  const roots: Root[] = [];
  for (const operation of ordered) {
    const { pagination, result } = operation;
    if (pagination) roots.push({ operation, role: 'Item', type: pagination.itemType });
    roots.push({ operation, role: 'Response', type: result.type });
  }
  for (const operation of ordered)
    if (operation.body) roots.push({ operation, role: 'Body', type: operation.body.type });
  for (const operation of ordered)
    for (const { status, type } of operation.responses)
      if (!isSuccess(status)) roots.push({ operation, role: 'Error', type });
  return roots;
}

function verbRank(operation: Operation): number {
  if (operation.method === 'GET')
    return operation.path.at(-1) !== undefined && typeof operation.path.at(-1) !== 'string' ? 0 : 1;
  return operation.method === 'PUT' || operation.method === 'PATCH'
    ? 2
    : operation.method === 'POST'
      ? 3
      : 4;
}

/** Puts names in the place of the chosen structures. */
interface Rewriter {
  readonly part: (type: Type) => Type;
  /** Inside a chosen structure: what stands there holds for all places that share it. */
  readonly whole: (type: Type) => Type;
}

function rewriter(
  chosen: ReadonlyMap<string, string>,
  structures: ReadonlyMap<string, Structure>,
): Rewriter {
  const named = (type: Type): Type | undefined => {
    const name = type.kind === 'object' ? chosen.get(keyOf(type)) : undefined;
    return name === undefined ? undefined : { kind: 'named', name };
  };
  const loosable = new Map<string, boolean>();
  /** Whether there may be a place that demands less of a structure, or of one inside: most demand the same. */
  const mayBeLoosened = (type: Type): boolean => {
    if (hasTypedDemands(type)) return true;
    if (type.kind !== 'object') return partsOf(type).some(mayBeLoosened);
    const key = keyOf(type);
    const known = loosable.get(key);
    if (known !== undefined) return known;
    const found = structures.get(key)?.varies === true || partsOf(type).some(mayBeLoosened);
    loosable.set(key, found);
    return found;
  };
  /** The type with what all places of its structure demand, without what is in the objects inside. */
  const shallow = (type: Type): Type => {
    const all = type.kind === 'object' ? structures.get(keyOf(type)) : undefined;
    return all && !agree(type, all.type) ? inCommon(type, all.type, false) : type;
  };
  const common = (type: Type): Type => withParts(shallow(type), common);
  const done = new Map<Type, Type>();
  const part = (type: Type): Type => {
    if (isPlain(type)) return type;
    const known = done.get(type);
    if (known) return known;
    const name = named(type);
    const isOwn = name && mayBeLoosened(type) && isLoosened(type, common(type));
    const shared = isOwn ? withAll(name, type) : name;
    const result = shared ?? withParts(type, part);
    done.set(type, result);
    return result;
  };
  const whole = (type: Type): Type => {
    if (isPlain(type)) return type;
    return withParts(shallow(type), (inner) => named(inner) ?? whole(inner));
  };
  return { part, whole };
}

/** The name, and what this place alone asks of its values. */
function withAll(name: Type, type: Type): Type {
  return knownBy(name, 'all', [type]);
}

function propertyCount(type: Type): number {
  return type.kind === 'object' ? type.properties.length : 0;
}
