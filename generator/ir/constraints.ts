import type { Constraints, Rule, Type } from './ir.ts';
import { partsOf, withDirectParts } from './parts.ts';

/** The type with all that is demanded besides; where it says the same otherwise, both hold. */
export function restricted(type: Type, demands: readonly Constraints[]): Type {
  if (type.kind === 'stream' || demands.length === 0) return type;
  const own = new Map<string, unknown>(Object.entries(type.constraints ?? {}));
  const rules = new Set<Rule>(type.constraints?.rules);
  const isKnownByRule = type.constraints?.rules?.some((rule) => 'isWhole' in rule && rule.isWhole);
  for (const { rules: added = [], ...bounds } of demands) {
    const foreign: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(bounds)) {
      if (same(own.get(name), value)) continue;
      if (isKnownByRule || own.has(name) || !takes(type, name)) foreign[name] = value;
      else own.set(name, value);
    }
    if (Object.keys(foreign).length > 0)
      rules.add({
        kind: 'all',
        types: [{ kind: 'scalar', name: 'unknown', constraints: foreign }],
      });
    for (const rule of added) rules.add('isWhole' in rule ? { ...rule, isWhole: undefined } : rule);
  }
  if (rules.size > 0) own.set('rules', [...rules]);
  return withConstraints(type, Object.fromEntries(own));
}

/** The type whose values are those that a rule tells, which says all that the type says. */
export function knownBy(type: Type, kind: 'all' | 'any' | 'one', types: readonly Type[]): Type {
  const { rules: _, ...bounds } = constraintsOf(type) ?? {};
  return withConstraints(type, { ...bounds, rules: [{ kind, types, isWhole: true }] });
}

/** Whether a bound may stand at a type itself. */
function takes(type: Type, bound: string): boolean {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'unknown' || type.name === 'string' || type.name === 'number';
    case 'object':
    case 'record':
      return ['minProperties', 'maxProperties', 'closed', 'others', 'patterns'].includes(bound);
    case 'array':
    case 'tuple':
      return bound.endsWith('Items');
    case 'literals':
    case 'stream':
    case 'union':
    case 'intersection':
    case 'named':
      return false;
  }
}

/** A type whose values satisfy what two equal types say of them: all of it. */
export function withBoth(left: Type, right: Type): Type {
  if (same(left, right)) return left;
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return restricted(left, [right.constraints ?? {}]);
  return knownBy(left, 'all', [left, right]);
}

/** The type whose constraints are those that two equal types share, if that leaves anything out. */
export function isLoosened(type: Type, common: Type): boolean {
  return !same(type, common);
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

/** The first type where its parts have all in common with those of the second, or one with other parts. */
function parts(left: Type, right: Type, deep: boolean): Type {
  if (left.kind !== right.kind) return left;
  const others = partsOf(right);
  let at = 0;
  return withDirectParts(left, (part) => {
    const other = others[at++];
    return other === undefined || (part.kind === 'object' && !deep)
      ? part
      : inCommon(part, other, deep);
  });
}

/** Whether two structurally equal types demand the same of their values, but for the objects inside. */
export function agree(left: Type, right: Type): boolean {
  if (left === right) return true;
  const own = constraintsOf(left);
  const other = constraintsOf(right);
  if (own !== other && !same(own, other)) return false;
  const others = partsOf(right);
  let at = 0;
  for (const part of partsOf(left)) {
    const counterpart = others[at++];
    if (counterpart && part.kind !== 'object' && !agree(part, counterpart)) return false;
  }
  return true;
}

function constraintsOf(type: Type): Constraints | undefined {
  return 'constraints' in type ? type.constraints : undefined;
}

/** The type with these constraints and no others; what has no values of its own cannot have any. */
export function withConstraints(type: Type, constraints: Constraints | undefined): Type {
  if (type.kind === 'stream') return type;
  const { constraints: _, ...plain } = type;
  return constraints && Object.keys(constraints).length > 0 ? { ...plain, constraints } : plain;
}

/** The constraints that two sets agree on; the first set itself where that is all of it. */
function both(left: Constraints, right: Constraints): Constraints | undefined {
  const others = new Map<string, unknown>(Object.entries(right));
  const all = Object.entries(left);
  const common = all.filter(([name, value]) => same(others.get(name), value));
  if (common.length === all.length) return left;
  return common.length === 0 ? undefined : Object.fromEntries(common);
}

/** Whether two types or constraints say the same of values; what is told to people does not count. */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  const known = entries(left);
  const others = new Map(entries(right));
  return (
    Array.isArray(left) === Array.isArray(right) &&
    known.length === others.size &&
    known.every(([name, value]) => others.has(name) && same(value, others.get(name)))
  );
}

function entries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([name, one]) => name !== 'doc' && one !== undefined);
}

/** The rules and further members with each of the types in them changed; the same where none is. */
export function withRuleTypes(constraints: Constraints, change: (type: Type) => Type): Constraints {
  if (!holdsTypes(constraints)) return constraints;
  const { rules, patterns, others } = constraints;
  return {
    ...constraints,
    ...(others && { others: change(others) }),
    ...(patterns && { patterns: patterns.map((one) => ({ ...one, type: change(one.type) })) }),
    ...(rules && { rules: rules.map((rule) => ruleWith(rule, change)) }),
  };
}

/** Whether what is demanded is said by types, too. */
function holdsTypes({ rules, patterns, others }: Constraints): boolean {
  return rules !== undefined || patterns !== undefined || others !== undefined;
}

/** Whether what is demanded of the values of a type itself is said by types, too. */
export function hasTypedDemands(type: Type): boolean {
  const constraints = constraintsOf(type);
  return constraints !== undefined && holdsTypes(constraints);
}

/** Whether a type is made of no others, what it demands included. */
export function isPlain(type: Type): boolean {
  switch (type.kind) {
    case 'scalar':
    case 'literals':
    case 'named':
      return type.constraints === undefined || !holdsTypes(type.constraints);
    case 'object':
    case 'array':
    case 'stream':
    case 'tuple':
    case 'record':
    case 'union':
    case 'intersection':
      return false;
  }
}

function ruleWith(rule: Rule, change: (type: Type) => Type): Rule {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'one':
      return { ...rule, types: rule.types.map(change) };
    case 'if':
      return {
        ...rule,
        type: change(rule.type),
        met: change(rule.met),
        unmet: change(rule.unmet),
      };
    case 'not':
    case 'names':
    case 'contains':
    case 'dependent':
    case 'kind':
      return { ...rule, type: change(rule.type) };
    case 'unevaluated':
      return {
        ...rule,
        type: change(rule.type),
        by: rule.by.map((one) => ({
          ...one,
          ...(one.when && { when: change(one.when) }),
          ...(one.items && { items: change(one.items) }),
        })),
      };
    case 'has':
    case 'equals':
      return rule;
  }
}
