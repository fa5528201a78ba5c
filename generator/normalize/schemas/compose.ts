import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Property, Type } from '../../ir/ir.ts';
import { type Context, isHidden, nested } from './context.ts';
import { noDoc } from '../../ir/doc.ts';
import {
  compare,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import { type Located, refOf } from '../references.ts';
import { intersect, literals, unite, unknown } from '../../ir/type.ts';

/** So many parts of a schema are looked at to find one of its properties. */
const most = 1000;

/** What `allOf`, `oneOf` and `anyOf` say: all parts hold at once. */
export function composed(schema: JsonObject, context: Context): readonly Type[] {
  const parts: Type[] = [];
  for (const [index, part] of listOf(own(schema, 'allOf')).entries())
    parts.push(nested(context, part, 'allOf', index));
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

/** `allOf: [{$ref}, {required: ['a']}]`: a part may demand what another part declares. */
export function demanded(schema: JsonObject, context: Context): Type {
  const parts = listOf(own(schema, 'allOf'));
  if (parts.length === 0) return unknown;
  const names = new Set(
    [schema, ...parts.filter((part) => refOf(part) === undefined)].flatMap(undeclared),
  );
  const properties = [...names].toSorted(compare).flatMap((name): readonly Property[] => {
    const here = { value: schema, pointer: context.pointer };
    const found = declaration(here, name, context, new Set());
    if (!found || isHidden(found.value, context.direction)) return [];
    const type = context.shared.typeOf(found.value, found.pointer, context.direction);
    return [{ name, type, required: true, doc: noDoc }];
  });
  return properties.length === 0 ? unknown : { kind: 'object', properties };
}

/** The names that a schema requires and does not declare itself. */
function undeclared(schema: unknown): readonly string[] {
  const declared = objectOf(own(objectOf(schema), 'properties'));
  return listOf(own(objectOf(schema), 'required')).filter(
    (name): name is string => typeof name === 'string' && !Object.hasOwn(declared, name),
  );
}

/** Where a property is declared: in the schema, or in what it is made of. */
function declaration(
  schema: Located,
  name: string,
  context: Context,
  seen: Set<unknown>,
): Located | undefined {
  const { value, pointer } = context.shared.references.follow(schema.value, schema.pointer);
  if (!isObject(value) || seen.has(value) || seen.size > most) return undefined;
  seen.add(value);
  const found = own(objectOf(own(value, 'properties')), name);
  if (found !== undefined)
    return { value: found, pointer: `${pointer}/properties${pointerTo(name)}` };
  for (const [index, part] of listOf(own(value, 'allOf')).entries()) {
    const inner = { value: part, pointer: `${pointer}/allOf/${index}` };
    const inherited = declaration(inner, name, context, seen);
    if (inherited) return inherited;
  }
  return undefined;
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
  return members.map((member) => {
    const target = refOf(member);
    if (target === undefined || fixes(member, property, context, new Set())) return undefined;
    const last = target.slice(target.lastIndexOf('/') + 1);
    const mapped = [...(values.get(target) ?? []), ...(values.get(last) ?? [])];
    return {
      kind: 'object',
      properties: [
        {
          name: property,
          required: true,
          doc: noDoc,
          type: literals(mapped.length > 0 ? mapped : [last]),
        },
      ],
    };
  });
}

/** Whether a schema itself says which values the discriminating property has. */
function fixes(schema: unknown, property: string, context: Context, seen: Set<unknown>): boolean {
  const { value } = context.shared.references.follow(schema, context.pointer);
  if (!isObject(value) || seen.has(value) || seen.size > most) return false;
  seen.add(value);
  const declared = context.shared.references.follow(
    own(objectOf(own(value, 'properties')), property),
    context.pointer,
  ).value;
  if (isObject(declared) && (Object.hasOwn(declared, 'const') || Object.hasOwn(declared, 'enum')))
    return true;
  return listOf(own(value, 'allOf')).some((part) => fixes(part, property, context, seen));
}
