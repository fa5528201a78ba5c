import { type ApiPairing, pairApiOperations } from '../diff/api/pair.ts';
import { type Declared, declaredBy } from '../diff/types/declared.ts';
import type { ApiDescription, Operation, Type } from '../ir/ir.ts';
import { declaredNames } from '../ir/operation.ts';

/** What code that used the old package is to use instead, as far as there is one answer. */
export interface Successors {
  /** Functions, and builders of the same names: the old name → the new one, and its group. */
  readonly functions: ReadonlyMap<string, MovedFunction>;
  /** Types: the old name → the new one. */
  readonly types: ReadonlyMap<string, string>;
  /** By the old name of a type: its members that are called otherwise. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Groups all of whose operations are in one other group now. */
  readonly groups: ReadonlyMap<string, string>;
  /** The group in which a name of the old package was, where it is declared in one. */
  readonly oldHomes: ReadonlyMap<string, string>;
  /** The group in which such a name is now. */
  readonly homes: ReadonlyMap<string, string>;
}

export interface MovedFunction {
  readonly name: string;
  readonly oldGroup: string;
  readonly group: string;
  readonly isBatchable: boolean;
}

/** Finds what has a sure successor: operations by operationId or route, their types, path parameters. */
export function successorsOf(old: ApiDescription, now: ApiDescription): Successors {
  const pairing = pairApiOperations(old, now);
  const { pairs } = pairing;
  const functions = new Map(
    pairs.map(([from, to]) => [
      from.name,
      {
        name: to.name,
        oldGroup: from.group,
        group: to.group,
        isBatchable: from.batch !== undefined && to.batch !== undefined,
      },
    ]),
  );
  const homes = new Map(
    pairs.flatMap(([from, to]) =>
      [from.name, ...declaredNames(from)].map((name) => [name, to.group] as const),
    ),
  );
  return {
    functions,
    types: typesOf(pairing, declaredBy(old), declaredBy(now)),
    members: new Map(pairs.flatMap(([from, to]) => membersOf(from, to))),
    groups: groupsOf(pairs, now),
    oldHomes: new Map(
      old.groups.flatMap(({ name, operations }) =>
        operations.flatMap((each) => declaredNames(each).map((type) => [type, name] as const)),
      ),
    ),
    homes,
  };
}

type Pairs = ApiPairing['pairs'];

function groupsOf(pairs: Pairs, now: ApiDescription): ReadonlyMap<string, string> {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    const known = targets.get(from.group);
    if (known) known.add(to.group);
    else targets.set(from.group, new Set([to.group]));
  }
  const present = new Set(now.groups.map(({ name }) => name));
  return new Map(
    [...targets].flatMap(([group, [only = group, ...others]]) =>
      others.length === 0 && only !== group && !present.has(group) ? [[group, only]] : [],
    ),
  );
}

/** Path parameters follow each other by their places, all others by their names on the wire. */
function membersOf(
  from: Operation,
  to: Operation,
): readonly (readonly [string, ReadonlyMap<string, string>])[] {
  const names = new Map<string, string>();
  const inPath = ({ path }: Operation): readonly string[] =>
    path.flatMap((part) => (typeof part === 'string' ? [] : [part.param.key]));
  const next = inPath(to);
  const before = inPath(from);
  if (before.length === next.length)
    for (const [index, key] of before.entries()) names.set(key, next[index] ?? key);
  for (const param of from.params) {
    const same = to.params.find((each) => each.in === param.in && each.name === param.name);
    if (param.in !== 'path' && same) names.set(param.key, same.key);
  }
  if (from.body && to.body) names.set(from.body.key, to.body.key);
  const renamed = [...names].filter(([key, other]) => key !== other);
  return renamed.length > 0 ? [[from.types.input, new Map(renamed)]] : [];
}

/** Types of operations by what they are to them; shared ones by where they stand in those. */
function typesOf({ pairs }: ApiPairing, before: Declared, after: Declared): Map<string, string> {
  const found = new Map<string, Set<string>>();
  const vote = (old: string, now: string): boolean => {
    const known = found.get(old);
    if (known?.has(now)) return false;
    if (known) known.add(now);
    else found.set(old, new Set([now]));
    return true;
  };
  const walk = (old: string, now: string): void => {
    if (!vote(old, now)) return;
    const from = before.get(old)?.type;
    const to = after.get(now)?.type;
    if (from && to) walkTypes(from, to, walk);
  };
  for (const [from, to] of pairs)
    for (const kind of [
      'input',
      'body',
      'item',
      'response',
      'event',
      'answers',
      'contentType',
    ] as const)
      if (before.has(from.types[kind]) && after.has(to.types[kind]))
        walk(from.types[kind], to.types[kind]);
  const claimed = new Map<string, number>();
  for (const [old, [only = old, ...others]] of found)
    if (others.length === 0 && only !== old) claimed.set(only, (claimed.get(only) ?? 0) + 1);
  return new Map(
    [...found].flatMap(([old, [only = old, ...others]]) =>
      // A type that stayed, or that several became, has no one successor.
      others.length === 0 && only !== old && claimed.get(only) === 1 && !after.has(old)
        ? [[old, only]]
        : [],
    ),
  );
}

/** Visits the names that stand in the same place of two types. */
function walkTypes(from: Type, to: Type, visit: (old: string, now: string) => void): void {
  if (from.kind === 'named' && to.kind === 'named') return visit(from.name, to.name);
  const parts = partsOf(to);
  for (const [way, part] of partsOf(from)) {
    const other = parts.get(way);
    if (other) walkTypes(part, other, visit);
  }
}

function partsOf(type: Type): ReadonlyMap<string, Type> {
  switch (type.kind) {
    case 'array':
    case 'stream':
      return new Map([['items', type.items]]);
    case 'record':
      return new Map([['values', type.values]]);
    case 'tuple':
      return new Map(type.items.map((item, index) => [`${index}`, item]));
    case 'object':
      return new Map(type.properties.map((property) => [`.${property.name}`, property.type]));
    case 'union':
    case 'intersection':
      return unionParts(type.members);
    case 'scalar':
    case 'literals':
    case 'named':
      return new Map();
  }
}

/** Of a union only the one member that is not a scalar has a place: `Pet | null`. */
function unionParts(members: readonly Type[]): ReadonlyMap<string, Type> {
  const [only, ...others] = members.filter(({ kind }) => kind !== 'scalar' && kind !== 'literals');
  return new Map(only && others.length === 0 ? [['one', only]] : []);
}
