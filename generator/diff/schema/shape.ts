import { isObject, type JsonObject, own } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import type { Node } from '../node.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';
import type { Conjunction } from './conjunction.ts';

/** The kinds of JSON values. An integer is a number that says so. */
export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const kinds: readonly Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** An alternative as far as it speaks of values of one kind. */
export interface Typed extends Alternative {
  readonly kind: Kind;
  /** Of numbers: whether only whole ones. */
  readonly integer: boolean;
  /** The only values of this kind, where they are listed. */
  readonly values: readonly unknown[] | undefined;
  /** Whether this kind follows from the absence of a type. */
  readonly untyped: boolean;
}

/** What values a schema lets pass, by their kind. */
export type Shape = ReadonlyMap<Kind, readonly Typed[]>;

export function shapeOf(schemas: Conjunction): Shape {
  const shape = new Map<Kind, Typed[]>();
  for (const alternative of alternativesOf(schemas))
    for (const typed of typedOf(alternative)) {
      const list = shape.get(typed.kind);
      if (!list) shape.set(typed.kind, [typed]);
      else if (!list.some((known) => isSame(known, typed))) list.push(typed);
    }
  return new Map([...shape].map(([kind, list]) => [kind, withJoinedValues(list)]));
}

/** Variants that list values are one list of values, as an enum is. */
function withJoinedValues(list: readonly Typed[]): readonly Typed[] {
  const isList = ({ kind, values }: Typed): boolean => values !== undefined && kind !== 'object';
  const [first, ...others] = list.filter(isList);
  if (!first || others.length === 0) return list;
  const joined = [...new Set([first, ...others].flatMap((each) => each.values ?? []))];
  const values = listsAll(first.kind, joined) ? undefined : joined;
  return [...list.filter((each) => !isList(each)), { ...first, values }];
}

/** The kinds of a shape as a document would list them, for messages. */
export function typeText(shape: Shape): string {
  if (kinds.every((kind) => shape.get(kind)?.every(({ untyped }) => untyped))) return 'any type';
  const names = kinds.flatMap((kind) => {
    const list = shape.get(kind);
    if (!list) return [];
    return kind === 'number' && list.every(({ integer }) => integer) ? ['integer'] : [kind];
  });
  return names.length === 0 ? 'nothing' : names.join(' or ');
}

function isSame(a: Typed, b: Typed): boolean {
  return (
    a.kind === 'null' ||
    (a.schemas.length === b.schemas.length &&
      a.schemas.every((node, index) => node === b.schemas[index]))
  );
}

function typedOf(alternative: Alternative): readonly Typed[] {
  const { schemas } = alternative;
  if (schemas.some(({ value }) => value === false)) return [];
  const said = saidTypes(schemas);
  const listed = listedValues(schemas);
  const found: Typed[] = [];
  for (const kind of kinds) {
    const values = listed?.filter((value) => kindOf(value) === kind);
    const type = said.types.get(kind);
    if (!type) continue;
    if (values?.length === 0 && !(kind === 'null' && said.nullable)) continue;
    found.push({
      ...alternative,
      kind,
      integer: type.integer || (kind === 'number' && isWhole(schemas)),
      values: listsAll(kind, values) ? undefined : values,
      untyped: said.untyped && !listed,
    });
  }
  return found;
}

/** A list of all values there are says nothing. */
function listsAll(kind: Kind, listed: readonly unknown[] | undefined): boolean {
  return (
    kind === 'null' ||
    (kind === 'boolean' && listed?.includes(true) === true && listed.includes(false))
  );
}

/** Whether a number is an integer, as `multipleOf: 1` says it. */
function isWhole(schemas: Conjunction): boolean {
  return schemas.some(({ value }) => isObject(value) && own(value, 'multipleOf') === 1);
}

interface SaidTypes {
  readonly types: ReadonlyMap<Kind, { readonly integer: boolean }>;
  readonly untyped: boolean;
  /** Whether OpenAPI 3.0's `nullable` lets null pass, whatever an enum lists. */
  readonly nullable: boolean;
}

function saidTypes(schemas: Conjunction): SaidTypes {
  let types = new Map(kinds.map((kind) => [kind, { integer: false }]));
  let typed = false;
  let nullable = false;
  for (const { value } of schemas) {
    if (!isObject(value)) continue;
    nullable ||= own(value, 'nullable') === true || own(value, 'x-nullable') === true;
    const names = typeNames(value);
    if (!names) continue;
    typed = true;
    types = new Map(
      [...types].flatMap(([kind, { integer }]) => {
        if (names.has(kind)) return [[kind, { integer }]];
        return kind === 'number' && names.has('integer') ? [[kind, { integer: true }]] : [];
      }),
    );
  }
  const implied = typed ? undefined : impliedKind(schemas);
  if (implied) types = new Map([[implied, { integer: false }]]);
  if (nullable) types.set('null', { integer: false });
  return { types, untyped: !typed && !implied, nullable };
}

function typeNames(schema: JsonObject): ReadonlySet<string> | undefined {
  const type = own(schema, 'type');
  if (typeof type === 'string') return new Set([type === 'file' ? 'string' : type]);
  if (!Array.isArray(type)) return undefined;
  return new Set(type.filter((name) => typeof name === 'string'));
}

const familyOf = new Map<string, Kind>([
  ...[
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'minProperties',
    'maxProperties',
    'propertyNames',
    'dependentRequired',
    'dependentSchemas',
    'discriminator',
  ].map((name) => [name, 'object'] as const),
  ...['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'].map(
    (name) => [name, 'array'] as const,
  ),
  ...['minLength', 'maxLength', 'pattern'].map((name) => [name, 'string'] as const),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map(
    (name) => [name, 'number'] as const,
  ),
]);

/** The kind that the author of an untyped schema meant: the only one that its keywords speak of. */
function impliedKind(schemas: Conjunction): Kind | undefined {
  const found = new Set<Kind>();
  for (const { value } of schemas) {
    if (!isObject(value)) continue;
    for (const name of Object.keys(value)) {
      const kind = familyOf.get(name);
      if (kind) found.add(kind);
    }
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** The values that every `enum` and `const` lets pass; undefined where there is none. */
function listedValues(schemas: Conjunction): readonly unknown[] | undefined {
  let listed: readonly unknown[] | undefined;
  for (const { value } of schemas) {
    if (!isObject(value)) continue;
    const here = ownList(value);
    if (!here) continue;
    listed = listed ? intersection(listed, here) : here;
  }
  return listed;
}

function ownList(schema: JsonObject): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [own(schema, 'const')];
  const list = own(schema, 'enum');
  return Array.isArray(list) ? list : undefined;
}

function intersection(a: readonly unknown[], b: readonly unknown[]): readonly unknown[] {
  const known = new Set(b.filter((value) => typeof value !== 'object'));
  const others = b.filter((value) => typeof value === 'object');
  return a.filter((value) => known.has(value) || others.some((other) => equal(other, value)));
}

export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'string' : 'object';
}

/** Where a keyword of some schemas is written, else where the last of them is. */
export function placeOf(schemas: Conjunction): Node | undefined {
  return schemas.at(-1);
}
