// @ts-nocheck
import { describe } from './describe.js';
import { type Constraints, resolve, type Shape, type Types } from './shape.js';

/** A value that does not fit: where it stands, and what was expected there. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

const MOST_MISFITS = 20;
const MOST_DEPTH = 100;

/**
 * What of a value its shape refuses. `null` is let pass anywhere: it clears, also where a document
 * forgot to say so.
 */
export function check(value: unknown, shape: Shape, types: Types): readonly Misfit[] {
  const found: Misfit[] = [];
  walk(value, shape, types, [], found);
  return found;
}

function walk(
  value: unknown,
  named: Shape,
  types: Types,
  path: readonly (string | number)[],
  found: Misfit[],
): void {
  if (found.length >= MOST_MISFITS || value === null) return;
  const shape = resolve(named, types);
  const refuse = (): void => void found.push({ path, expected: describe(shape, types) });
  if (path.length > MOST_DEPTH) return refuse();
  switch (shape.kind) {
    case 'scalar':
      return fits(value, shape.name, shape.constraints) ? undefined : refuse();
    case 'literals':
      return shape.values.some((each) => each === value) ? undefined : refuse();
    case 'array': {
      const { minItems = 0, maxItems = Infinity } = shape.constraints ?? {};
      if (!Array.isArray(value) || value.length < minItems || value.length > maxItems)
        return refuse();
      for (const [index, item] of value.entries())
        walk(item, shape.items, types, [...path, index], found);
      return;
    }
    case 'tuple':
      return Array.isArray(value) ? undefined : refuse();
    case 'record':
      if (!isObject(value)) return refuse();
      for (const [name, each] of Object.entries(value))
        walk(each, shape.values, types, [...path, name], found);
      return;
    case 'object': {
      if (!isObject(value)) return refuse();
      for (const member of shape.properties) {
        const each = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
        if (each !== undefined) walk(each, member.shape, types, [...path, member.name], found);
        else if (member.required)
          found.push({
            path: [...path, member.name],
            expected: `${describe(member.shape, types)}, and it is required`,
          });
      }
      return;
    }
    case 'union':
      if (shape.members.some((each) => misfitsOf(value, each, types, path).length === 0)) return;
      if (shape.members.length === 1 && shape.members[0])
        return walk(value, shape.members[0], types, path, found);
      return refuse();
    case 'intersection':
      for (const each of shape.members) walk(value, each, types, path, found);
      return;
    case 'stream':
      return;
  }
}

function misfitsOf(
  value: unknown,
  shape: Shape,
  types: Types,
  path: readonly (string | number)[],
): readonly Misfit[] {
  const found: Misfit[] = [];
  walk(value, shape, types, path, found);
  return found;
}

function fits(value: unknown, name: string, constraints: Constraints = {}): boolean {
  switch (name) {
    case 'string':
      return typeof value === 'string' && within(value.length, lengthsOf(constraints));
    case 'number':
      return (
        typeof value === 'number' &&
        (!constraints.integer || Number.isInteger(value)) &&
        within(value, constraints)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
    case 'never':
    case 'void':
      return false;
    default:
      return true;
  }
}

function lengthsOf({ minLength, maxLength }: Constraints): Constraints {
  return {
    ...(minLength !== undefined && { minimum: minLength }),
    ...(maxLength !== undefined && { maximum: maxLength }),
  };
}

function within(value: number, constraints: Constraints): boolean {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    exclusiveMinimum = -Infinity,
    exclusiveMaximum = Infinity,
  } = constraints;
  return (
    value >= minimum &&
    value <= maximum &&
    (value > exclusiveMinimum || exclusiveMinimum === -Infinity) &&
    (value < exclusiveMaximum || exclusiveMaximum === Infinity)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
