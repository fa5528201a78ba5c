import type { Literal, Property, Scalar, Type } from '../../ir/ir.ts';
import { composed } from './compose.ts';
import { constrained } from './constraints.ts';
import { demanded } from './demands.ts';
import { type Context, isHidden, nested } from './context.ts';
import { noDoc } from '../../ir/doc.ts';
import { schemaDoc } from './enum-names.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import { valueTypeOf } from './value-type.ts';
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
  const open = own(schema, 'x-extensible-enum');
  if (Array.isArray(open) && open.length > 0)
    return unite([enumeration(open, schema), base(schema, context)]);
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
  return structural
    ? intersect([named, convert(siblings, context), demanded(schema, context)])
    : named;
}

function constant(value: unknown): Type {
  return isLiteral(value) ? literals([value]) : unknown;
}

function enumeration(values: readonly unknown[], schema: JsonObject): Type {
  const type = own(schema, 'type');
  const wanted = values
    .filter(isLiteral)
    .map((value) => (type === 'string' && value !== null ? String(value) : value));
  if (wanted.length !== values.length) return unknown;
  const isOpen = own(objectOf(own(schema, 'x-ms-enum')), 'modelAsString') === true;
  return unite([literals(wanted), ...(isOpen ? [scalar('string')] : [])]);
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
    [
      'properties',
      'additionalProperties',
      'unevaluatedProperties',
      'patternProperties',
      'required',
    ].some((key) => Object.hasOwn(schema, key))
  )
    return typed('object', schema, context);
  if (['items', 'prefixItems'].some((key) => Object.hasOwn(schema, key)))
    return typed('array', schema, context);
  return unknown;
}

function typed(type: string, schema: JsonObject, context: Context): Type {
  const { direction, shared } = context;
  const asValue =
    direction === 'json' ? undefined : valueTypeOf({ ...schema, type }, shared.values);
  if (asValue) return constrained(scalar(asValue), kindOfValue(asValue), schema);
  switch (type) {
    case 'string':
      return isBytes(schema) ? scalar('binary') : constrained(scalar('string'), 'string', schema);
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

/** What restricts it: of a text made a date its format alone counts. */
function kindOfValue(value: Scalar): 'date' | 'number' {
  return value === 'bigint' ? 'number' : 'date';
}

/**
 * Whether a text stands for bytes as they are: `format: binary`, and in OpenAPI 3.1 a media type that
 * is no text's, without an encoding (https://spec.openapis.org/oas/v3.1.1#working-with-binary-data).
 */
function isBytes(schema: JsonObject): boolean {
  const mediaType = textOf(own(schema, 'contentMediaType'));
  return (
    own(schema, 'format') === 'binary' ||
    (mediaType !== '' &&
      own(schema, 'contentEncoding') === undefined &&
      own(schema, 'contentSchema') === undefined &&
      !/^text\/|[/+](json|xml|yaml|x-yaml|jwt|javascript|x-www-form-urlencoded)\b/i.test(mediaType))
  );
}

function array(schema: JsonObject, context: Context): Type {
  const prefix = listOf(own(schema, 'prefixItems'));
  const items = own(schema, 'items');
  if (prefix.length === 0) return { kind: 'array', items: nested(context, items, 'items') };
  const isClosed = items === false || Number(own(schema, 'maxItems')) === prefix.length;
  const least = own(schema, 'minItems');
  const optional = typeof least === 'number' && least < prefix.length;
  return {
    kind: 'tuple',
    items: prefix.map((item, index) => nested(context, item, 'prefixItems', index)),
    ...(optional && { required: Math.max(0, Math.floor(least)) }),
    rest: isClosed ? undefined : nested(context, items, 'items'),
  };
}

function object(schema: JsonObject, context: Context): Type {
  const required = new Set(listOf(own(schema, 'required')));
  const entries = sortedEntries(own(schema, 'properties'));
  const properties: Property[] = [];
  for (const [name, value] of entries) {
    if (isHidden(value, context.direction, context.shared.references)) continue;
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

/**
 * The type of further properties; undefined where the document does not speak of them. What no
 * pattern matches is an additional property, and what no part speaks of an unevaluated one (JSON
 * Schema 2020-12, 10.3.2 and 11.3).
 */
function additional(schema: JsonObject, context: Context): Type | undefined {
  const patterns = sortedEntries(own(schema, 'patternProperties')).map(([key, inner]) =>
    nested(context, inner, 'patternProperties', key),
  );
  const key = Object.hasOwn(schema, 'additionalProperties')
    ? 'additionalProperties'
    : 'unevaluatedProperties';
  const value = own(schema, key);
  if (value === undefined || value === false)
    return patterns.length === 0 ? undefined : unite(patterns);
  const others = value === true ? unknown : nested(context, value, key);
  return isUnknown(others) ? unknown : unite([...patterns, others]);
}
