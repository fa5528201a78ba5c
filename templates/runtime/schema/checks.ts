import { formats } from './formats.js';
import { type Check, fault, inside, issuesOf } from './standard-schema.js';
import { areDistinct, isMultiple, isObject, type Test } from './tests.js';

/** Bounds of a number (JSON Schema 2020-12, 6.2). */
export interface NumberBounds {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** Bounds of a text (6.3); lengths count characters. */
export interface StringBounds {
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Bounds of a list (6.4) and of the members of an object (6.5). */
export interface SizeBounds {
  readonly least?: number;
  readonly most?: number;
  readonly unique?: true;
}

export const any: Check = () => {};

export const none: Check = (_, report) => fault(report, 'Expected no value');

/** A value of a JavaScript type. */
export function typed(name: 'boolean' | 'undefined'): Check {
  return (value, report) => {
    if (typeof value !== name) fault(report, `Expected ${name}, got ${nameOf(value)}`);
  };
}

export function instance(expected: abstract new (...args: never) => unknown): Check {
  return (value, report) => {
    if (!(value instanceof expected))
      fault(report, `Expected ${expected.name}, got ${nameOf(value)}`);
  };
}

/** A date and time, which may be no invalid one. */
export const date: Check = (value, report) => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime()))
    fault(report, `Expected Date, got ${nameOf(value)}`);
};

/** A `Temporal.Instant`, of the platform or of a polyfill. */
export const instant: Check = (value, report) => {
  const { epochNanoseconds } = Object(value) as { readonly epochNanoseconds?: unknown };
  if (typeof epochNanoseconds !== 'bigint')
    fault(report, `Expected Temporal.Instant, got ${nameOf(value)}`);
};

/** Bounds of a `bigint`. */
export interface BigintBounds {
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  readonly exclusiveMinimum?: bigint;
  readonly exclusiveMaximum?: bigint;
}

export function bigint(bounds: BigintBounds = {}): Check {
  return (value, report) => {
    if (typeof value !== 'bigint') return fault(report, `Expected bigint, got ${nameOf(value)}`);
    if (value < (bounds.minimum ?? value)) fault(report, `Expected >= ${bounds.minimum}`);
    if (value > (bounds.maximum ?? value)) fault(report, `Expected <= ${bounds.maximum}`);
    if (bounds.exclusiveMinimum !== undefined && value <= bounds.exclusiveMinimum)
      fault(report, `Expected > ${bounds.exclusiveMinimum}`);
    if (bounds.exclusiveMaximum !== undefined && value >= bounds.exclusiveMaximum)
      fault(report, `Expected < ${bounds.exclusiveMaximum}`);
  };
}

/** Bytes in memory. */
export const buffer: Check = (value, report) => {
  if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value))
    fault(report, `Expected bytes, got ${nameOf(value)}`);
};

export function literal(...values: readonly (string | number | boolean | null)[]): Check {
  return (value, report) => {
    if (!values.some((one) => one === value))
      fault(report, `Expected ${values.map((one) => JSON.stringify(one)).join(' or ')}`);
  };
}

export function number(bounds: NumberBounds = {}): Check {
  return (value, report) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return fault(report, `Expected number, got ${nameOf(value)}`);
    if (bounds.integer && value % 1 !== 0) fault(report, 'Expected an integer');
    if (value < (bounds.minimum ?? value)) fault(report, `Expected >= ${bounds.minimum}`);
    if (value > (bounds.maximum ?? value)) fault(report, `Expected <= ${bounds.maximum}`);
    if (bounds.exclusiveMinimum !== undefined && value <= bounds.exclusiveMinimum)
      fault(report, `Expected > ${bounds.exclusiveMinimum}`);
    if (bounds.exclusiveMaximum !== undefined && value >= bounds.exclusiveMaximum)
      fault(report, `Expected < ${bounds.exclusiveMaximum}`);
    if (bounds.multipleOf !== undefined && !isMultiple(value, bounds.multipleOf))
      fault(report, `Expected a multiple of ${bounds.multipleOf}`);
  };
}

export function string(bounds: StringBounds = {}): Check {
  const { format, pattern, minLength, maxLength } = bounds;
  const fits = format === undefined ? undefined : formats.get(format);
  return (value, report) => {
    if (typeof value !== 'string') return fault(report, `Expected string, got ${nameOf(value)}`);
    if (fits && !fits(value)) fault(report, `Expected ${format}`);
    if (pattern && !pattern.test(value)) fault(report, `Expected text that matches ${pattern}`);
    if (minLength === undefined && maxLength === undefined) return;
    const { length } = [...value];
    if (length < (minLength ?? 0)) fault(report, `Expected at least ${minLength} characters`);
    if (length > (maxLength ?? length)) fault(report, `Expected at most ${maxLength} characters`);
  };
}

export function list(items: Check, bounds: SizeBounds = {}): Check {
  return tuple([], items, bounds, 0);
}

/** A list whose first items have checks of their own; `required` of them must be there. */
export function tuple(
  first: readonly Check[],
  rest?: Check,
  bounds: SizeBounds = {},
  required: number = first.length,
): Check {
  return (value, report) => {
    if (!Array.isArray(value)) return fault(report, `Expected array, got ${nameOf(value)}`);
    if (value.length < required) fault(report, `Expected at least ${required} items`);
    if (!rest && value.length > first.length)
      fault(report, `Expected at most ${first.length} items`);
    for (const [index, item] of value.entries())
      inside(report, index, item, first[index] ?? rest ?? any);
    size(value.length, 'items', bounds, report);
    if (bounds.unique && !areDistinct(value)) fault(report, 'Expected items without repetition');
  };
}

/** A member that has a name: what it must be, and whether it may be absent. */
export type Member = readonly [name: string, check: Check, optional?: 'optional'];

export function object(members: readonly Member[], rest?: Check, bounds: SizeBounds = {}): Check {
  const known = new Set(members.map(([name]) => name));
  return (value, report) => {
    if (!isObject(value)) return fault(report, `Expected object, got ${nameOf(value)}`);
    for (const [name, check, optional] of members) {
      if (Object.hasOwn(value, name)) inside(report, name, value[name], check);
      else if (!optional) inside(report, name, undefined, missing);
    }
    const names = Object.keys(value);
    if (rest) {
      for (const name of names) if (!known.has(name)) inside(report, name, value[name], rest);
    }
    size(names.length, 'members', bounds, report);
  };
}

const missing: Check = (_, report) => fault(report, 'Expected a value, which is absent');

/** One of several: what the nearest of them finds is reported where none fits. */
export function union(...checks: readonly Check[]): Check {
  return (value, report) => void fitting(checks, value, report);
}

/** One of several, and no second. */
export function exactlyOne(...checks: readonly Check[]): Check {
  return (value, report) => {
    const count = fitting(checks, value, report);
    if (count > 1) fault(report, `Fits ${count} of ${checks.length} alternatives, and not one`);
  };
}

/** How many fit; where none does, what is wrong is reported. */
function fitting(checks: readonly Check[], value: unknown, report: Parameters<Check>[1]): number {
  const found = checks.map((check) => issuesOf(value, check, report.path));
  const count = found.filter(({ length }) => length === 0).length;
  if (count > 0) return count;
  // What differs at the top is another kind of value; what differs below is meant to be this one.
  const near = found.filter((issues) =>
    issues.every(({ path }) => path.length > report.path.length),
  );
  if (near.length === 1) report.issues.push(...(near[0] ?? []));
  else fault(report, `Fits none of ${checks.length} alternatives`);
  return 0;
}

/** What is asked of a value besides. */
export function tested(test: Test, message: string): Check {
  return (value, report) => {
    if (!test(value)) fault(report, message);
  };
}

export function all(...checks: readonly Check[]): Check {
  return (value, report) => {
    for (const check of checks) check(value, report);
  };
}

function size(
  count: number,
  things: string,
  bounds: SizeBounds,
  report: Parameters<Check>[1],
): void {
  const { least, most } = bounds;
  if (count < (least ?? 0)) fault(report, `Expected at least ${least} ${things}`);
  if (count > (most ?? count)) fault(report, `Expected at most ${most} ${things}`);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
