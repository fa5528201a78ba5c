import { expect, test } from 'vitest';
import { upgraded } from './upgrading.ts';

test('says of a parameter what it says of its value in a schema, and how lists are written', async () => {
  const document = await upgraded(`
paths:
  /a/{p}:
    parameters:
      - {name: p, in: path, required: true, type: array, items: {type: string}}
    get:
      parameters:
        - {name: a, in: query, type: integer, maximum: 9, default: 1, description: d, x-example: 5, x-a: 1}
        - {name: b, in: query, type: array, items: {type: string, enum: [x]}, collectionFormat: multi}
        - {name: c, in: query, type: array, items: {type: string}}
        - {name: d, in: query, type: array, items: {type: string}, collectionFormat: ssv}
        - {name: e, in: query, type: array, items: {type: string}, collectionFormat: pipes}
        - {name: f, in: header, type: string, x-nullable: true, x-enum-varnames: [A], enum: [a]}
        - {$ref: '#/parameters/shared'}
      responses: {200: {description: d}}
parameters:
  shared: {name: s, in: query, type: boolean}
`);
  expect(document).toMatchObject({
    paths: {
      '/a/{p}': {
        parameters: [
          {
            name: 'p',
            in: 'path',
            required: true,
            schema: { type: 'array', items: { type: 'string' } },
          },
        ],
        get: {
          parameters: [
            {
              name: 'a',
              in: 'query',
              description: 'd',
              example: 5,
              'x-a': 1,
              schema: { type: 'integer', maximum: 9, default: 1 },
            },
            { name: 'b', style: 'form', explode: true, schema: { items: { enum: ['x'] } } },
            { name: 'c', style: 'form', explode: false },
            { name: 'd', style: 'spaceDelimited', explode: false },
            { name: 'e', style: 'pipeDelimited', explode: false },
            {
              name: 'f',
              schema: { type: 'string', nullable: true, enum: ['a'], 'x-enum-varnames': ['A'] },
            },
            { $ref: '#/components/parameters/shared' },
          ],
        },
      },
    },
    components: { parameters: { shared: { name: 's', in: 'query', schema: { type: 'boolean' } } } },
  });
});

test('makes the request body of parameters in the body, also of shared ones', async () => {
  const document = await upgraded(`
consumes: [application/json, application/xml]
paths:
  /a:
    parameters: [{$ref: '#/parameters/pet'}]
    get: {responses: {200: {description: d}}}
    put: {responses: {200: {description: d}}}
  /b:
    post:
      consumes: [text/plain]
      parameters: [{name: b, in: body, description: d, schema: {type: string}}]
      responses: {200: {description: d}}
parameters:
  pet: {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
definitions:
  Pet: {type: object}
`);
  const schema = { $ref: '#/components/schemas/Pet' };
  expect(document).toMatchObject({
    paths: {
      '/a': {
        get: { responses: { 200: { description: 'd' } } },
        put: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema }, 'application/xml': { schema } },
          },
        },
      },
      '/b': {
        post: {
          requestBody: {
            description: 'd',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
    components: { schemas: { Pet: { type: 'object' } }, parameters: {} },
  });
  expect(document).not.toHaveProperty(['paths', '/a', 'get', 'requestBody']);
  expect(document).not.toHaveProperty(['paths', '/a', 'parameters']);
});

test('makes the request body of form fields, with all that is said of them', async () => {
  const fields = `
        - {name: a, in: formData, type: string, enum: [x, y], default: x, required: true, description: d}
        - {name: b, in: formData, type: array, items: {type: integer}}
        - {name: c, in: formData, type: array, items: {type: integer}, collectionFormat: multi}
`;
  const responses = '{200: {description: d}}';
  const document = await upgraded(`
paths:
  /form:
    post:
      consumes: [application/x-www-form-urlencoded]
      responses: ${responses}
      parameters: ${fields}
  /none:
    post:
      responses: ${responses}
      parameters: ${fields}
  /file:
    post:
      consumes: [multipart/form-data, application/x-www-form-urlencoded]
      responses: ${responses}
      parameters: ${fields}
        - {$ref: '#/parameters/file'}
parameters:
  file: {name: file, in: formData, type: file}
`);
  const schema = {
    type: 'object',
    properties: {
      a: { type: 'string', enum: ['x', 'y'], default: 'x', description: 'd' },
      b: { type: 'array', items: { type: 'integer' } },
      c: { type: 'array', items: { type: 'integer' } },
    },
    required: ['a'],
  };
  const urlencoded = { schema, encoding: { b: { style: 'form', explode: false } } };
  const body = { content: { 'application/x-www-form-urlencoded': urlencoded }, required: true };
  expect(document).toHaveProperty(['paths', '/form', 'post', 'requestBody'], body);
  expect(document).toHaveProperty(['paths', '/none', 'post', 'requestBody'], body);
  expect(document).toHaveProperty(['paths', '/file', 'post', 'requestBody'], {
    content: {
      'multipart/form-data': {
        schema: {
          ...schema,
          properties: { ...schema.properties, file: { type: 'string', format: 'binary' } },
        },
        encoding: urlencoded.encoding,
      },
    },
    required: true,
  });
});
