import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
} from '../../json/narrow.ts';
import { pointer } from '../../json/pointer.ts';
import type { Surveyed } from '../../normalize/normalize.ts';
import { equal } from '../../json/equal.ts';

/** One of two documents that are compared, looked over. */
export interface FocusSide {
  readonly document: JsonObject;
  readonly surveyed: Surveyed;
}

/** Members of a document that say nothing of its operations, or are compared part by part. */
const besideFrame = new Set(['info', 'tags', 'externalDocs', 'paths', 'webhooks', 'components']);

/** Whether what holds for all operations of two documents is the same, and all of them are under `paths`. */
export function haveSameFrame(old: FocusSide, now: FocusSide): boolean {
  return !Object.hasOwn(old.document, 'x-ms-paths') && equal(frameOf(old), frameOf(now));
}

function frameOf({ document, surveyed: { facts } }: FocusSide): unknown {
  const { schemes, usual, of } = facts.security;
  return {
    ...Object.fromEntries(sortedEntries(document).filter(([key]) => !besideFrame.has(key))),
    securitySchemes: own(objectOf(own(document, 'components')), 'securitySchemes'),
    facts: [schemes, usual, of({}), facts.servers],
  };
}

/**
 * Whether the names of a document's schemas are decided before its operations are read: no schema is
 * another one where it is sent, and none stands for those that extend it.
 */
export function isNamedByDocument({ document, surveyed: { differs } }: FocusSide): boolean {
  const schemas = objectOf(own(objectOf(own(document, 'components')), 'schemas'));
  return Object.entries(schemas).every(([name, schema]) => {
    const place = pointer('components', 'schemas', name);
    return (
      !differs(place, 'input') &&
      !differs(place, 'json') &&
      !Object.hasOwn(objectOf(schema), 'discriminator') &&
      !requiresMore(schema)
    );
  });
}

/** Whether a name is required that no property describes: where it is sent first, it is left out. */
function requiresMore(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if (Object.values(schema).some(requiresMore)) return true;
  if (!isObject(schema)) return false;
  const properties = objectOf(own(schema, 'properties'));
  return listOf(own(schema, 'required')).some(
    (name) => typeof name === 'string' && !Object.hasOwn(properties, name),
  );
}
