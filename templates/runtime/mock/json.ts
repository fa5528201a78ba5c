import type { Shape } from './shape.js';

export type Json = Readonly<Record<string, unknown>>;

/** A value that is both: objects have the members of both. */
export function merged(left: unknown, right: unknown): unknown {
  return isObject(left) && isObject(right) ? { ...left, ...right } : right;
}

export function isNull(shape: Shape): boolean {
  return shape.kind === 'scalar' && (shape.name === 'null' || shape.name === 'void');
}

export function isNever(shape: Shape): boolean {
  return shape.kind === 'scalar' && shape.name === 'never';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As a plain member `__proto__` would set the prototype. */
export function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return;
  Object.defineProperty(object, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** What a JSON text says; undefined where it is none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
