import { type Diagnostics, pointer as pointerTo } from '../diagnostics.ts';
import type { Doc, Literal, NamedType, Property, Type } from '../ir.ts';
import { docOf, noDoc } from './doc.ts';
import { type Names, pascalCase } from './names.ts';
import { isObject, type JsonObject, listOf, objectOf, own, sortedEntries, textOf } from './read.ts';
import { type References, refOf } from './references.ts';
import { intersect, isUnknown, literals, scalar, unite, unknown } from './type.ts';

/** Whether a value is sent or received: `readOnly` properties are not sent, `writeOnly` ones not received. */
export type Direction = 'input' | 'result';

/** Schemas to types. A schema behind a reference becomes a named type, converted once. */
export interface Schemas {
  typeOf(schema: unknown, pointer: string, direction: Direction): Type;
  /** What a named type stands for. */
  resolve(type: Type): Type;
  /** All named types, once every operation was read. */
  named(): readonly NamedType[];
}

interface Declared {
  readonly name: string;
  readonly doc: Doc;
  type?: Type;
}

/** What converting one schema needs: where it stands, and how to go on with those inside it. */
interface Context {
  readonly shared: Shared;
  readonly direction: Direction;
  readonly pointer: string;
}

interface Shared {
  readonly diagnostics: Diagnostics;
  readonly references: References;
  readonly typeOf: (schema: unknown, pointer: string, direction: Direction) => Type;
  readonly declare: (pointer: string, direction: Direction) => Type;
}

/** The type of a schema that stands under `key`, or under the `name` there. */
function nested(context: Context, schema: unknown, key: string, name?: string | number): Type {
  const place =
    name === undefined
      ? `${context.pointer}/${key}`
      : `${context.pointer}/${key}${pointerTo(name)}`;
  return context.shared.typeOf(schema, place, context.direction);
}

/** Nothing that a person wrote is nested deeper; what is deeper is a type of its own or no type at all. */
const deepest = 150;

export function schemas(
  references: References,
  document: JsonObject,
  names: Names,
  differs: (pointer: string) => boolean,
  diagnostics: Diagnostics,
): Schemas {
  const declared = new Map<string, Declared>();
  const byName = new Map<string, Declared>();
  const pending: (() => void)[] = [];
  const components = componentNames(document, names);
  let depth = 0;

  const declare = (pointer: string, direction: Direction): Type => {
    const variant = direction === 'input' && differs(pointer) ? 'Input' : '';
    const key = `${variant}${pointer}`;
    const known = declared.get(key);
    if (known) return { kind: 'named', name: known.name };
    const value = references.at(pointer);
    const component = components.get(pointer);
    const wanted = (component ?? nameOf(pointer)) + variant;
    const name =
      component !== undefined && variant === '' ? component : names.claim(wanted, `${wanted}Model`);
    const entry: Declared = { name, doc: docOf(objectOf(value)) };
    declared.set(key, entry);
    byName.set(entry.name, entry);
    pending.push(() => {
      entry.type ??= convertTop(value, pointer, direction);
    });
    return { kind: 'named', name: entry.name };
  };

  const convertTop = (schema: unknown, pointer: string, direction: Direction): Type => {
    const before = depth;
    depth = 0;
    const type = typeOf(schema, pointer, direction);
    depth = before;
    return type;
  };

  const typeOf = (schema: unknown, pointer: string, direction: Direction): Type => {
    if (schema === true || schema === undefined) return unknown;
    if (schema === false) return scalar('never');
    if (!isObject(schema)) {
      diagnostics.warning(
        'schema/not-a-schema',
        'A schema is an object or a boolean; this becomes `unknown`.',
        { pointer },
      );
      return unknown;
    }
    if (depth >= deepest) {
      diagnostics.warning(
        'schema/too-deep',
        `Schemas nested deeper than ${deepest} levels become \`unknown\`.`,
        { pointer, hint: 'Move inner parts to components and refer to them.' },
      );
      return unknown;
    }
    depth += 1;
    const type = nullable(schema, convert(schema, { shared, direction, pointer }));
    depth -= 1;
    return type;
  };

  const drain = (): void => {
    for (let task = pending.pop(); task; task = pending.pop()) task();
  };

  const shared: Shared = { diagnostics, references, typeOf, declare };

  return {
    typeOf: convertTop,
    resolve: (type) => {
      let found = type;
      for (let hops = 0; found.kind === 'named' && hops < 100; hops += 1) {
        drain();
        found = byName.get(found.name)?.type ?? unknown;
      }
      return found;
    },
    named: () => {
      for (const pointer of components.keys()) declare(pointer, 'result');
      drain();
      return [...declared.values()].map(({ name, doc, type }) => ({
        name,
        doc,
        type: type ?? unknown,
      }));
    },
  };
}

/** Components come first: the name that the document gives is the name that people look for. */
function componentNames(document: JsonObject, names: Names): ReadonlyMap<string, string> {
  const declared = sortedEntries(own(objectOf(own(document, 'components')), 'schemas'));
  return new Map(
    declared.map(([key]) => {
      const wanted = pascalCase(key) || 'Schema';
      return [pointerTo('components', 'schemas', key), names.claim(wanted, `${wanted}Model`)];
    }),
  );
}

/** `#/components/schemas/pet` → `Pet`; for a reference elsewhere into the document, its last words. */
function nameOf(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.at(-1) ?? '';
  if (keys.length <= 3 && keys[0] === 'components') return pascalCase(last) || 'Schema';
  const telling = keys.filter(
    (key) =>
      !/^(paths|components|schemas|properties|content|schema|application.*|definitions|\d+)$/.test(
        key,
      ),
  );
  return pascalCase(telling.slice(-3).join(' ')) || pascalCase(last) || 'Schema';
}

function nullable(schema: JsonObject, type: Type): Type {
  return own(schema, 'nullable') === true && own(schema, '$ref') === undefined
    ? unite([type, scalar('null')])
    : type;
}

/**
 * What a schema says, keyword by keyword. All that apply hold at once, as JSON Schema has it;
 * the first group that settles the matter ends the search.
 */
function convert(schema: JsonObject, context: Context): Type {
  const target = refOf(schema);
  if (target !== undefined) return reference(schema, target, context);
  if (Object.hasOwn(schema, 'const')) return constant(own(schema, 'const'));
  const values = own(schema, 'enum');
  if (Array.isArray(values) && values.length > 0) return enumeration(values, schema);
  const parts = [...composed(schema, context), base(schema, context)];
  return intersect(parts);
}

function reference(schema: JsonObject, target: string, context: Context): Type {
  if (context.shared.references.at(target) === undefined) {
    context.shared.diagnostics.warning(
      'schema/unresolved-ref',
      `Nothing stands under \`#${target}\`; it becomes \`unknown\`.`,
      { pointer: context.pointer },
    );
    return unknown;
  }
  const named = context.shared.declare(target, context.direction);
  const { $ref: _, ...siblings } = schema;
  const structural = ['properties', 'allOf', 'oneOf', 'anyOf', 'required'].some((key) =>
    Object.hasOwn(siblings, key),
  );
  return structural ? intersect([named, convert(siblings, context)]) : named;
}

function constant(value: unknown): Type {
  return isLiteral(value) ? literals([value]) : unknown;
}

function enumeration(values: readonly unknown[], schema: JsonObject): Type {
  const type = own(schema, 'type');
  const wanted = values
    .filter(isLiteral)
    .map((value) => (type === 'string' && value !== null ? String(value) : value));
  return wanted.length === values.length ? literals(wanted) : unknown;
}

function isLiteral(value: unknown): value is Literal {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

function composed(schema: JsonObject, context: Context): readonly Type[] {
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

/** What `type` and the keywords that belong to it say. */
function base(schema: JsonObject, context: Context): Type {
  const type = own(schema, 'type');
  if (Array.isArray(type)) return unite(type.map((one) => typed(String(one), schema, context)));
  if (typeof type === 'string') return typed(type, schema, context);
  if (
    ['properties', 'additionalProperties', 'patternProperties', 'required'].some((key) =>
      Object.hasOwn(schema, key),
    )
  )
    return typed('object', schema, context);
  if (['items', 'prefixItems'].some((key) => Object.hasOwn(schema, key)))
    return typed('array', schema, context);
  return unknown;
}

function typed(type: string, schema: JsonObject, context: Context): Type {
  switch (type) {
    case 'string':
      return own(schema, 'format') === 'binary' ? scalar('binary') : scalar('string');
    case 'integer':
    case 'number':
      return scalar('number');
    case 'boolean':
      return scalar('boolean');
    case 'null':
      return scalar('null');
    case 'file':
      return scalar('binary');
    case 'array':
      return array(schema, context);
    case 'object':
      return object(schema, context);
    default:
      context.shared.diagnostics.warning(
        'schema/unknown-type',
        `There is no type \`${type.slice(0, 40)}\`; it becomes \`unknown\`.`,
        { pointer: context.pointer },
      );
      return unknown;
  }
}

function array(schema: JsonObject, context: Context): Type {
  const prefix = listOf(own(schema, 'prefixItems'));
  const items = own(schema, 'items');
  if (prefix.length === 0) return { kind: 'array', items: nested(context, items, 'items') };
  const rest = items === false ? undefined : nested(context, items, 'items');
  return {
    kind: 'tuple',
    items: prefix.map((item, index) => nested(context, item, 'prefixItems', index)),
    rest,
  };
}

function object(schema: JsonObject, context: Context): Type {
  const required = new Set(listOf(own(schema, 'required')));
  const entries = sortedEntries(own(schema, 'properties'));
  const properties: Property[] = [];
  for (const [name, value] of entries) {
    const hidden =
      objectOf(value)[context.direction === 'input' ? 'readOnly' : 'writeOnly'] === true;
    if (hidden) continue;
    const type = nested(context, value, 'properties', name);
    properties.push({ name, type, required: required.has(name), doc: docOf(objectOf(value)) });
  }
  const named = new Set(entries.map(([name]) => name));
  for (const name of required) {
    if (typeof name !== 'string' || named.has(name) || context.direction === 'input') continue;
    properties.push({ name, type: unknown, required: true, doc: noDoc });
  }
  const rest = additional(schema, context);
  if (properties.length === 0) return { kind: 'record', values: rest ?? unknown };
  return rest === undefined
    ? { kind: 'object', properties }
    : { kind: 'object', properties, rest: unknown };
}

/** The type of further properties; undefined where the document does not speak of them. */
function additional(schema: JsonObject, context: Context): Type | undefined {
  const value = own(schema, 'additionalProperties');
  if (value === undefined && isObject(own(schema, 'patternProperties'))) {
    return unite(
      sortedEntries(own(schema, 'patternProperties')).map(([key, inner]) =>
        nested(context, inner, 'patternProperties', key),
      ),
    );
  }
  if (value === undefined || value === false) return undefined;
  const type = value === true ? unknown : nested(context, value, 'additionalProperties');
  return isUnknown(type) ? unknown : type;
}
