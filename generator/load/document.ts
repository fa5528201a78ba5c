import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types';

/** Extension fields: their meaning is their author's. */
interface Extensions {
  readonly [extension: `x-${string}`]: unknown;
}

/**
 * An OpenAPI 3.0, 3.1 or 3.2 document as a tree of plain JSON values: nothing in it is shared or
 * cyclic, and each `$ref` outside of examples, defaults and extensions is `#/…` and resolves.
 * Fields that only 3.2 has are not in this type.
 */
export type OpenApiDocument = (OpenAPIV3.Document | OpenAPIV3_1.Document) & Extensions;

/** What the generator reads of a document's version: the minor release. */
export type OpenApiVersion = '3.0' | '3.1' | '3.2';

/** A JSON object of which nothing is known yet. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
