import type { Literal, Type } from '../../ir/ir.ts';
import { keyOf } from '../../ir/type.ts';
import { partOf, resolved, type Typed } from './declared.ts';
import { type Members, membersOf } from './members.ts';

/** Pairs that are being compared, or were: a type may hold itself. */
export type Assumed = Map<string, boolean>;

/** Whether TypeScript takes a value of one type where another is wanted. */
export function isAssignable(from: Typed, to: Typed, assumed: Assumed): boolean {
  // What changed in a declared type is said of itself, and of nothing that holds it.
  const { type: a } = from;
  const { type: b } = to;
  if (a.kind === 'named' && b.kind === 'named' && a.name === b.name) return true;
  const key = pairKey(from, to);
  if (key === undefined) return related(resolved(from), resolved(to), assumed);
  const known = assumed.get(key);
  if (known !== undefined) return known;
  assumed.set(key, true);
  const result = related(resolved(from), resolved(to), assumed);
  assumed.set(key, result);
  return result;
}

/** Only declared types can hold themselves. */
function pairKey(from: Typed, to: Typed): string | undefined {
  if (from.type.kind !== 'named' && to.type.kind !== 'named') return undefined;
  return `${sideKey(from)} ${sideKey(to)} ${keyOf(from.type)} ${keyOf(to.type)}`;
}

const sides = new WeakMap<object, number>();
let count = 0;

function sideKey({ declared, isInterface }: Typed): string {
  let id = sides.get(declared);
  if (id === undefined) sides.set(declared, (id = count++));
  return `${id}${isInterface ? 'i' : ''}`;
}

function related(from: Typed, to: Typed, assumed: Assumed): boolean {
  const source = from.type;
  const target = to.type;
  if (isScalar(target, 'unknown') || isScalar(source, 'never')) return true;
  if (isScalar(source, 'unknown') || isScalar(target, 'never')) return false;
  const sources = unionMembers(from);
  const [onlySource = from] = sources;
  if (sources.length > 1 || onlySource !== from)
    return sources.every((each) => isAssignable(each, to, assumed));
  const targets = unionMembers(to);
  const [onlyTarget = to] = targets;
  if (targets.length > 1 || onlyTarget !== to) {
    if (targets.some((each) => isAssignable(from, each, assumed))) return true;
    return splitByTag(from).some((parts) =>
      parts.every((part) => targets.some((each) => isAssignable(part, each, assumed))),
    );
  }
  if (target.kind === 'intersection') {
    const whole = membersOf(to);
    if (whole) return relatedMembers(from, whole, assumed);
    return target.members.every((each) => isAssignable(from, partOf(to, each), assumed));
  }
  if (source.kind === 'intersection' && !membersOf(from))
    return source.members.some((each) => isAssignable(partOf(from, each), to, assumed));
  return relatedSingle(from, to, assumed);
}

function relatedSingle(from: Typed, to: Typed, assumed: Assumed): boolean {
  const source = from.type;
  const target = to.type;
  switch (target.kind) {
    case 'scalar':
      if (source.kind === 'scalar') return source.name === target.name;
      return (
        source.kind === 'literals' &&
        source.values.every((value) => scalarOf(value) === target.name)
      );
    case 'literals':
      return (
        source.kind === 'literals' && source.values.every((value) => target.values.includes(value))
      );
    case 'array':
      if (source.kind === 'array')
        return isAssignable(partOf(from, source.items), partOf(to, target.items), assumed);
      if (source.kind !== 'tuple') return false;
      return [...source.items, ...(source.rest ? [source.rest] : [])].every((item) =>
        isAssignable(partOf(from, item), partOf(to, target.items), assumed),
      );
    case 'stream':
      return (
        source.kind === 'stream' &&
        isAssignable(partOf(from, source.items), partOf(to, target.items), assumed)
      );
    case 'tuple':
      return source.kind === 'tuple' && relatedTuples(from, source, to, target, assumed);
    case 'record':
    case 'object': {
      const wanted = membersOf(to);
      return wanted !== undefined && relatedMembers(from, wanted, assumed);
    }
    case 'named':
    case 'union':
    case 'intersection':
      return isAssignable(from, to, assumed);
  }
}

type Tuple = Extract<Type, { readonly kind: 'tuple' }>;

function relatedTuples(
  from: Typed,
  source: Tuple,
  to: Typed,
  target: Tuple,
  assumed: Assumed,
): boolean {
  if (source.items.length < target.items.length) return false;
  if (!target.rest && (source.rest !== undefined || source.items.length > target.items.length))
    return false;
  const all = source.items.every((item, index) => {
    const wanted = target.items[index] ?? target.rest;
    return wanted !== undefined && isAssignable(partOf(from, item), partOf(to, wanted), assumed);
  });
  if (!all || !source.rest || !target.rest) return all;
  return isAssignable(partOf(from, source.rest), partOf(to, target.rest), assumed);
}

/** Whether a value has the members that an object type wants. */
function relatedMembers(from: Typed, wanted: Members, assumed: Assumed): boolean {
  const given = membersOf(from);
  if (!given) {
    // Every value but null and undefined is an object without demands.
    const isValue =
      from.type.kind !== 'scalar' || !['null', 'void', 'unknown'].includes(from.type.name);
    return wanted.properties.size === 0 && !wanted.rest && isValue && !isNullLiteral(from.type);
  }
  if (
    isWeak(wanted) &&
    given.properties.size > 0 &&
    ![...given.properties.keys()].some((name) => wanted.properties.has(name))
  )
    return false;
  for (const [name, property] of wanted.properties) {
    const own = given.properties.get(name);
    if (own) {
      if (property.required && !own.required) return false;
      if (!isAssignable(own.value, property.value, assumed)) return false;
    } else if (property.required) {
      return false;
    }
  }
  const { rest } = wanted;
  if (!rest) return true;
  if (given.rest && !isAssignable(given.rest, rest, assumed)) return false;
  if (!given.rest && given.isInterface) return false;
  return [...given.properties.values()].every(({ value }) => isAssignable(value, rest, assumed));
}

/** A type that wants nothing in particular still wants one of its members. */
function isWeak({ properties, rest }: Members): boolean {
  return (
    !rest && properties.size > 0 && [...properties.values()].every(({ required }) => !required)
  );
}

/** The members of a union, those that have a name under their name: a type may hold itself. */
export function unionMembers(typed: Typed): readonly Typed[] {
  if (typed.type.kind !== 'union') return alternatives(typed);
  return typed.type.members.flatMap((member) => {
    const part = partOf(typed, member);
    const whole = resolved(part);
    const { kind } = whole.type;
    const isSeveral = kind === 'union' || kind === 'literals' || isScalar(whole.type, 'boolean');
    return isSeveral ? unionMembers(whole) : [part];
  });
}

/** The members of a union, also where it stands behind a name; a list of values is a union of them. */
export function alternatives(typed: Typed): readonly Typed[] {
  const { type } = typed;
  if (type.kind === 'literals')
    return type.values.length > 1
      ? type.values.map((value) => partOf(typed, valueType(value)))
      : [typed];
  if (isScalar(type, 'boolean'))
    return [true, false].map((value) => partOf(typed, valueType(value)));
  if (type.kind !== 'union') return [typed];
  return type.members.flatMap((member) => alternatives(resolved(partOf(typed, member))));
}

function valueType(value: Literal): Type {
  return value === null ? { kind: 'scalar', name: 'null' } : { kind: 'literals', values: [value] };
}

/** TypeScript takes an object apart by a member of few values, where a union of objects is wanted. */
function splitByTag(typed: Typed): readonly (readonly Typed[])[] {
  const { type } = typed;
  if (type.kind !== 'object') return [];
  return type.properties.flatMap((property) => {
    const values = alternatives(resolved(partOf(typed, property.type)));
    if (
      values.length < 2 ||
      values.length > 25 ||
      !values.every(({ type: { kind } }) => kind === 'literals')
    )
      return [];
    return [
      values.map((value): Typed => ({
        ...typed,
        type: {
          ...type,
          properties: type.properties.map((each) =>
            each === property ? { ...each, type: value.type } : each,
          ),
        },
      })),
    ];
  });
}

function isScalar(type: Type, name: string): boolean {
  return type.kind === 'scalar' && type.name === name;
}

function isNullLiteral(type: Type): boolean {
  return type.kind === 'literals' && type.values.includes(null);
}

function scalarOf(value: Literal): string {
  if (value === null) return 'null';
  return typeof value;
}
