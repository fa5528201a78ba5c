// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation } from '../operations/table.js';
import { check } from '../schema/check.js';
import { coerce, type Coerced } from '../schema/coerce.js';
import { describe } from '../schema/describe.js';
import { type Draft, placeOf, put } from '../schema/set-member.js';
import type { Shape, Types } from '../schema/shape.js';
import type { Fault } from './fault.js';
import type { Row } from './row.js';

/** Which column holds which input: the names of inputs by column. */
export type ColumnMap = ReadonlyMap<string, string>;

interface Target {
  readonly in: 'param' | 'body';
  readonly path: readonly string[];
  readonly shape: Shape;
}

/** Where the value of an input goes: a parameter, `body.vlan`, or a member of the body by its own name. */
export function targetOf(
  { name, params, body }: Operation,
  types: Types,
  input: string,
): Target | { readonly expected: string } {
  const param = params.find(({ key }) => key === input);
  if (param) return { in: 'param', path: [param.key], shape: param.shape };
  const path = input.replace(/^body\./, '');
  const place = body && placeOf(path, body.shape, types);
  if (place && 'path' in place) return { in: 'body', ...place };
  const known = params.map(({ key }) => key);
  return {
    expected: `a column that is an input of ${name}: ${place?.expected ?? known.join(', ')}.${didYouMean(input, known)}`,
  };
}

/** Servers drop a segment of dots, which leads to another resource. Half a letter has no encoding. */
function isNoSegment(value: unknown): boolean {
  return typeof value === 'string' && (/^(?:\.|%2e){1,2}$/i.test(value) || /\p{Cs}/u.test(value));
}

/** What a cell stands for. A value of JSON is what it is; its texts are read only where they must be. */
function valueOf(value: unknown, { isTyped }: Row, shape: Shape, types: Types): Coerced {
  if (isTyped && (typeof value !== 'string' || check(value, shape, types).length === 0))
    return { value };
  return coerce(String(value), shape, types);
}

/** The input of an operation that a row holds; what is wrong with the row goes to `faults`. */
export function readChange(
  row: Row,
  operation: Operation,
  types: Types,
  columns: ColumnMap,
  faults: Fault[],
): Draft {
  const input: Draft = {};
  const body: Draft = {};
  const refuse = (column: string, value: unknown, expected: string): void => {
    const { number, line } = row;
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    faults.push({ row: number, line, column, value: text, expected });
  };
  const columnOf = new Map<string, string>();
  const before = faults.length;
  for (const [column, value] of row.cells) {
    const name = columns.get(column);
    if (name === undefined || value === undefined || (value === '' && !row.isTyped)) continue;
    const target = targetOf(operation, types, name);
    if ('expected' in target) {
      refuse(column, value, target.expected);
      continue;
    }
    const coerced = valueOf(value, row, target.shape, types);
    if (!coerced) {
      refuse(column, value, describe(target.shape, types));
      continue;
    }
    columnOf.set(target.path.join('.'), column);
    const refusal = put(target.in === 'param' ? input : body, target.path, coerced.value);
    if (refusal) refuse(column, value, refusal.expected);
  }
  for (const { key, in: place, required, shape } of operation.params) {
    const value = Object.hasOwn(input, key) ? input[key] : undefined;
    if (value === undefined) {
      if (required && faults.length === before)
        refuse(key, '', `${describe(shape, types)}, and it is required`);
      continue;
    }
    if (place === 'path' && isNoSegment(value))
      refuse(columnOf.get(key) ?? key, value, `${describe(shape, types)} that can stand in a path`);
    // An id that is null or empty would reach another resource.
    if (value === null && required)
      refuse(columnOf.get(key) ?? key, 'null', describe(shape, types));
    for (const misfit of check(value, shape, types))
      refuse(columnOf.get(key) ?? key, value, misfit.expected);
  }
  if (!operation.body) return input;
  const { key, required, shape } = operation.body;
  if (Object.keys(body).length > 0 || required) {
    input[key] = body;
    if (faults.length === before)
      for (const misfit of check(body, shape, types)) {
        const path = misfit.path.join('.');
        refuse(columnOf.get(path) ?? `body.${path}`, '', misfit.expected);
      }
  }
  return input;
}
