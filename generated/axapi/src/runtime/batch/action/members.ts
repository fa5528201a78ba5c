// @ts-nocheck
import { segment } from '../../params/path.js';

/** The member of a JSON value at a path of names; own members only. */
export function memberAt(json: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    json,
  );
}

export function member(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** Whether a value can be a segment of a path: the very check that it will meet there. */
export function isSegment(value: string): boolean {
  try {
    return segment(value, 'segment') !== '';
  } catch {
    return false;
  }
}

/** The path with each segment checked and encoded anew: some come from the server. */
export function safePath(place: string): string | undefined {
  const [root, ...segments] = place.split('/');
  if (root !== '' || segments.length === 0) return undefined;
  try {
    return segments.map((text) => `/${segment(decodeURIComponent(text), 'segment')}`).join('');
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of a value. */
export function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? member(value, name) : undefined;
}
