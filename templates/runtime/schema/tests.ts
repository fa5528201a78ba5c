import { formats } from './formats.js';

/**
 * What a schema demands of a value, as a question. Each takes any value; its parameter is named so that
 * a library which infers its types from tests gets what it checked before.
 */
export type Test<T = unknown> = (value: T) => boolean;

/** A schema of any library, which answers at once: https://standardschema.dev. */
export interface AnySchema {
  readonly '~standard': { readonly validate: (value: unknown) => unknown };
}

/** Bounds, each for values of its own kind (JSON Schema 2020-12, validation 6); lengths count characters. */
export interface Bounds {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

export function within<T>(bounds: Bounds): Test<T> {
  return (value: unknown) => {
    if (typeof value === 'number') return isNumberWithin(value, bounds);
    if (typeof value === 'string') return isTextWithin(value, bounds);
    if (Array.isArray(value))
      return (
        isBetween(value.length, bounds.minItems, bounds.maxItems) &&
        (!bounds.uniqueItems || areDistinct(value))
      );
    if (!isObject(value)) return true;
    return isBetween(Object.keys(value).length, bounds.minProperties, bounds.maxProperties);
  };
}

function isNumberWithin(value: number, bounds: Bounds): boolean {
  return (
    isBetween(value, bounds.minimum, bounds.maximum) &&
    value > (bounds.exclusiveMinimum ?? -Infinity) &&
    value < (bounds.exclusiveMaximum ?? Infinity) &&
    (!bounds.integer || value % 1 === 0) &&
    (bounds.multipleOf === undefined || isMultiple(value, bounds.multipleOf))
  );
}

function isTextWithin(value: string, bounds: Bounds): boolean {
  const { format, pattern, minLength, maxLength } = bounds;
  return (
    (format === undefined || formats.get(format)?.(value) !== false) &&
    (pattern === undefined || pattern.test(value)) &&
    ((minLength === undefined && maxLength === undefined) ||
      isBetween([...value].length, minLength, maxLength))
  );
}

function isBetween(value: number, least = -Infinity, most = Infinity): boolean {
  return value >= least && value <= most;
}

/** Decimal fractions have no exact form: 0.3 is three times 0.1, whatever the division says. */
export function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  // Beyond all numbers there is no fraction left to see.
  if (!Number.isFinite(times)) return value % step === 0;
  return Math.abs(times - Math.round(times)) <= Number.EPSILON * Math.max(1, Math.abs(times));
}

export function areDistinct(items: readonly unknown[]): boolean {
  return new Set(items.map(canonical)).size === items.length;
}

/** Text that two JSON values share exactly when they are equal. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      // No text of JSON is like it by chance.
      if (typeof inner === 'bigint') return `\u0000${inner}`;
      return isObject(inner)
        ? Object.fromEntries(
            // Keys are unique, so that their order is one.
            // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is newer than ES2022
            Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : inner;
    }) ?? 'undefined'
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep schemas may ask each other: deeper values come from attackers. */
const MOST_DEPTH = 200;
let depth = 0;

function fits(value: unknown, schema: AnySchema): boolean {
  if (depth >= MOST_DEPTH) return false;
  depth += 1;
  try {
    const result = schema['~standard'].validate(value);
    return isObject(result) && result['issues'] === undefined;
  } finally {
    depth -= 1;
  }
}

export function all<T>(...schemas: readonly AnySchema[]): Test<T> {
  return (value: unknown) => schemas.every((schema) => fits(value, schema));
}

export function any<T>(...schemas: readonly AnySchema[]): Test<T> {
  return (value: unknown) => schemas.some((schema) => fits(value, schema));
}

/** Exactly one fits. */
export function one<T>(...schemas: readonly AnySchema[]): Test<T> {
  return (value: unknown) => schemas.filter((schema) => fits(value, schema)).length === 1;
}

export function not<T>(schema: AnySchema): Test<T> {
  return (value: unknown) => !fits(value, schema);
}

export function when<T>(schema: AnySchema, then: AnySchema, otherwise: AnySchema): Test<T> {
  return (value: unknown) => fits(value, fits(value, schema) ? then : otherwise);
}

/** How many items of a list fit. */
export function containing<T>(schema: AnySchema, least: number, most?: number): Test<T> {
  return (value: unknown) =>
    !Array.isArray(value) ||
    isBetween(value.filter((item) => fits(item, schema)).length, least, most);
}

/** The names of an object’s members fit. */
export function naming<T>(schema: AnySchema): Test<T> {
  return (value: unknown) =>
    !isObject(value) || Object.keys(value).every((name) => fits(name, schema));
}

export function having<T>(...names: readonly string[]): Test<T> {
  return (value: unknown) => !isObject(value) || names.every((name) => Object.hasOwn(value, name));
}

/** A member of the object’s own, of a name that all objects inherit. */
export function owning<T>(name: string, schema: AnySchema, required = false): Test<T> {
  return (value: unknown) => {
    if (!isObject(value)) return true;
    return Object.hasOwn(value, name) ? fits(value[name], schema) : !required;
  };
}

/** What an object is that has a member. */
export function depending<T>(name: string, schema: AnySchema): Test<T> {
  return (value: unknown) => !isObject(value) || !Object.hasOwn(value, name) || fits(value, schema);
}

/** Equal to one of several JSON texts. */
export function equalTo<T>(...texts: readonly string[]): Test<T> {
  const known = new Set(texts.map((text) => canonical(JSON.parse(text))));
  return (value: unknown) => known.has(canonical(value));
}

/** What holds of objects alone, or of lists. */
export function ofKind<T>(kind: 'object' | 'array', schema: AnySchema): Test<T> {
  const isKind = kind === 'object' ? isObject : Array.isArray;
  return (value: unknown) => !isKind(value) || fits(value, schema);
}

/** Members by a pattern of their names; what the others are, if anything is said of them. */
export function further<T>(
  names: readonly string[],
  patterns: readonly (readonly [pattern: RegExp, schema: AnySchema])[],
  others?: AnySchema | 'none',
): Test<T> {
  const known = new Set(names);
  return (value: unknown) =>
    !isObject(value) ||
    Object.entries(value).every(([name, member]) => {
      const matching = patterns.filter(([pattern]) => pattern.test(name));
      if (!matching.every(([, schema]) => fits(member, schema))) return false;
      if (matching.length > 0 || known.has(name) || others === undefined) return true;
      return others !== 'none' && fits(member, others);
    });
}

/** Which members or items a part of a schema speaks of, where the value is what it says. */
export interface Evaluation {
  readonly when?: AnySchema;
  readonly isAll?: true;
  readonly names?: readonly string[];
  readonly patterns?: readonly RegExp[];
  readonly first?: number;
  readonly items?: AnySchema;
}

/** What the members or items are that no part speaks of. */
export function unevaluated<T>(
  kind: 'object' | 'array',
  by: readonly Evaluation[],
  schema: AnySchema,
): Test<T> {
  return (value: unknown) => {
    const isList = Array.isArray(value);
    if (kind === 'array' ? !isList : !isObject(value)) return true;
    const counting = by.filter(({ when }) => !when || fits(value, when));
    if (counting.some(({ isAll }) => isAll)) return true;
    const names = new Set(counting.flatMap((one) => one.names ?? []));
    const patterns = counting.flatMap((one) => one.patterns ?? []);
    const first = counting.reduce((most, one) => Math.max(most, one.first ?? 0), 0);
    const items = counting.flatMap((one) => one.items ?? []);
    return Object.entries(Object(value)).every(([name, member]) => {
      const isKnown = isList
        ? Number(name) < first || items.some((one) => fits(member, one))
        : names.has(name) || patterns.some((pattern) => pattern.test(name));
      return isKnown || fits(member, schema);
    });
  };
}
