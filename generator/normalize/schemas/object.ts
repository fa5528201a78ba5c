import { noDoc } from '../../ir/doc.ts';
import type { Constraints, Property, Type } from '../../ir/ir.ts';
import { isUnknown, unite, unknown } from '../../ir/type.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  sortedKeys,
} from '../../json/narrow.ts';
import { escapeKey } from '../../json/pointer.ts';
import { type Context, isHidden, nested } from './context.ts';
import { schemaDoc } from './enum-names.ts';
import { saysMore } from './rules.ts';
import { dependsOnParts } from './unevaluated.ts';

/** What the keywords of an object say. */
export function object(schema: JsonObject, context: Context): Type {
  const required = new Set(listOf(own(schema, 'required')));
  const properties = propertiesOf(schema, required, context);
  const declared = objectOf(own(schema, 'properties'));
  for (const name of required) {
    if (typeof name !== 'string' || context.direction === 'input') continue;
    if (!Object.hasOwn(declared, name))
      properties.push({ name, type: unknown, required: true, doc: noDoc });
  }
  const { rest, ...constraints } = additional(schema, context, properties.length > 0);
  const said = Object.keys(constraints).length > 0 && { constraints };
  if (properties.length === 0) return { kind: 'record', values: rest ?? unknown, ...said };
  return { kind: 'object', properties, ...(rest && { rest: unknown }), ...said };
}

/** The properties that a schema declares and that travel in that direction. */
export function propertiesOf(
  schema: JsonObject,
  required: ReadonlySet<unknown>,
  { shared, direction, pointer, isExact }: Context,
): Property[] {
  const declared = objectOf(own(schema, 'properties'));
  const properties: Property[] = [];
  for (const name of sortedKeys(declared)) {
    const value = declared[name];
    if (isHidden(value, direction, shared.references)) continue;
    const place = `${pointer}/properties/${escapeKey(name)}`;
    const type = shared.typeOf(value, place, direction, isExact);
    properties.push({ name, type, required: required.has(name), doc: schemaDoc(objectOf(value)) });
  }
  return properties;
}

/** What further members are: their type, absent where the document does not speak of them, and what holds besides. */
interface Additional extends Pick<Constraints, 'closed' | 'others' | 'patterns'> {
  readonly rest?: Type | undefined;
}

/**
 * What no pattern matches is an additional property, and what no part speaks of an unevaluated one
 * (JSON Schema 2020-12, 10.3.2 and 11.3).
 */
function additional(schema: JsonObject, context: Context, hasProperties: boolean): Additional {
  const patterns = sortedEntries(own(schema, 'patternProperties')).map(([pattern, inner]) => ({
    pattern,
    type: nested(context, inner, 'patternProperties', pattern),
  }));
  const key = Object.hasOwn(schema, 'additionalProperties')
    ? 'additionalProperties'
    : 'unevaluatedProperties';
  const value = own(schema, key);
  const matching = patterns.length > 0 && { patterns };
  const types = patterns.map(({ type }) => type);
  const isSaid = !dependsOnParts(schema, key) || key === 'additionalProperties';
  if (value === undefined || value === false)
    return {
      ...(types.length > 0 && { rest: unite(types) }),
      ...matching,
      ...(value === false && isSaid && { closed: true }),
    };
  const others = value === true ? unknown : nested(context, value, key);
  const isOpen = !saysMore(others);
  return {
    rest: isUnknown(others) ? others : unite([...types, others]),
    ...matching,
    ...(!isOpen && isSaid && (hasProperties || patterns.length > 0) && { others }),
  };
}
