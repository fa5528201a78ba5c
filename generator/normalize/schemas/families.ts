import { pointer as pointerTo } from '../../json/pointer.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import { refOf } from '../references.ts';

/**
 * Schemas that extend a base with a discriminator by `allOf`. Where such a base is used, a value is
 * one of what extends it (OpenAPI 3.0, Discriminator Object; Swagger 2.0, Schema Object).
 */
export interface Families {
  /** The schemas that extend one directly, and itself where it is a value, too. */
  membersOf(pointer: string): Members | undefined;
  /** The property that tells a schema from the others of its family, and its values there. */
  tagOf(pointer: string): Tag | undefined;
}

export interface Members {
  readonly pointers: readonly string[];
  /** Whether a value may be of the base itself. */
  readonly withBase: boolean;
}

export interface Tag {
  readonly property: string;
  readonly values: readonly string[];
}

/** A union of more members helps no one, and takes compilers long. */
const mostMembers = 250;

interface Root {
  readonly property: string;
  readonly mapping: ReadonlyMap<string, readonly string[]>;
}

export function familiesOf(document: JsonObject): Families {
  const schemas = new Map(
    sortedEntries(own(objectOf(own(document, 'components')), 'schemas')).map(
      ([name, schema]) =>
        [pointerTo('components', 'schemas', name), { name, schema: objectOf(schema) }] as const,
    ),
  );
  const extenders = new Map<string, string[]>();
  for (const [pointer, { schema }] of schemas)
    for (const part of listOf(own(schema, 'allOf'))) {
      const target = refOf(part);
      if (target === undefined || target === pointer) continue;
      const known = extenders.get(target);
      if (known) known.push(pointer);
      else extenders.set(target, [pointer]);
    }
  const members = new Map<string, Members>();
  const tags = new Map<string, Tag>();
  for (const [pointer, { schema }] of schemas) {
    const root = rootOf(schema);
    if (!root || !extenders.has(pointer)) continue;
    const open = [pointer];
    const seen = new Set(open);
    const tag = (place: string): Tag => {
      const { name = '', schema: own = {} } = schemas.get(place) ?? {};
      return { property: root.property, values: root.mapping.get(place) ?? [valueOf(own, name)] };
    };
    for (let base = open.pop(); base !== undefined; base = open.pop()) {
      const found = (extenders.get(base) ?? []).filter(
        (place) =>
          !seen.has(place) &&
          (root.mapping.has(place) ||
            extenders.has(place) ||
            addsSomething(schemas.get(place)?.schema ?? {})),
      );
      if (found.length > mostMembers) continue;
      for (const place of found) {
        seen.add(place);
        open.push(place);
        if (!tags.has(place)) tags.set(place, tag(place));
      }
      const withBase = base !== pointer || root.mapping.has(base);
      if (found.length > 0 && !members.has(base)) members.set(base, { pointers: found, withBase });
      if (base === pointer && withBase && !tags.has(base)) tags.set(base, tag(base));
    }
  }
  return { membersOf: (pointer) => members.get(pointer), tagOf: (pointer) => tags.get(pointer) };
}

/** What a schema says as the base of others; one that names its alternatives itself says enough. */
function rootOf(schema: JsonObject): Root | undefined {
  const discriminator = objectOf(own(schema, 'discriminator'));
  const property = textOf(own(discriminator, 'propertyName'));
  if (property === '' || own(schema, 'oneOf') || own(schema, 'anyOf')) return undefined;
  const mapping = new Map<string, string[]>();
  for (const [value, to] of sortedEntries(own(discriminator, 'mapping'))) {
    const text = textOf(to);
    const target = text.startsWith('#')
      ? text.slice(1)
      : pointerTo('components', 'schemas', text.slice(text.lastIndexOf('/') + 1));
    const known = mapping.get(target);
    if (known) known.push(value);
    else mapping.set(target, [value]);
  }
  return { property, mapping };
}

function valueOf(schema: JsonObject, name: string): string {
  const said = own(schema, 'x-ms-discriminator-value') ?? own(schema, 'x-discriminator-value');
  return textOf(said) || name;
}

/** An alias with a description of its own is no other schema. */
function addsSomething(schema: JsonObject): boolean {
  return (
    listOf(own(schema, 'allOf')).length > 1 ||
    Object.keys(schema).some((key) =>
      [
        'type',
        'properties',
        'required',
        'additionalProperties',
        'discriminator',
        'x-ms-discriminator-value',
        'x-discriminator-value',
      ].includes(key),
    )
  );
}
