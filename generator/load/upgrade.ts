import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import type { JsonObject } from './document.ts';

/** The same API as an OpenAPI 3.0 document. Takes the document apart: its caller must not use it again. */
export function upgrade(document: JsonObject): JsonObject {
  return upgradeFromTwoToThree(document) as JsonObject;
}
