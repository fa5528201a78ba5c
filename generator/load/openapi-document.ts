import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types';
import { isObject, type MutableObject } from '../json/narrow.ts';

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

/**
 * A checked document as what it is. Where its user is lenient, it may lack what every document must
 * have; that is then empty.
 */
export function openApiDocument(checked: MutableObject): OpenApiDocument {
  if (!isObject(checked['info'])) checked['info'] = { title: '', version: '' };
  if (!isObject(checked['paths'])) checked['paths'] = {};
  if (!isOpenApiDocument(checked)) throw new Error('A document was taken for checked.');
  return checked;
}

function isOpenApiDocument(value: MutableObject): value is MutableObject & OpenApiDocument {
  return (
    typeof value['openapi'] === 'string' && isObject(value['info']) && isObject(value['paths'])
  );
}
