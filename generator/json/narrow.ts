/** Narrowing of what a document holds: nothing in it is what it claims to be until it was looked at. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of a document that is being made, or made over. */
export type MutableObject = Record<string, unknown>;

export function isObject(value: unknown): value is MutableObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is something else. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty where it is something else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An own member: a document may name a property `constructor`. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Not by assignment, which a key such as `__proto__` would turn into something else. */
export function setOwn(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Members in an order that does not depend on how the document was written. */
export function sortedEntries(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return [];
  return sortedKeys(value).map((key) => [key, value[key]] as const);
}

/** The names of those members: by code unit, as `compare` has it. */
export function sortedKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).toSorted();
}

/** By code unit: the same on every machine and in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
