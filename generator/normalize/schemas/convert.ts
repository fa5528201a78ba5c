import { restricted } from '../../ir/constraints.ts';
import type { Literal, Scalar, Type } from '../../ir/ir.ts';
import { intersect, literals, scalar, unite, unknown } from '../../ir/type.ts';
import { type JsonObject, listOf, objectOf, own, textOf } from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import { composed } from './compose.ts';
import { constrained } from './constraints.ts';
import { type Context, nested } from './context.ts';
import { demanded } from './demands.ts';
import { demanding } from './demanding.ts';
import { impliedKinds } from './implied-kinds.ts';
import { object } from './object.ts';
import { asserts, saysMore, withRules } from './rules.ts';
import { dependsOnParts, unevaluatedRules } from './unevaluated.ts';
import { usualType } from './usual-type.ts';
import { valueTypeOf } from './value-type.ts';

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
  const usual = usualType(schema, context);
  if (usual) return usual;
  const target = refOf(schema);
  if (target !== undefined) return reference(schema, target, context);
  const chosen = choiceOf(schema);
  if (chosen) return withRemainder(chosen, schema, ['type', 'enum', 'const'], context);
  const open = own(schema, 'x-extensible-enum');
  if (Array.isArray(open) && open.length > 0)
    return unite([enumeration(open, schema), base(schema, context)]);
  return withRules(
    intersect([...composed(schema, context), base(schema, context), ...demanded(schema, context)]),
    schema,
    context,
  );
}

/** What `const` and `enum` say. */
function choiceOf(schema: JsonObject): Type | undefined {
  const values = own(schema, 'enum');
  const chosen =
    Array.isArray(values) && values.length > 0 ? enumeration(values, schema) : undefined;
  if (!Object.hasOwn(schema, 'const')) return chosen;
  const constant = own(schema, 'const');
  return isLiteral(constant) ? literals([constant]) : equal([constant]);
}

/** What is one of several JSON values, some of which have no type. */
function equal(values: readonly unknown[]): Type {
  return demanding({ kind: 'equals', values: values.map((value) => JSON.stringify(value)) });
}

/** The type with what the schema asserts by other keywords than these. */
function withRemainder(
  type: Type,
  schema: JsonObject,
  known: readonly string[],
  context: Context,
): Type {
  if (!asserts(schema, known)) return type;
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => !known.includes(key)));
  const more = convert(rest, { ...context, isExact: true });
  return saysMore(more) ? restricted(type, [{ rules: [{ kind: 'all', types: [more] }] }]) : type;
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
  const { isModern } = context.shared;
  const rules = isModern ? unevaluatedRules(schema, context) : [];
  const {
    $ref: _,
    unevaluatedProperties: _properties,
    unevaluatedItems: _items,
    ...siblings
  } = schema;
  const structural = ['properties', 'allOf', 'oneOf', 'anyOf', 'required'].some((key) =>
    Object.hasOwn(siblings, key),
  );
  const type = structural
    ? intersect([named, convert(siblings, context), ...demanded(schema, context)])
    : isModern
      ? withRemainder(named, siblings, [], context)
      : named;
  return rules.length === 0 ? type : restricted(type, [{ rules }]);
}

function enumeration(values: readonly unknown[], schema: JsonObject): Type {
  const type = own(schema, 'type');
  const wanted = values
    .filter(isLiteral)
    .map((value) => (type === 'string' && value !== null ? String(value) : value));
  if (wanted.length !== values.length) return equal(values);
  const isOpen = own(objectOf(own(schema, 'x-ms-enum')), 'modelAsString') === true;
  if (!isOpen && !wanted.includes(null)) return literals(wanted);
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
  const kinds = impliedKinds(schema);
  if (context.isExact)
    return intersect([
      anyBounds(schema),
      ...kinds.map((of) => demanding({ kind: 'kind', of, type: typed(of, schema, context) })),
    ]);
  const [kind] = kinds;
  if (kind === undefined) return anyBounds(schema);
  // A part of another schema is what that one is.
  if (!/\/(?:allOf|anyOf|oneOf)\/\d+$/.test(context.pointer))
    context.shared.diagnostics.info(
      'schema/implied-type',
      `Without a \`type\`, what its keywords speak of is meant: validators take an ${kind} alone.`,
      { pointer: context.pointer, hint: `Add \`type: ${kind}\`.` },
    );
  return typed(kind, schema, context);
}

/** What is said of each kind of value, where no kind is. */
function anyBounds(schema: JsonObject): Type {
  return intersect(
    (['string', 'number', 'array', 'object'] as const).map((kind) =>
      constrained(unknown, kind, schema),
    ),
  );
}

function typed(type: string, schema: JsonObject, context: Context): Type {
  const { direction, shared } = context;
  const asValue = direction === 'json' ? undefined : valueTypeOf(schema, shared.values, type);
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
  const isOpen = !Object.hasOwn(schema, 'items') && !dependsOnParts(schema, 'unevaluatedItems');
  const key = isOpen && Object.hasOwn(schema, 'unevaluatedItems') ? 'unevaluatedItems' : 'items';
  const items = own(schema, key);
  if (prefix.length === 0) return { kind: 'array', items: nested(context, items, key) };
  const isClosed = items === false || Number(own(schema, 'maxItems')) === prefix.length;
  const least = own(schema, 'minItems') ?? (context.isExact ? 0 : undefined);
  if (least === undefined)
    context.shared.diagnostics.info(
      'schema/implied-type',
      'Without `minItems`, all of `prefixItems` are meant: validators take no shorter list.',
      { pointer: context.pointer, hint: 'Add `minItems`.' },
    );
  const optional = typeof least === 'number' && least < prefix.length;
  return {
    kind: 'tuple',
    items: prefix.map((item, index) => nested(context, item, 'prefixItems', index)),
    ...(optional && { required: Math.max(0, Math.floor(least)) }),
    rest: isClosed ? undefined : nested(context, items, key),
  };
}
