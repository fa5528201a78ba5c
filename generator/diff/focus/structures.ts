import { isObject, type JsonObject, listOf, objectOf, own } from '../../json/narrow.ts';
import { isJson } from '../../normalize/operations/media.ts';
import type { Source } from '../../normalize/operations/operation.ts';
import { refOf, type References } from '../../normalize/references.ts';
import { isHidden } from '../../normalize/schemas/context.ts';
import { smallest } from '../../normalize/schemas/structure-names.ts';

/** The objects in the bodies and answers of an operation that might be shared with others. */
export interface Structures {
  /** Equal for objects that are structurally equal, and seldom for others. */
  readonly shapes: ReadonlySet<number>;
  /** The properties that lead to them. */
  readonly sites: readonly (readonly string[])[];
  /** False where an object is made of parts, so that its properties do not stand in one place. */
  readonly isPlain: boolean;
}

export function structuresOf({ operation }: Source, references: References): Structures {
  const shapes = new Set<number>();
  const sites: (readonly string[])[] = [];
  let isPlain = true;

  const visit = (schema: unknown, properties: readonly string[]): void => {
    if (!isObject(schema)) return;
    if (isMadeOfParts(schema)) isPlain = false;
    if (refOf(schema) !== undefined) return;
    const inner = own(schema, 'properties');
    if (isObject(inner)) {
      if (addShapes(schema, inner, references, shapes)) sites.push(properties);
      for (const name of Object.keys(inner)) visit(inner[name], [...properties, name]);
    }
    for (const key of single) if (key in schema) visit(own(schema, key), properties);
    for (const key of several)
      if (key in schema) for (const part of listOf(own(schema, key))) visit(part, properties);
    for (const part of Object.values(objectOf(own(schema, 'patternProperties'))))
      visit(part, properties);
  };

  const visitContent = (holder: unknown, isRequest: boolean): void => {
    const content = objectOf(own(objectOf(references.follow(holder, '').value), 'content'));
    for (const [mediaType, entry] of Object.entries(content)) {
      const media = objectOf(references.follow(entry, '').value);
      if (
        Object.hasOwn(media, 'itemSchema') ||
        (!isJson(mediaType) && (isRequest || isStream(mediaType)))
      )
        isPlain = false;
      visit(own(media, 'schema'), []);
    }
  };

  visitContent(own(operation, 'requestBody'), true);
  for (const response of Object.values(objectOf(own(operation, 'responses'))))
    visitContent(response, false);
  return { shapes, sites, isPlain };
}

const single = ['items', 'additionalProperties', 'unevaluatedProperties'];
const several = ['prefixItems', 'allOf', 'oneOf', 'anyOf'];
const besideAlternatives = [
  'properties',
  'required',
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'discriminator',
  'type',
];

/** Whether several parts of a schema may become one object. */
function isMadeOfParts(schema: JsonObject): boolean {
  if (Object.hasOwn(schema, 'allOf')) return true;
  if (refOf(schema) !== undefined)
    return Object.keys(schema).some(
      (key) => key === 'required' || key === 'properties' || several.includes(key),
    );
  const alternatives = ['oneOf', 'anyOf'].filter((key) => Object.hasOwn(schema, key));
  return (
    alternatives.length > 1 ||
    (alternatives.length === 1 && besideAlternatives.some((key) => Object.hasOwn(schema, key)))
  );
}

function isStream(mediaType: string): boolean {
  return /event-stream|json-?l|ndjson|json-seq|stream/i.test(mediaType);
}

/**
 * An object may have fewer properties in what is sent or received, and more that are required only.
 * Tells whether it is large enough to be shared.
 */
function addShapes(
  schema: JsonObject,
  properties: JsonObject,
  references: References,
  found: Set<number>,
): boolean {
  const names = Object.keys(properties);
  const others = listOf(own(schema, 'required')).filter(
    (name): name is string => typeof name === 'string' && !Object.hasOwn(properties, name),
  );
  const all = names.length + others.length;
  if (all < smallest) return false;
  const hidden = names.filter((name) => mayBeHidden(properties[name]));
  const without = (direction: 'input' | 'result'): readonly string[] => {
    const gone = hidden.filter((name) => isHidden(properties[name], direction, references));
    return gone.length === 0 ? names : names.filter((name) => !gone.includes(name));
  };
  found.add(shapeOf(names));
  found.add(shapeOf(without('input')));
  found.add(shapeOf([...without('result'), ...new Set(others)]));
  return true;
}

function mayBeHidden(schema: unknown): boolean {
  return (
    isObject(schema) &&
    ['readOnly', 'writeOnly', '$ref', 'allOf'].some((key) => Object.hasOwn(schema, key))
  );
}

const numbers = new Map<string, number>();

/** A number that the same names have in whatever order. */
function shapeOf(names: readonly string[]): number {
  let sum = names.length;
  for (const name of names) {
    let number = numbers.get(name);
    if (number === undefined) {
      number = Math.imul(numbers.size + 1, 0x9e3779b1) >>> 0;
      numbers.set(name, number);
    }
    sum += number;
  }
  return sum;
}
