// @ts-nocheck
import { member } from './members.js';

/** Whether two JSON values are equal; the order of members has no meaning. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) => Object.hasOwn(b, name) && sameJson(member(a, name), member(b, name)),
  );
}

/** Whether two action bodies are equal. Servers show an absent body as an empty one. */
export function sameBody(a: unknown, b: unknown): boolean {
  return sameJson(a ?? {}, b ?? {});
}
