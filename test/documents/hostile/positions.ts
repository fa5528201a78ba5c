type Json = Record<string, unknown>;

/** Puts a text at one place of a document. */
export type Place = (document: Document, text: string) => void;

/** A small document that has something at every place. */
export interface Document {
  info: Json;
  servers: Json[];
  tags: Json[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Json>;
    securitySchemes: Record<string, Json>;
    parameters: Record<string, Json>;
  };
  webhooks: Json;
  security: Json[];
  [extension: string]: unknown;
}

interface Operation extends Json {
  parameters: Json[];
  requestBody: Json & { content: Record<string, { schema: Json }> };
  responses: Record<string, Json>;
}

export function blank(): Document {
  return {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com/v1' }],
    tags: [{ name: 'pets' }],
    security: [{ key: [] }],
    paths: {
      '/pets/{petId}': {
        put: {
          operationId: 'updatePet',
          tags: ['pets'],
          parameters: [
            { name: 'petId', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'page', in: 'query', schema: { type: 'integer' } },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
            { name: 'session', in: 'cookie', schema: { type: 'string' } },
          ],
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
          responses: {
            200: {
              description: 'Done.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: 'object',
          properties: { name: { type: 'string' }, size: { type: 'number' } },
        },
      },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      parameters: {},
    },
    webhooks: {},
  };
}

export function operationOf(document: Document): Operation {
  const [item] = Object.values(document.paths);
  const operation = item?.['put'];
  if (!operation) throw new Error('The document has an operation.');
  return operation;
}

/** A member by its own name, also `__proto__`. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const pet = (document: Document): Json => document.components.schemas['Pet'] ?? {};
const property = (document: Document, more: Json): void => {
  define(pet(document)['properties'] as Json, 'name', { type: 'string', ...more });
};
const parameter = (index: number, more: (text: string) => Json): Place => {
  return (document, text) =>
    Object.assign(operationOf(document).parameters[index] ?? {}, more(text));
};
const operation =
  (more: (text: string) => Json): Place =>
  (document, text) => {
    Object.assign(operationOf(document), more(text));
  };
const info =
  (more: (text: string) => Json): Place =>
  (document, text) => {
    Object.assign(document.info, more(text));
  };
const scheme =
  (more: (text: string) => Json): Place =>
  (document, text) => {
    document.components.securitySchemes['key'] = more(text) as Json;
  };
const answer =
  (more: (text: string) => Json): Place =>
  (document, text) => {
    Object.assign(operationOf(document).responses['200'] ?? {}, more(text));
  };

/** Where a text of the document can come from, by what a reader would call it. */
export const places: Readonly<Record<string, Place>> = {
  title: info((title) => ({ title })),
  version: info((version) => ({ version })),
  "the API's description": info((description) => ({ description })),
  "the API's summary": info((summary) => ({ summary })),
  licence: info((name) => ({ license: { name, identifier: name } })),
  contact: info((name) => ({ contact: { name, email: name } })),
  'terms of service': info((termsOfService) => ({ termsOfService })),
  'URL of a server': (document, url) => document.servers.splice(0, 1, { url }),
  'path of a server': (document, text) =>
    document.servers.splice(0, 1, { url: `https://api.example.com/${text}` }),
  'URL of a second server': (document, url) => document.servers.push({ url }),
  'description of a server': (document, description) => {
    Object.assign(document.servers[0] ?? {}, { description });
  },
  'default of a server variable': (document, text) =>
    document.servers.splice(0, 1, {
      url: 'https://{host}.example.com',
      variables: { host: { default: text, enum: [text], description: text } },
    }),
  'name of a server variable': (document, text) => {
    const variables = {};
    define(variables, text, { default: 'a' });
    document.servers.splice(0, 1, { url: `https://{${text}}.example.com`, variables });
  },
  'server of an operation': operation((url) => ({ servers: [{ url }] })),
  'path of an operation’s server': operation((text) => ({
    servers: [{ url: `https://other.example.com/${text}` }],
  })),
  tag: operation((text) => ({ tags: [text] })),
  'description of a tag': (document, description) => {
    Object.assign(document.tags[0] ?? {}, { description, externalDocs: { url: description } });
  },
  path: (document, text) => {
    const [item] = Object.values(document.paths);
    document.paths = { [`/pets/{petId}/${text}`]: item ?? {} };
  },
  'query in a path': (document, text) => {
    const [item] = Object.values(document.paths);
    document.paths = { [`/pets/{petId}?${text}={petId}&${text}=1&x=${text}`]: item ?? {} };
  },
  'name of a path parameter': (document, text) => {
    const [item] = Object.values(document.paths);
    document.paths = { [`/pets/{${text}}`]: item ?? {} };
    Object.assign(operationOf(document).parameters[0] ?? {}, { name: text });
  },
  operationId: operation((operationId) => ({ operationId })),
  'no operationId': operation((text) => ({ operationId: undefined, tags: [text] })),
  'summary of an operation': operation((summary) => ({ summary })),
  'description of an operation': operation((description) => ({ description })),
  'release stage': operation((text) => ({ 'x-release-stage': text })),
  'link of an operation': operation((url) => ({ externalDocs: { url, description: url } })),
  'name of a query parameter': parameter(1, (name) => ({ name })),
  'name of a header parameter': parameter(2, (name) => ({ name })),
  'name of a cookie parameter': parameter(3, (name) => ({ name })),
  'description of a parameter': parameter(1, (description) => ({ description })),
  'default of a parameter': parameter(1, (text) => ({ schema: { type: 'string', default: text } })),
  'example of a parameter': parameter(1, (example) => ({ example })),
  'values of a parameter': parameter(1, (text) => ({ schema: { enum: [text, `${text}2`] } })),
  'style of a parameter': parameter(1, (style) => ({ style })),
  'media type of a parameter': (document, text) => {
    operationOf(document).parameters[1] = { name: 'q', in: 'query', content: { [text]: {} } };
  },
  'media type of a body': (document, text) => {
    operationOf(document).requestBody.content = { [text]: { schema: pet(document) } };
  },
  'subtype of a body': (document, text) => {
    operationOf(document).requestBody.content = { [`text/${text}`]: { schema: pet(document) } };
  },
  'subtype of JSON': (document, text) => {
    operationOf(document).requestBody.content = {
      [`application/a+json;${text}`]: { schema: pet(document) },
    };
  },
  'description of a body': (document, description) => {
    Object.assign(operationOf(document).requestBody, { description });
  },
  'description of an answer': answer((description) => ({ description })),
  'header of an answer': answer((text) => ({ headers: { [text]: { schema: {} } } })),
  'media type of an answer': answer((text) => ({ content: { [text]: { schema: {} } } })),
  'link of an answer': answer((text) => ({ links: { [text]: { operationId: text } } })),
  'status of an answer': (document, text) => {
    define(operationOf(document).responses, text, { description: 'x' });
  },
  'name of a schema': (document, text) => {
    const { schemas } = document.components;
    define(schemas, text, { type: 'object', properties: { a: { type: 'string' } } });
    const pointer = text.replaceAll('~', '~0').replaceAll('/', '~1');
    property(document, {
      type: undefined,
      $ref: `#/components/schemas/${encodeURI(pointer.replaceAll(/[\ud800-\udfff]/g, ''))}`,
    });
  },
  'title of a schema': (document, title) => property(document, { title }),
  'description of a schema': (document, description) => {
    Object.assign(pet(document), { description });
  },
  'name of a property': (document, text) => {
    define(pet(document)['properties'] as Json, text, { type: 'string' });
  },
  'name of a required property': (document, text) => {
    Object.assign(pet(document), { required: [text] });
  },
  'description of a property': (document, description) => property(document, { description }),
  'default of a property': (document, text) => property(document, { default: text }),
  'nested default of a property': (document, text) =>
    property(document, { type: 'object', default: { [text]: [text] } }),
  'constant of a property': (document, text) => property(document, { const: text }),
  'values of a property': (document, text) => property(document, { enum: [text, `${text}2`] }),
  'names of values': (document, text) =>
    property(document, {
      enum: ['a', 'b'],
      'x-enum-varnames': [text, `${text}2`],
      'x-enumNames': [text, text],
      'x-enum-descriptions': [text, text],
      'x-enumDescriptions': { a: text, b: text },
    }),
  'names of numbers': (document, text) =>
    property(document, {
      type: 'integer',
      enum: [1, 2],
      'x-enum-varnames': [text, `${text}2`],
      'x-enum-descriptions': [text, text],
    }),
  'pattern of a property': (document, pattern) => property(document, { pattern }),
  'format of a property': (document, format) => property(document, { format }),
  'type of a property': (document, type) => property(document, { type }),
  'limits of a number': (document, text) =>
    property(document, { type: 'number', minimum: text, maximum: text, multipleOf: text }),
  'limits of a string': (document, text) =>
    property(document, { minLength: text, maxLength: text, minItems: text }),
  'example of a property': (document, text) =>
    property(document, { example: text, examples: [text] }),
  'pattern of further properties': (document, text) => {
    Object.assign(pet(document), { patternProperties: { [text]: { type: 'string' } } });
  },
  'discriminating property': (document, text) => {
    document.components.schemas['Union'] = {
      oneOf: [{ $ref: '#/components/schemas/Pet' }],
      discriminator: { propertyName: text, mapping: { a: '#/components/schemas/Pet' } },
    };
  },
  'value of a discriminator': (document, text) => {
    const mapping = {};
    define(mapping, text, '#/components/schemas/Pet');
    document.components.schemas['Union'] = {
      oneOf: [{ $ref: '#/components/schemas/Pet' }],
      discriminator: { propertyName: 'kind', mapping },
    };
  },
  'target of a discriminator': (document, text) => {
    document.components.schemas['Union'] = {
      oneOf: [{ $ref: '#/components/schemas/Pet' }],
      discriminator: { propertyName: 'kind', mapping: { a: text } },
    };
  },
  'name of a definition': (document, text) => {
    const definitions = {};
    define(definitions, text, { type: 'string' });
    Object.assign(pet(document), { $defs: definitions });
  },
  'name of a security scheme': (document, text) => {
    const schemes = document.components.securitySchemes;
    define(schemes, text, { type: 'http', scheme: 'bearer', bearerFormat: text });
  },
  'header of a security scheme': scheme((name) => ({ type: 'apiKey', in: 'header', name })),
  'query parameter of a security scheme': scheme((name) => ({ type: 'apiKey', in: 'query', name })),
  'cookie of a security scheme': scheme((name) => ({ type: 'apiKey', in: 'cookie', name })),
  'description of a security scheme': scheme((description) => ({
    type: 'http',
    scheme: 'basic',
    description,
  })),
  'URL of a security scheme': scheme((text) => ({
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: text, scopes: { [text]: text } } },
  })),
  'scheme of a security scheme': scheme((text) => ({ type: 'http', scheme: text })),
  'name of a webhook': (document, text) => {
    define(document.webhooks, text, {
      post: {
        summary: text,
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: {},
      },
    });
  },
  'name of a callback': operation((text) => ({
    callbacks: {
      [text]: {
        [`{$request.body#/${text}}`]: {
          post: {
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
            responses: {},
          },
        },
      },
    },
  })),
  'verb of a batchable action': (document, text) => {
    const entry = { summary: 'x', resource: '/pets/{petId}', operation: `${text}/update` };
    document['x-batchable-actions'] = [entry];
  },
  'resource of a batchable action': (document, text) => {
    Object.assign(operationOf(document), { summary: `Pet ${text}` });
    const entry = { summary: `Pet ${text}`, resource: text, operation: text };
    document['x-batchable-actions'] = [entry];
  },
  'name of an extension': (document, text) => {
    document[`x-${text}`] = { [text]: text };
  },
};
