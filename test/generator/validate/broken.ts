/** Documents that are broken in one way each, and how: a change of one that is not. */
export const broken: Readonly<Record<string, (document: Sound) => unknown>> = {
  'has no info': (document) => ({ ...document, info: undefined }),
  'has no version of its own': (document) => ({ ...document, info: { title: 'Things' } }),
  'has a number for a version': (document) => ({ ...document, info: { title: 'T', version: 1 } }),
  'has no paths': (document) => ({ ...document, paths: undefined }),
  'is of a version that does not exist': (document) => ({ ...document, openapi: '3.7.0' }),
  'has a path without a slash': (document) => withPaths(document, { things: get() }),
  'has an operation without responses': (document) =>
    withPaths(document, { '/things': { get: {} } }),
  'has a response without a description': (document) =>
    withPaths(document, { '/things': { get: { responses: { 200: {} } } } }),
  'has a method that does not exist': (document) =>
    withPaths(document, { '/things': { ...get(), fetch: get().get } }),
  'has a path parameter that is not required': (document) =>
    withPaths(document, { '/things/{id}': get({ parameters: [{ ...id, required: false }] }) }),
  'has a parameter without a place': (document) =>
    withPaths(document, { '/things': get({ parameters: [{ name: 'q', schema: {} }] }) }),
  'has a parameter twice': (document) =>
    withPaths(document, { '/things/{id}': get({ parameters: [id, id] }) }),
  'has an operationId twice': (document) =>
    withPaths(document, {
      '/a': get({ operationId: 'same' }),
      '/b': get({ operationId: 'same' }),
    }),
  'has paths that differ in a name alone': (document) =>
    withPaths(document, {
      '/things/{a}': get({ parameters: [{ ...id, name: 'a' }] }),
      '/things/{b}': get({ parameters: [{ ...id, name: 'b' }] }),
    }),
  'has a reference that leads nowhere': (document) =>
    withSchema(document, { $ref: '#/components/schemas/Nothing' }),
  'has a reference that leads to itself': (document) =>
    withSchema(document, { $ref: '#/components/schemas/Thing' }),
  'has a reference to another kind of thing': (document) =>
    withSchema(document, { $ref: '#/components/parameters/id' }),
  'has a type that does not exist': (document) => withSchema(document, { type: 'text' }),
  'has properties that are a list': (document) =>
    withSchema(document, { type: 'object', properties: [] }),
  'has an enum that is a text': (document) => withSchema(document, { enum: 'a, b' }),
};

export interface Sound {
  readonly openapi: string;
  readonly info: object;
  readonly paths: object;
  readonly components: { readonly schemas: object; readonly parameters: object };
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

function get(more: object = {}): { readonly get: object } {
  return { get: { responses: { 200: { description: 'Done.' } }, ...more } };
}

export const sound: Sound = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1.0.0' },
  paths: {
    '/things': get({
      responses: {
        200: {
          description: 'A thing.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
      },
    }),
  },
  components: { schemas: { Thing: { type: 'object' } }, parameters: { id } },
};

function withPaths(document: Sound, paths: object): unknown {
  return { ...document, paths };
}

function withSchema(document: Sound, schema: object): unknown {
  const { components } = document;
  return { ...document, components: { ...components, schemas: { Thing: schema } } };
}
