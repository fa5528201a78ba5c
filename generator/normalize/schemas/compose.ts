import type { Type } from '../../ir/ir.ts';
import { type Context, nested } from './context.ts';
import { noDoc } from '../../ir/doc.ts';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import { knownBy } from '../../ir/constraints.ts';
import { saysMore } from './rules.ts';
import { partsOf } from '../../ir/parts.ts';
import { intersect, isUnknown, literals, unite, unknown } from '../../ir/type.ts';

/** So many parts of a schema are looked at to find one of its properties. */
const most = 1000;

/** What `allOf`, `oneOf` and `anyOf` say: all parts hold at once. */
export function composed(schema: JsonObject, context: Context): readonly Type[] {
  const parts: Type[] = [];
  const { families } = context.shared;
  const all = listOf(own(schema, 'allOf'));
  const isMember = all.length > 0 && families.tagOf(context.pointer) !== undefined;
  for (const [index, part] of all.entries()) {
    const target = isMember ? refOf(part) : undefined;
    parts.push(
      target !== undefined && families.membersOf(target)
        ? context.shared.declareBase(target, context.direction)
        : nested(context, part, 'allOf', index),
    );
  }
  for (const key of ['oneOf', 'anyOf'] as const) {
    const members = listOf(own(schema, key));
    if (members.length === 0) continue;
    // No type can say well what only restricts values.
    const isRule = members.every(onlyRestricts);
    const tags = tagsOf(schema, members, context);
    const types = members.map((member, index) =>
      intersect([
        nested(isRule ? { ...context, isExact: true } : context, member, key, index),
        tags[index] ?? unknown,
      ]),
    );
    const type = isRule ? unknown : unite(types);
    const hasTags = own(schema, 'discriminator') !== undefined;
    const kind = key === 'anyOf' || hasTags || areApart(types) ? 'any' : 'one';
    const isSaid = kind === 'any' && !isRule && isUnion(type, types);
    parts.push(isSaid ? type : knownBy(type, kind, types));
  }
  return parts;
}

/** Whether a union says all that its members say. */
function isUnion(type: Type, members: readonly Type[]): boolean {
  if (isUnknown(type)) return members.some((one) => isUnknown(one) && !saysMore(one));
  const flat = type.kind === 'union' ? new Set(type.members) : new Set([type]);
  return members
    .flatMap((one) => (one.kind === 'union' && !one.constraints ? one.members : [one]))
    .every((one) => flat.has(one) || !hasConstraints(one));
}

function hasConstraints(type: Type): boolean {
  return (
    partsOf(type).some(hasConstraints) || ('constraints' in type && type.constraints !== undefined)
  );
}

/** Whether no value is of two types, as their kinds alone tell. */
function areApart(types: readonly Type[]): boolean {
  const kinds = types.flatMap(kindsOf);
  return !kinds.includes('any') && new Set(kinds).size === kinds.length;
}

function kindsOf(type: Type): readonly string[] {
  switch (type.kind) {
    case 'scalar':
      return [type.name === 'unknown' ? 'any' : type.name];
    case 'literals':
      return [...new Set(type.values.map((value) => (value === null ? 'null' : typeof value)))];
    case 'array':
    case 'tuple':
      return ['array'];
    case 'object':
    case 'record':
      return ['object'];
    case 'union':
      return [...new Set(type.members.flatMap(kindsOf))];
    case 'intersection':
    case 'named':
    case 'stream':
      return ['any'];
  }
}

/** `anyOf: [{required: ['a']}, {required: ['b']}]` restricts values. */
function onlyRestricts(member: unknown): boolean {
  return (
    isObject(member) &&
    Object.keys(member).every((key) =>
      ['required', 'description', 'title', 'not', 'example'].includes(key),
    )
  );
}

/** `{ kind: 'cat' }` for each member of a union with a discriminator. */
function tagsOf(
  schema: JsonObject,
  members: readonly unknown[],
  context: Context,
): readonly (Type | undefined)[] {
  const discriminator = objectOf(own(schema, 'discriminator'));
  const property = textOf(own(discriminator, 'propertyName'));
  if (property === '') return [];
  const values = new Map<string, string[]>();
  for (const [value, to] of sortedEntries(own(discriminator, 'mapping'))) {
    const target = textOf(to).replace(/^#/, '');
    const known = values.get(target);
    if (known) known.push(value);
    else values.set(target, [value]);
  }
  const rest = textOf(own(discriminator, 'defaultMapping')).replace(/^#/, '');
  return members.map((member) => {
    const target = refOf(member);
    if (target === undefined) return undefined;
    const last = target.slice(target.lastIndexOf('/') + 1);
    // It has every value that no other member has, and none at all (OpenAPI 3.2, Discriminator Object).
    if (rest === target || rest === last) return undefined;
    const mapped = [...(values.get(target) ?? []), ...(values.get(last) ?? [])];
    const tags = mapped.length > 0 ? mapped : [last];
    const own = context.shared.families.tagOf(target);
    if (own?.property === property) {
      // What a member has from its family stands: no value would have another besides.
      const agreed = tags.filter((tag) => own.values.includes(tag)).length;
      if (agreed === 0 || agreed === tags.length) return undefined;
    }
    if (!addsTo(valuesOf(member, property, context, new Set()), tags)) return undefined;
    return tagType(property, tags);
  });
}

/** What a member of a family says of itself, where its own schema does not say it. */
export function tagged(pointer: string, context: Context): Type {
  const tag = context.shared.families.tagOf(pointer);
  if (!tag) return unknown;
  const own = valuesOf({ $ref: `#${pointer}` }, tag.property, context, new Set());
  return addsTo(own, tag.values) ? tagType(tag.property, tag.values) : unknown;
}

function tagType(name: string, values: readonly string[]): Type {
  return {
    kind: 'object',
    properties: [{ name, required: true, doc: noDoc, type: literals(values) }],
  };
}

/** Whether values for a tag say more than a member says itself, and do not contradict it. */
function addsTo(own: readonly unknown[] | undefined, tags: readonly string[]): boolean {
  return own === undefined || (own.length > tags.length && tags.every((tag) => own.includes(tag)));
}

/** The values that a schema itself has for a property, where it says so. */
function valuesOf(
  schema: unknown,
  property: string,
  context: Context,
  seen: Set<unknown>,
): readonly unknown[] | undefined {
  const { references } = context.shared;
  const { value } = references.follow(schema, context.pointer);
  if (!isObject(value) || seen.has(value) || seen.size > most) return undefined;
  seen.add(value);
  let found = enumOf(own(objectOf(own(value, 'properties')), property), context);
  for (const part of listOf(own(value, 'allOf'))) {
    const inherited = valuesOf(part, property, context, seen);
    // All parts hold: the value is one of the fewest.
    if (inherited && (!found || inherited.length < found.length)) found = inherited;
  }
  return found;
}

function enumOf(schema: unknown, context: Context, depth = 0): readonly unknown[] | undefined {
  const { value } = context.shared.references.follow(schema, context.pointer);
  if (!isObject(value) || depth > 5) return undefined;
  if (Object.hasOwn(value, 'const')) return [value['const']];
  if (Array.isArray(value['enum'])) return value['enum'];
  for (const part of listOf(own(value, 'allOf'))) {
    const found = enumOf(part, context, depth + 1);
    if (found) return found;
  }
  return undefined;
}
