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

/**
 * Declares once what several places share: objects that are structurally equal (names, types and
 * optionality of their properties; documentation does not count) and have different owners.
 */
export function share<O extends Operation>(operations: readonly O[], names: Names): Shared<O> {
  const owners = new Map<string, Set<string>>();
  const sites = new Map<string, Site>();
  /** What all of the same structure have in common, without what is in the objects inside. */
  const structures = new Map<string, Type>();
  /** The structures of which not all places demand the same. */
  const varying = new Set<string>();

  const visit = (type: Type, owner: string, site: Site): void => {
    switch (type.kind) {
      case 'object': {
        const key = keyOf(type);
        const known = owners.get(key);
        const structure = structures.get(key);
        if (known && structure) {
          known.add(owner);
          if (!agree(structure, type)) {
            varying.add(key);
            structures.set(key, inCommon(structure, type, false));
          }
        } else {
          owners.set(key, new Set([owner]));
          sites.set(key, site);
          structures.set(key, type);
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
    visit(root.type, `${root.operation.name} ${root.role}`, {
      root,
      properties: [],
      inArray: root.role === 'Item',
    });

  const chosen = new Map<string, string>();
  for (const [key, site] of sites) {
    if ((owners.get(key)?.size ?? 0) < 2 || propertyCount(structures.get(key)) < smallest) continue;
    chosen.set(key, names.claim(...candidates(site)));
  }
  if (chosen.size === 0) return { operations, types: [] };

  const rewrite = rewriter(chosen, structures, varying);
  const types = [...chosen].flatMap(([key, name]): readonly NamedType[] => {
    const type = structures.get(key);
    return type ? [{ name, type: rewrite.whole(type), doc: noDoc }] : [];
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
  const answers = ordered.flatMap((operation): readonly Root[] => [
    ...(operation.pagination
      ? [{ operation, role: 'Item' as const, type: operation.pagination.itemType }]
      : []),
    { operation, role: 'Response', type: operation.result.type },
  ]);
  const bodies = ordered.flatMap((operation): readonly Root[] =>
    operation.body ? [{ operation, role: 'Body', type: operation.body.type }] : [],
  );
  const errors = ordered.flatMap((operation) =>
    operation.responses
      .filter(({ status }) => !isSuccess(status))
      .map(({ type }): Root => ({ operation, role: 'Error', type })),
  );
  return [...answers, ...bodies, ...errors];
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
  structures: ReadonlyMap<string, Type>,
  varying: ReadonlySet<string>,
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
    const found = varying.has(key) || partsOf(type).some(mayBeLoosened);
    loosable.set(key, found);
    return found;
  };
  const common = (type: Type): Type => {
    const all = type.kind === 'object' ? structures.get(keyOf(type)) : undefined;
    return withParts(all ? inCommon(type, all, false) : type, common);
  };
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
    const all = type.kind === 'object' ? structures.get(keyOf(type)) : undefined;
    return withParts(
      all ? inCommon(type, all, false) : type,
      (inner) => named(inner) ?? whole(inner),
    );
  };
  return { part, whole };
}

/** The name, and what this place alone asks of its values. */
function withAll(name: Type, type: Type): Type {
  return knownBy(name, 'all', [type]);
}

function propertyCount(type: Type | undefined): number {
  return type?.kind === 'object' ? type.properties.length : 0;
}
