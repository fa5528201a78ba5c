import type { Type } from '../ir.ts';
import { type Context, nested } from './context.ts';
import { noDoc } from './doc.ts';
import { isObject, type JsonObject, listOf, objectOf, own, sortedEntries, textOf } from './read.ts';
import { refOf } from './references.ts';
import { intersect, literals, unite, unknown } from './type.ts';

/** What `allOf`, `oneOf` and `anyOf` say: all parts hold at once. */
export function composed(schema: JsonObject, context: Context): readonly Type[] {
  const parts: Type[] = [];
  for (const [index, part] of listOf(own(schema, 'allOf')).entries())
    parts.push(nested(context, part, 'allOf', index));
  for (const key of ['oneOf', 'anyOf'] as const) {
    const members = listOf(own(schema, key));
    if (members.length === 0 || members.every(saysNothing)) continue;
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
  const mapping = sortedEntries(own(discriminator, 'mapping'));
  return members.map((member) => {
    const target = refOf(member);
    if (target === undefined || fixes(member, property, context, 0)) return undefined;
    const last = target.slice(target.lastIndexOf('/') + 1);
    const mapped = mapping
      .filter(
        ([, to]) =>
          to === last || (typeof to === 'string' && to.startsWith('#') && to.slice(1) === target),
      )
      .map(([value]) => value);
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
function fixes(schema: unknown, property: string, context: Context, depth: number): boolean {
  const { value } = context.shared.references.follow(schema, context.pointer);
  if (!isObject(value) || depth > 10) return false;
  const declared = context.shared.references.follow(
    own(objectOf(own(value, 'properties')), property),
    context.pointer,
  ).value;
  if (isObject(declared) && (Object.hasOwn(declared, 'const') || Object.hasOwn(declared, 'enum')))
    return true;
  return listOf(own(value, 'allOf')).some((part) => fixes(part, property, context, depth + 1));
}
