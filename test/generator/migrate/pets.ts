const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' }, age: { type: 'integer' } },
};

/** An API of pets, in which what is renamed in an update has a name of its own. */
export function document(names: {
  readonly get: string;
  readonly list: string;
  readonly id: string;
  readonly type: string;
  readonly tags: readonly [get: string, list: string];
  readonly more?: object;
}): string {
  const json = (schema: object): object => ({
    description: 'Done',
    content: { 'application/json': { schema } },
  });
  const ref = { $ref: `#/components/schemas/${names.type}` };
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    servers: [{ url: 'https://pets.example' }],
    paths: {
      [`/pets/{${names.id}}`]: {
        get: {
          operationId: names.get,
          tags: [names.tags[0]],
          parameters: [{ name: names.id, in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: json(ref) },
        },
      },
      '/pets': {
        get: {
          operationId: names.list,
          tags: [names.tags[1]],
          responses: { 200: json({ type: 'array', items: ref }) },
        },
      },
      ...names.more,
    },
    components: { schemas: { [names.type]: pet } },
  });
}

/** The names before an update. */
export const before = {
  get: 'getPet',
  list: 'listPets',
  id: 'id',
  type: 'Pet',
  tags: ['pets', 'pets'],
} as const;
