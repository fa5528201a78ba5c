import type { JsonObject } from '../../json/narrow.ts';

const aboutObjects: readonly string[] = [
  'properties',
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'required',
];
const aboutArrays: readonly string[] = ['items', 'prefixItems', 'unevaluatedItems'];

/** What the keywords of a schema without a type speak of. */
export function impliedKinds(schema: JsonObject): readonly ('object' | 'array')[] {
  const has = (keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(schema, key));
  return [
    ...(has(aboutObjects) ? (['object'] as const) : []),
    ...(has(aboutArrays) ? (['array'] as const) : []),
  ];
}
