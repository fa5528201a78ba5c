import type { Literal, Property, Type } from '../../ir/ir.ts';
import { composed, demanded } from './compose.ts';
import { constrained } from './constraints.ts';
import { type Context, isHidden, nested } from './context.ts';
import { noDoc } from '../../ir/doc.ts';
import { schemaDoc } from './enum-names.ts';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
} from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import { intersect, isUnknown, literals, scalar, unite, unknown } from '../../ir/type.ts';

export function nullable(schema: JsonObject, type: Type): Type {
  return own(schema, 'nullable') === true && own(schema, '$ref') === undefined
    ? unite([type, scalar('null')])
    : type;
}

/**
 * What a schema says, keyword by keyword. All that apply hold at once, as JSON Schema has it;
 * the first group that settles the matter ends the search.
 */
export function convert(schema: JsonObject, context: Context): Type {
  const target = refOf(schema);
  if (target !== undefined) return reference(schema, target, context);
  if (Object.hasOwn(schema, 'const')) return constant(own(schema, 'const'));
  const values = own(schema, 'enum');
  if (Array.isArray(values) && values.length > 0) return enumeration(values, schema);
  return intersect([
    ...composed(schema, context),
    base(schema, context),
    demanded(schema, context),
  ]);
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
  return wanted.length === values.length ? unite([literals(wanted)]) : unknown;
}

function isLiteral(value: unknown): value is Literal {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
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
      return own(schema, 'format') === 'binary'
        ? scalar('binary')
        : constrained(scalar('string'), 'string', schema);
    case 'integer':
    case 'number':
      return constrained(scalar('number'), 'number', schema, type === 'integer');
    case 'boolean':
      return scalar('boolean');
    case 'null':
      return scalar('null');
    case 'file':
      return scalar('binary');
    case 'array':
      return constrained(array(schema, context), 'array', schema);
    case 'object':
      return constrained(object(schema, context), 'object', schema);
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
    if (isHidden(value, context.direction)) continue;
    const type = nested(context, value, 'properties', name);
    properties.push({ name, type, required: required.has(name), doc: schemaDoc(objectOf(value)) });
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
