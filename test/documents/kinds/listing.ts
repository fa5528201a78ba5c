import { api, json, ok } from './variation.ts';

export const items =
  '{ type: array, items: { type: object, properties: { id: { type: string } } } }';

/** A listing: its parameters by name and schema, and the members of its answer. */
export function listing(parameters: string, members: string, route = '/things'): string {
  const path = [...route.matchAll(/\{(\w+)\}/g)].map(
    ([, name]) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`,
  );
  const query = parameters === '' ? [] : [parameters];
  return api(
    `${route}: { get: { operationId: list, parameters: [${[...path, ...query].join(', ')}], responses: ${ok(json, `{ type: object, properties: { ${members} } }`)} } }`,
  );
}

/** A parameter of the query. */
export const q = (name: string, schema: string): string =>
  `{ name: ${name}, in: query, schema: ${schema} }`;
export const text = '{ type: string }';
export const integer = '{ type: integer }';
export const flag = '{ type: boolean }';
