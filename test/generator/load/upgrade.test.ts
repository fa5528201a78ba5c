import { existsSync, readFileSync } from 'node:fs';
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { expect, test } from 'vitest';
import { loadSource, loadText } from './loading.ts';
import { head, upgraded } from './upgrading.ts';

test('makes servers of schemes, host and base path, the secure first', async () => {
  expect(
    await upgraded('host: example.com\nbasePath: /v1/\nschemes: [http, https]\npaths: {}\n'),
  ).toEqual({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    servers: [{ url: 'https://example.com/v1' }, { url: 'http://example.com/v1' }],
    paths: {},
  });
});

test('keeps extensions, tags, security and links to other documentation', async () => {
  const kept = {
    paths: { 'x-a': 1 },
    tags: [{ name: 'a' }],
    security: [{ key: [] }],
    externalDocs: { url: 'https://example.com' },
    'x-batchable-actions': [{ group: 'a' }],
  };
  const lines = Object.entries(kept).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  expect(await upgraded(lines.join(''))).toMatchObject(kept);
});

test('upgrades what proves who one is', async () => {
  expect(
    await upgraded(`paths: {}
securityDefinitions:
  a: {type: apiKey, in: header, name: X, description: d}
  b: {type: basic, description: d}
  c: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {s: d}, description: d}
  d: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}
`),
  ).toMatchObject({
    components: {
      securitySchemes: {
        a: { type: 'apiKey', in: 'header', name: 'X', description: 'd' },
        b: { type: 'http', scheme: 'basic', description: 'd' },
        c: {
          type: 'oauth2',
          description: 'd',
          flows: {
            authorizationCode: {
              authorizationUrl: 'https://a',
              tokenUrl: 'https://t',
              scopes: { s: 'd' },
            },
          },
        },
        d: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://t', scopes: {} } } },
      },
    },
  });
});

test('says of a response what it answers in which media type', async () => {
  const document = await upgraded(`
produces: [application/json]
paths:
  /a:
    get:
      produces: [text/csv, application/json]
      responses:
        200:
          description: d
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
          headers: {Link: {type: string, description: l}, Count: {type: integer}}
          examples: {application/json: [1], text/html: x}
        404: {$ref: '#/responses/NotFound'}
  /file:
    get: {produces: [image/png], responses: {200: {description: d, schema: {type: file}}}}
responses:
  NotFound: {description: nf, schema: {$ref: '#/definitions/Pet'}}
definitions:
  Pet: {type: object}
`);
  const pet = { $ref: '#/components/schemas/Pet' };
  const schema = { type: 'array', items: pet };
  expect(document).toHaveProperty(['paths', '/a', 'get', 'responses'], {
    200: {
      description: 'd',
      headers: {
        Link: { description: 'l', schema: { type: 'string' } },
        Count: { schema: { type: 'integer' } },
      },
      content: { 'text/csv': { schema }, 'application/json': { schema, example: [1] } },
    },
    404: { $ref: '#/components/responses/NotFound' },
  });
  expect(document).toHaveProperty(['paths', '/file', 'get', 'responses', '200', 'content'], {
    'image/png': { schema: { type: 'string', format: 'binary' } },
  });
  expect(document).toHaveProperty('components.responses.NotFound', {
    description: 'nf',
    content: { 'application/json': { schema: pet } },
  });
});

test('upgrades schemas, and leaves alone what only looks like one', async () => {
  const document = await upgraded(`
paths: {}
definitions:
  Pet:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: {type: string}
      type: {type: string, enum: [file]}
      a: {type: string, x-nullable: true}
      b: {type: [string, 'null']}
      c: {type: [string, integer]}
      d: {$ref: '#/definitions/Pet/properties/a'}
    example: {type: file, $ref: '#/definitions/nowhere', x-nullable: true}
`);
  expect(document).toHaveProperty('components.schemas.Pet', {
    type: 'object',
    discriminator: { propertyName: 'kind' },
    required: ['kind'],
    properties: {
      kind: { type: 'string' },
      type: { type: 'string', enum: ['file'] },
      a: { type: 'string', nullable: true },
      b: { type: 'string', nullable: true },
      c: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      d: { $ref: '#/components/schemas/Pet/properties/a' },
    },
    example: { type: 'file', $ref: '#/definitions/nowhere', 'x-nullable': true },
  });
});

test('leads references into bodies and responses to where those are now', async () => {
  const document = await upgraded(`
paths:
  /a:
    post:
      parameters: [{name: q, in: query, type: string}, {name: b, in: body, schema: {properties: {x: {type: string}}}}]
      responses: {200: {description: d, schema: {type: integer}}}
definitions:
  A: {$ref: '#/paths/~1a/post/parameters/1/schema/properties/x'}
  B: {$ref: '#/paths/~1a/post/responses/200/schema'}
`);
  expect(document).toHaveProperty('components.schemas', {
    A: {
      $ref: '#/paths/~1a/post/requestBody/content/application~1json/schema/properties/x',
    },
    B: { $ref: '#/paths/~1a/post/responses/200/content/application~1json/schema' },
  });
});

test('knows where in the Swagger document a part of the new one was written', async () => {
  const { loaded } = await loadText(`${head}paths:
  /a:
    post:
      parameters:
        - {name: b, in: body, schema: {type: object}}
        - {name: q, in: query, type: string}
      responses:
        200:
          description: d
          schema: {$ref: '#/definitions/Pet'}
definitions:
  Pet:
    type: object
`);
  const places = [
    '/paths/~1a/post/requestBody/content/application~1json/schema/type',
    '/paths/~1a/post/parameters/0/name',
    '/paths/~1a/post/responses/200/content/application~1json/schema',
    '/components/schemas/Pet/type',
  ].map((pointer) => loaded?.locate(pointer));
  expect(places).toMatchObject([
    { pointer: '/paths/~1a/post/parameters/0/schema/type', line: 7, column: 40 },
    { pointer: '/paths/~1a/post/parameters/1/name', line: 8, column: 12 },
    { pointer: '/paths/~1a/post/responses/200/schema', line: 12, column: 11 },
    { pointer: '/definitions/Pet/type', line: 15, column: 5 },
  ]);
});

test('says what OpenAPI 3 cannot say', async () => {
  const { told, messages } = await loadText(`${head}paths:
  /a:
    get:
      parameters: [{name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {200: {description: d}}
`);
  expect(told).toEqual([
    'warning load/list-format api.yaml:6:77 /paths/~1a/get/parameters/0/collectionFormat',
  ]);
  expect(messages).toEqual([
    'OpenAPI 3 cannot say "tsv" of a list in a query; its items are joined by commas.',
  ]);
});

test.each([['application/x-www-form-urlencoded'], ['multipart/form-data']])(
  'says what OpenAPI 3 cannot say of a list in %s',
  async (mediaType) => {
    const { told, messages } = await loadText(`${head}paths:
  /a:
    post:
      consumes: [${mediaType}]
      parameters: [{name: a, in: formData, type: array, items: {type: string}, collectionFormat: tsv}]
      responses: {200: {description: d}}
`);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^warning load\/list-format api\.yaml:7:80 /);
    expect(messages).toEqual([
      'OpenAPI 3 cannot say "tsv" of a list in a form; its items are joined by commas.',
    ]);
  },
);

test('says once of a field of several forms that its format has no like', async () => {
  const { messages } = await loadText(`${head}parameters:
  a: {name: a, in: formData, type: array, items: {type: string}, collectionFormat: tsv}
paths:
  /a: {post: {parameters: [{$ref: '#/parameters/a'}], responses: {200: {description: d}}}}
  /b: {post: {parameters: [{$ref: '#/parameters/a'}], responses: {200: {description: d}}}}
`);
  expect(messages).toHaveLength(1);
});

test.each(['csv', 'ssv', 'pipes', 'multi'])(
  'has nothing to say of %s in a form',
  async (format) => {
    const { messages } = await loadText(`${head}paths:
  /a:
    post:
      parameters: [{name: a, in: formData, type: array, items: {type: string}, collectionFormat: ${format}}]
      responses: {200: {description: d}}
`);
    expect(messages).toEqual([]);
  },
);

test('checks what the Swagger specification says of bodies and files', async () => {
  const { messages } = await loadText(`${head}paths:
  /a:
    post:
      consumes: [application/json]
      parameters:
        - {name: a, in: body, schema: {}}
        - {name: b, in: body, schema: {}}
      responses: {200: {description: d}}
    put:
      consumes: [application/json]
      parameters: [{name: a, in: formData, type: file}]
      responses: {200: {description: d}}
`);
  expect(messages).toEqual([
    'The operation has more than one body.',
    'A file is sent in a form, but the operation takes no form; it is sent as "multipart/form-data".',
  ]);
});

const specification = new URL(
  '../../../../shared/specs/meraki-v1.44.0-swagger2.json',
  import.meta.url,
);

const isThere = existsSync(specification);

test.skipIf(!isThere)(
  `says the same as the reference library of a large document${isThere ? '' : ' (skipped: ../shared is absent)'}`,
  async () => {
    const { loaded, told } = await loadSource(specification.href);
    expect(told).toEqual([]);
    const expected = upgradeFromTwoToThree(JSON.parse(readFileSync(specification, 'utf8')));
    expect(loaded?.document).toEqual({ ...expected, openapi: '3.0.3' });
  },
);
