import { withConstraints } from '../../ir/constraints.ts';
import type { Constraints, Type } from '../../ir/ir.ts';
import { type JsonObject, own } from '../../json/narrow.ts';

type Name = keyof Constraints;
type Kind = 'string' | 'date' | 'number' | 'array' | 'object';

/** By the kind of value, the keywords that restrict it, and what their own values must be. */
const keywords: Readonly<Record<Kind, readonly (readonly [Name, (value: unknown) => boolean])[]>> =
  {
    string: [
      ['format', isText],
      ['minLength', isCount],
      ['maxLength', isCount],
      ['pattern', isText],
      ['contentMediaType', isText],
      ['contentEncoding', isText],
    ],
    date: [['format', isText]],
    number: [
      ['format', isText],
      ['minimum', Number.isFinite],
      ['maximum', Number.isFinite],
      ['exclusiveMinimum', Number.isFinite],
      ['exclusiveMaximum', Number.isFinite],
      ['multipleOf', Number.isFinite],
    ],
    array: [
      ['minItems', isCount],
      ['maxItems', isCount],
      ['uniqueItems', (value) => value === true],
    ],
    object: [
      ['minProperties', isCount],
      ['maxProperties', isCount],
    ],
  };

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** The type with what its schema says of its values besides; the type itself where that is nothing. */
export function constrained(
  type: Type,
  kind: Kind,
  schema: JsonObject,
  isInteger: boolean = false,
): Type {
  const found: Record<string, unknown> = isInteger ? { integer: true } : {};
  for (const [name, fits] of keywords[kind]) {
    const value = own(schema, name);
    if (value !== undefined && fits(value)) found[name] = value;
  }
  if (kind === 'number') excludeBounds(found, schema);
  return Object.keys(found).length === 0 ? type : withConstraints(type, found);
}

/** OpenAPI 3.0 makes a bound exclusive by a second keyword that is true. */
function excludeBounds(found: Record<string, unknown>, schema: JsonObject): void {
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (own(schema, flag) !== true || found[bound] === undefined) continue;
    found[flag] = found[bound];
    delete found[bound];
  }
}
