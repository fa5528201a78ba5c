import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { NamedType, Operation, Type } from '../../ir/ir.ts';
import { dependenciesFirst } from './aliases.ts';
import { intersect, withParts } from '../../ir/type.ts';

/**
 * All of several unions at once is a union of every combination of their members. TypeScript gives
 * up at 100,000 of them and is slow long before; real documents have fewer than a hundred.
 */
const most = 1000;

/** How many members a type has, seen as a union. */
type Sizes = ReadonlyMap<string, number>;

export interface Typed<O extends Operation> {
  readonly named: readonly NamedType[];
  readonly operations: readonly O[];
}

/** Leaves out of each intersection the unions with which it would be too large to be checked. */
export function limitCombinations<O extends Operation>(
  { named, operations }: Typed<O>,
  diagnostics: Diagnostics,
): Typed<O> {
  const sizes = new Map<string, number>();
  const limit = (type: Type, owner: string, whole = true): Type => {
    const inner =
      whole || type.kind === 'union' || type.kind === 'intersection'
        ? withParts(type, (part) => limit(part, owner, whole))
        : type;
    if (inner.kind !== 'intersection') return inner;
    const kept = withinLimit(inner.members, sizes);
    if (kept.length === inner.members.length) return inner;
    diagnostics.warning(
      'schema/too-many-combinations',
      `\`${owner}\` combines more alternatives than TypeScript can check; some are left open.`,
      { hint: 'Say these alternatives in fewer parts of `allOf`.' },
    );
    return intersect(kept);
  };

  const limited = new Map<string, Type>();
  for (const { name, type } of dependenciesFirst(named)) {
    // What is inside an object or a list is not part of a union; its size may not be known yet.
    const small = limit(type, name, false);
    limited.set(name, small);
    sizes.set(name, sizeOf(small, sizes));
  }
  return {
    named: named.map((one) => ({
      ...one,
      type: limit(limited.get(one.name) ?? one.type, one.name),
    })),
    operations: operations.map((operation) =>
      combines(operation) ? withTypes(operation, (type) => limit(type, operation.name)) : operation,
    ),
  };
}

function hasIntersection(type: Type): boolean {
  switch (type.kind) {
    case 'intersection':
      return true;
    case 'object':
      for (const property of type.properties) if (hasIntersection(property.type)) return true;
      return inRest(type);
    case 'array':
    case 'stream':
      return hasIntersection(type.items);
    case 'tuple':
      return type.items.some(hasIntersection) || inRest(type);
    case 'record':
      return hasIntersection(type.values);
    case 'union':
      return type.members.some(hasIntersection);
    case 'scalar':
    case 'literals':
    case 'named':
      return false;
  }
}

function inRest({ rest }: { readonly rest?: Type | undefined }): boolean {
  return rest !== undefined && hasIntersection(rest);
}

function combines({ params, body, result, responses, pagination }: Operation): boolean {
  return (
    params.some(hasOne) ||
    (body !== undefined && hasOne(body)) ||
    responses.some(hasOne) ||
    // Most results are the type of one response.
    (result.type !== responses[0]?.type && hasOne(result)) ||
    (pagination !== undefined && hasIntersection(pagination.itemType))
  );
}

function hasOne({ type }: { readonly type: Type }): boolean {
  return hasIntersection(type);
}

/** The members that may stand together: those that say most, as far as they go. */
function withinLimit(members: readonly Type[], sizes: Sizes): readonly Type[] {
  let product = 1;
  const kept = new Set<Type>();
  for (const member of members.toSorted((a, b) => sizeOf(b, sizes) - sizeOf(a, sizes))) {
    const size = sizeOf(member, sizes);
    if (size > 1 && product * size > most && kept.size > 0) continue;
    product *= size;
    kept.add(member);
  }
  return members.filter((member) => kept.has(member));
}

function sizeOf(type: Type, sizes: Sizes): number {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'boolean' ? 2 : 1;
    case 'literals':
      return type.values.length;
    case 'named':
      return sizes.get(type.name) ?? 1;
    case 'union':
      return type.members.reduce((sum, member) => sum + sizeOf(member, sizes), 0);
    case 'intersection':
      return type.members.reduce((product, member) => product * sizeOf(member, sizes), 1);
    case 'object':
    case 'record':
    case 'array':
    case 'stream':
    case 'tuple':
      return 1;
  }
}

function withTypes<O extends Operation>(operation: O, change: (type: Type) => Type): O {
  const { params, body, result, responses, pagination } = operation;
  return {
    ...operation,
    params: params.map((param) => ({ ...param, type: change(param.type) })),
    body: body && { ...body, type: change(body.type) },
    result: { ...result, type: change(result.type) },
    responses: responses.map((response) => ({ ...response, type: change(response.type) })),
    pagination: pagination && { ...pagination, itemType: change(pagination.itemType) },
  };
}
