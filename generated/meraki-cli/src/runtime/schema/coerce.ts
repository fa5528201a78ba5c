// @ts-nocheck
import { check } from './check.js';
import { resolve, type ResolvedShape, type Shape, type Types } from './shape.js';

/** A value that a text stands for, or undefined where it stands for none that fits. */
export type Coerced = { readonly value: unknown } | undefined;

const numeral = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads a text as the shape asks: `99` is a number where a number is expected, and text where text
 * is. `null` clears; `"null"` and `""`, quotes included, are these texts. Lists are JSON, or their
 * parts with commas between.
 */
export function coerce(text: string, shape: Shape, types: Types, depth = 0): Coerced {
  if (text === 'null') return { value: null };
  return fitting(read(text, resolve(shape, types), types, depth), shape, types);
}

function fitting(coerced: Coerced, shape: Shape, types: Types): Coerced {
  return coerced && check(coerced.value, shape, types).length === 0 ? coerced : undefined;
}

function read(text: string, shape: ResolvedShape, types: Types, depth: number): Coerced {
  switch (shape.kind) {
    case 'scalar':
      return scalar(text, shape.name);
    case 'literals':
      return literal(text, shape.values);
    case 'array':
      return list(text, shape.items, types, depth);
    case 'union':
      return union(text, shape.members, types, depth);
    case 'intersection':
      return intersection(text, shape.members, types, depth);
    case 'tuple':
    case 'record':
    case 'object':
      return json(text);
    case 'stream':
      return undefined;
  }
}

function scalar(text: string, name: string): Coerced {
  switch (name) {
    case 'string':
    case 'binary':
    case 'buffer':
      if (text === '"null"') return { value: 'null' };
      return { value: text === '""' ? '' : text };
    case 'number':
      return numeral.test(text) && Number.isFinite(Number(text)) && isExact(text)
        ? { value: Number(text) }
        : undefined;
    case 'boolean':
      // Spreadsheets write them in capitals.
      return /^(?:true|false)$/i.test(text) ? { value: text.toLowerCase() === 'true' } : undefined;
    case 'unknown':
      return json(text) ?? { value: text };
    default:
      return undefined;
  }
}

/** Whether a whole number keeps its digits as a number of JavaScript. */
function isExact(text: string): boolean {
  return !/^-?\d+$/.test(text) || Number.isSafeInteger(Number(text));
}

function literal(text: string, values: readonly (string | number | boolean | null)[]): Coerced {
  const found = values.find((value) => String(value) === text);
  if (found !== undefined) return { value: found };
  const flag = values.find(
    (value) => typeof value === 'boolean' && String(value) === text.toLowerCase(),
  );
  return flag === undefined ? undefined : { value: flag };
}

function list(text: string, items: Shape, types: Types, depth: number): Coerced {
  if (depth > 20) return undefined;
  if (text.trimStart().startsWith('[')) return json(text);
  const parts = text === '""' ? [] : text.split(',');
  const values: unknown[] = [];
  for (const part of parts) {
    const one = coerce(part.trim(), items, types, depth + 1);
    if (!one) return undefined;
    values.push(one.value);
  }
  return { value: values };
}

/** Text fits last: it would take everything. */
function union(text: string, members: readonly Shape[], types: Types, depth: number): Coerced {
  if (depth > 20) return undefined;
  const rank = (shape: Shape): number => {
    const found = resolve(shape, types);
    if (found.kind === 'literals') return 0;
    if (found.kind !== 'scalar') return 2;
    return found.name === 'string' || found.name === 'unknown' ? 3 : 1;
  };
  for (const member of members.toSorted((a, b) => rank(a) - rank(b))) {
    const one = coerce(text, member, types, depth + 1);
    if (one) return one;
  }
  return undefined;
}

function intersection(
  text: string,
  members: readonly Shape[],
  types: Types,
  depth: number,
): Coerced {
  if (depth > 20) return undefined;
  for (const member of members) {
    const one = read(text, resolve(member, types), types, depth + 1);
    if (one && members.every((each) => check(one.value, each, types).length === 0)) return one;
  }
  return undefined;
}

function json(text: string): Coerced {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
