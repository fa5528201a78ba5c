import type { Constraints, Property, Type } from './ir.ts';

/** A type whose values satisfy what two equal types say of them: all of it. */
export function withBoth(left: Type, right: Type): Type {
  const added = constraintsOf(right);
  // Where both have a bound, one of them alone is not a wrong answer: a constraint may be left out.
  return added === undefined ? left : withConstraints(left, { ...constraintsOf(left), ...added });
}

/**
 * What is true of two structurally equal types: the first with those constraints that the second
 * has, too. An object inside is compared as well, unless `deep` is false.
 */
export function inCommon(left: Type, right: Type, deep = true): Type {
  if (left === right) return left;
  const own = constraintsOf(left);
  const common = own && both(own, constraintsOf(right) ?? {});
  const inner = parts(left, right, deep);
  return common === own ? inner : withConstraints(inner, common);
}

function parts(left: Type, right: Type, deep: boolean): Type {
  const each = (a: readonly Type[], b: readonly Type[]): readonly Type[] =>
    a.map((one, index) => inside(one, b[index] ?? one));
  const inside = (a: Type, b: Type): Type =>
    a.kind === 'object' && !deep ? a : inCommon(a, b, deep);
  const rest = (a: Type | undefined, b: Type | undefined): { readonly rest?: Type } =>
    a && b ? { rest: inside(a, b) } : {};
  switch (left.kind) {
    case 'array':
      return right.kind === 'array' ? { ...left, items: inside(left.items, right.items) } : left;
    case 'stream':
      return right.kind === 'stream' ? { ...left, items: inside(left.items, right.items) } : left;
    case 'record':
      return right.kind === 'record'
        ? { ...left, values: inside(left.values, right.values) }
        : left;
    case 'tuple':
      return right.kind === 'tuple'
        ? { ...left, items: each(left.items, right.items), ...rest(left.rest, right.rest) }
        : left;
    case 'union':
    case 'intersection':
      return right.kind === left.kind
        ? { ...left, members: each(left.members, right.members) }
        : left;
    case 'object': {
      if (right.kind !== 'object') return left;
      const properties = left.properties.map((property, index): Property => {
        const other = right.properties[index];
        return other ? { ...property, type: inside(property.type, other.type) } : property;
      });
      return { ...left, properties, ...rest(left.rest, right.rest) };
    }
    case 'scalar':
    case 'literals':
    case 'named':
      return left;
  }
}

function constraintsOf(type: Type): Constraints | undefined {
  return 'constraints' in type ? type.constraints : undefined;
}

/** The type with these constraints and no others; what has no values of its own cannot have any. */
export function withConstraints(type: Type, constraints: Constraints | undefined): Type {
  switch (type.kind) {
    case 'scalar':
    case 'array':
    case 'tuple':
    case 'record':
    case 'object': {
      const { constraints: _, ...plain } = type;
      return constraints ? { ...plain, constraints } : plain;
    }
    case 'literals':
    case 'stream':
    case 'union':
    case 'intersection':
    case 'named':
      return type;
  }
}

/** The constraints that two sets agree on; the first set itself where that is all of it. */
function both(left: Constraints, right: Constraints): Constraints | undefined {
  const others = new Map<string, unknown>(Object.entries(right));
  const all = Object.entries(left);
  const common = all.filter(([name, value]) => others.get(name) === value);
  if (common.length === all.length) return left;
  return common.length === 0 ? undefined : Object.fromEntries(common);
}
