import type { Constraints, Literal, Property, Scalar, Type } from './ir.ts';
import {
  inCommon,
  knownBy,
  restricted,
  withBoth,
  withConstraints,
  withRuleTypes,
} from './constraints.ts';
import { withDirectParts } from './parts.ts';
import { compare } from '../json/narrow.ts';

const scalars = new Map<Scalar, Type>();

export function scalar(name: Scalar): Type {
  const known = scalars.get(name);
  if (known) return known;
  const type: Type = { kind: 'scalar', name };
  scalars.set(name, type);
  return type;
}

export const unknown: Type = scalar('unknown');

export function literals(values: readonly Literal[]): Type {
  const distinct = [...new Set(values)];
  const [only] = distinct;
  return distinct.length === 1 && only === null
    ? scalar('null')
    : { kind: 'literals', values: distinct };
}

export function isUnknown(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'unknown';
}

/** One of several types: flat, without repetition, `null` last. Equal ones keep the constraints that they share. */
export function unite(types: readonly Type[]): Type {
  // Most have one type, or may be null besides.
  const [first, second] = types;
  if (first && isNoChoice(first)) {
    if (!second) return first;
    if (types.length === 2 && second === scalar('null')) return { kind: 'union', members: types };
  }
  if (types.some(isChoiceWithRules))
    return knownBy(unite(types.map((one) => withConstraints(one, undefined))), 'any', types);
  const seen = new Map<string, number>();
  const members: Type[] = [];
  const values: Literal[] = [];
  for (const type of types.flatMap((member) =>
    member.kind === 'union' ? member.members : [member],
  )) {
    if (isUnknown(type)) return unknown;
    if (type.kind === 'scalar' && type.name === 'never') continue;
    if (type.kind === 'literals') {
      if (values.length === 0) members.push(type);
      for (const value of type.values) if (value !== null) values.push(value);
      if (type.values.includes(null)) members.push(scalar('null'));
      continue;
    }
    const key = keyOf(type);
    const before = seen.get(key);
    const known = before === undefined ? undefined : members[before];
    if (before !== undefined && known) members[before] = inCommon(known, type);
    else seen.set(key, members.push(type) - 1);
  }
  const distinct = members.map((member) =>
    member.kind === 'literals' ? literals(values) : member,
  );
  const ordered = [
    ...distinct.filter((member) => !isNull(member)),
    ...distinct.filter(isNull).slice(0, 1),
  ];
  const [one] = ordered;
  if (!one) return scalar('never');
  return ordered.length === 1 ? one : { kind: 'union', members: ordered };
}

/** Whether a type is neither one of several, nor any, nor none. */
function isNoChoice(type: Type): boolean {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'string' || type.name === 'number' || type.name === 'boolean';
    case 'object':
    case 'array':
    case 'record':
    case 'named':
      return true;
    case 'literals':
    case 'stream':
    case 'tuple':
    case 'union':
    case 'intersection':
      return false;
  }
}

/** Whether a type would lose what is demanded of it, were its members put among others. */
function isChoiceWithRules(type: Type): boolean {
  const isChoice = type.kind === 'union' || type.kind === 'literals' || isUnknown(type);
  return isChoice && hasConstraints(type);
}

function isNull(type: Type): boolean {
  return type.kind === 'scalar' && (type.name === 'null' || type.name === 'void');
}

/** All of several types at once: objects are merged into one, which stands last. */
export function intersect(types: readonly Type[]): Type {
  const telling = types.filter((type) => !isUnknown(type));
  const joined = joinedType(telling);
  return telling.length === types.length
    ? joined
    : restricted(
        joined,
        types.flatMap((type) =>
          isUnknown(type) && 'constraints' in type ? (type.constraints ?? []) : [],
        ),
      );
}

function joinedType(telling: readonly Type[]): Type {
  // Most schemas are made of one part.
  if (telling.length < 2 && telling[0]?.kind !== 'intersection') return telling[0] ?? unknown;
  const seen = new Map<string, number>();
  const members: Type[] = [];
  const objects: ObjectType[] = [];
  const records: Type[] = [];
  let anyRecord = false;
  const demanded: Type[] = [];
  const inner: Constraints[] = [];
  for (const type of telling.flatMap((member) => {
    if (member.kind !== 'intersection') return [member];
    if (member.constraints) inner.push(member.constraints);
    return member.members;
  })) {
    if (isUnknown(type)) {
      if (hasConstraints(type)) demanded.push(type);
      continue;
    }
    if (type.kind === 'object') {
      objects.push(type);
      continue;
    }
    if (type.kind === 'record' && isUnknown(type.values)) {
      anyRecord = true;
      if (hasConstraints(type) || hasConstraints(type.values)) demanded.push(type);
      continue;
    }
    if (type.kind === 'record') {
      records.push(type);
      continue;
    }
    const key = keyOf(type);
    const before = seen.get(key);
    const known = before === undefined ? undefined : members[before];
    if (before !== undefined && known) members[before] = withBoth(known, type);
    else seen.set(key, members.push(type) - 1);
  }
  const [onlyRecord] = records;
  const rules: Constraints = { rules: [{ kind: 'all', types: demanded }] };
  const whole = (type: Type): Type =>
    restricted(type, demanded.length === 0 ? inner : [...inner, rules]);
  if (onlyRecord && members.length === 0 && objects.length === 0)
    return whole(records.length === 1 ? onlyRecord : { kind: 'intersection', members: records });
  // An index signature holds for all properties in TypeScript, also for those of the other parts.
  if (onlyRecord) objects.push({ kind: 'object', properties: [], rest: unknown });
  demanded.push(...records);
  if (objects.length > 0) members.push(merge(objects));
  else if (anyRecord && members.length === 0) return whole({ kind: 'record', values: unknown });
  const [first] = members;
  if (!first) return whole(unknown);
  return whole(members.length === 1 ? first : { kind: 'intersection', members });
}

function hasConstraints(type: Type): boolean {
  return 'constraints' in type && type.constraints !== undefined;
}

type ObjectType = Extract<Type, { readonly kind: 'object' }>;

function merge(objects: readonly ObjectType[]): ObjectType {
  const [only] = objects;
  if (only && objects.length === 1) return only;
  const properties = new Map<string, Property>();
  for (const property of objects.flatMap((object) => object.properties)) {
    const known = properties.get(property.name);
    properties.set(property.name, known ? both(known, property) : property);
  }
  const sorted = [...properties.values()].toSorted((a, b) => compare(a.name, b.name));
  const rest = objects.find((object) => object.rest)?.rest;
  const merged: ObjectType = rest
    ? { kind: 'object', properties: sorted, rest }
    : { kind: 'object', properties: sorted };
  const demands = objects.flatMap(({ constraints }) => constraints ?? []);
  if (demands.length === 0) return merged;
  const isWhole = objects.every((one) => isOwn(one, sorted.length));
  // It was an object before, and what is demanded besides does not change that.
  return (isWhole ? restricted(merged, demands) : knownBy(merged, 'all', objects)) as ObjectType;
}

/** Whether what an object says of further members is true of those of all parts: it names all of them. */
function isOwn({ constraints, properties }: ObjectType, members: number): boolean {
  const { closed, others, patterns } = constraints ?? {};
  return properties.length === members || (!closed && !others && !patterns);
}

function both(left: Property, right: Property): Property {
  const described = right.doc.summary === '' && right.doc.description === '' ? left.doc : right.doc;
  return {
    name: left.name,
    required: left.required || right.required,
    type: intersect([left.type, right.type]),
    doc: described,
  };
}

/** The type with each of its direct parts changed, and those of its rules; the same object where nothing changes. */
export function withParts(type: Type, change: (part: Type) => Type): Type {
  const own = 'constraints' in type ? type.constraints : undefined;
  if (!own) return withDirectParts(type, change);
  let isRuleChanged = false;
  const constraints = withRuleTypes(own, (before) => {
    const after = change(before);
    isRuleChanged ||= after !== before;
    return after;
  });
  const result = withDirectParts(type, change);
  return isRuleChanged ? withConstraints(result, constraints) : result;
}

const keys = new WeakMap<Type, string>();

/** Text that two types share exactly when they are structurally equal; documentation does not count. */
export function keyOf(type: Type): string {
  // Objects alone are large, and asked for again.
  if (type.kind !== 'object') return computeKey(type);
  const known = keys.get(type);
  if (known !== undefined) return known;
  const key = computeKey(type);
  keys.set(type, key);
  return key;
}

const interned = new Map<string, string>();

/** Keys of large types are replaced by a number, so that keys of what holds them stay short. */
function intern(key: string): string {
  if (key.length < 24) return key;
  const known = interned.get(key);
  if (known !== undefined) return known;
  const short = `#${interned.size}`;
  interned.set(key, short);
  return short;
}

function computeKey(type: Type): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'named':
      return `=${type.name}`;
    case 'literals':
      return intern(JSON.stringify(type.values));
    case 'array':
      return intern(`a(${keyOf(type.items)})`);
    case 'stream':
      return intern(`s(${keyOf(type.items)})`);
    case 'tuple':
      return intern(
        `t${type.required ?? ''}(${type.items.map(keyOf).join(',')};${type.rest ? keyOf(type.rest) : ''})`,
      );
    case 'record':
      return intern(`r(${keyOf(type.values)})`);
    case 'union':
      return intern(`u(${type.members.map(keyOf).join('|')})`);
    case 'intersection':
      return intern(`i(${type.members.map(keyOf).join('&')})`);
    case 'object': {
      // Its length tells where a name ends, whatever is in it.
      let members = '';
      for (const { name, required, type: inner } of type.properties)
        members += `${name.length}${required ? '=' : '?'}${name}:${keyOf(inner)};`;
      return intern(`o(${members}${type.rest ? keyOf(type.rest) : ''})`);
    }
  }
}
