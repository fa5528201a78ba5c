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
import { intersect, literals, unite, unknown } from '../../ir/type.ts';

/** So many parts of a schema are looked at to find one of its properties. */
const most = 1000;

/** What `allOf`, `oneOf` and `anyOf` say: all parts hold at once. */
export function composed(schema: JsonObject, context: Context): readonly Type[] {
  const parts: Type[] = [];
  const { families } = context.shared;
  const isMember = families.tagOf(context.pointer) !== undefined;
  for (const [index, part] of listOf(own(schema, 'allOf')).entries()) {
    const target = isMember ? refOf(part) : undefined;
    parts.push(
      target !== undefined && families.membersOf(target)
        ? context.shared.declareBase(target, context.direction)
        : nested(context, part, 'allOf', index),
    );
  }
  for (const key of ['oneOf', 'anyOf'] as const) {
    const members = listOf(own(schema, key));
    if (members.every(saysNothing)) continue;
    const tags = tagsOf(schema, members, context);
    parts.push(
      unite(
        members.map((member, index) =>
          intersect([nested(context, member, key, index), tags[index] ?? unknown]),
        ),
      ),
    );
  }
  return parts;
}

/** `anyOf: [{required: ['a']}, {required: ['b']}]` restricts values, and no type can say it well. */
function saysNothing(member: unknown): boolean {
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
    if (own?.property === property && tags.every((tag) => own.values.includes(tag)))
      return undefined;
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
