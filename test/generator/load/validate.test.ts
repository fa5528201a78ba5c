import { expect, test } from 'vitest';
import { document, loadText, type Outcome } from './loading.ts';

/** What is told of a document, as `line:column pointer: message > hint`. */
function lines({ told, messages, hints }: Outcome): readonly string[] {
  return told.map((line, index) => {
    const [, , place = '', pointer = ''] = line.split(' ');
    const hint = hints[index] === undefined ? '' : ` > ${hints[index]}`;
    return `${place.replace('api.yaml:', '')} ${pointer}: ${messages[index]}${hint}`;
  });
}

test('tells each fault once, where it is, and what to do', async () => {
  const outcome = await loadText(`openapi: 3.0.3
info: {title: Pets, verson: 1}
servers: {}
paths:
  pets: {}
  /a/{b}:
    get:
      parameters:
        - {name: b, in: pth, required: true, schema: {type: strng}}
        - {name: b, in: path, required: false, schema: {type: [string, 'null']}}
        - {name: c, in: query}
        - {$ref: 5}
      requestBody: {}
      responses:
        ok: {description: d}
        200: {}
        404: {description: d, content: {application/json: {example: 1, examples: {}}}}
components:
  schemas:
    A: {required: [], properties: {b: no, c: null}, allOf: {}, const: 1}
  securitySchemes:
    a: {type: apikey}
    b: {type: oauth2}
    c: {type: apiKey, in: body, name: x}
    d: {type: http, scheme: basic, bearerFormat: JWT}
swagger: '2.0'
`);
  expect(lines(outcome)).toEqual([
    '2:1 /info: "info" lacks "version".',
    '2:21 /info/verson: "info" has a field "verson", which OpenAPI 3.0 does not know there. > Did you mean "version"?',
    '3:1 /servers: "servers" must be a list, but is an object.',
    '5:3 /paths/pets: The path "pets" does not begin with a slash.',
    '9:21 /paths/~1a~1{b}/get/parameters/0/in: "in" must be "path", "query", "header" or "cookie", but is the string "pth". > Did you mean "path"?',
    '9:55 /paths/~1a~1{b}/get/parameters/0/schema/type: "type" must be "array", "boolean", "integer", "number", "object" or "string", but is the string "strng". > Did you mean "string"?',
    '10:31 /paths/~1a~1{b}/get/parameters/1/required: "required" must be true, but is the boolean false.',
    '10:57 /paths/~1a~1{b}/get/parameters/1/schema/type: "type" must be a string, but is a list. > Lists of types came with OpenAPI 3.1; change the version if that is what you write.',
    '11:11 /paths/~1a~1{b}/get/parameters/2: Item 2 of "parameters" needs exactly one of "schema" or "content".',
    '12:12 /paths/~1a~1{b}/get/parameters/3/$ref: "$ref" must be a string, but is the number 5. > Put it in quotes: "5".',
    '13:7 /paths/~1a~1{b}/get/requestBody: "requestBody" lacks "content".',
    '15:9 /paths/~1a~1{b}/get/responses/ok: A response is named "ok". > Name it by its status code, by a class such as "4XX", or "default".',
    '16:9 /paths/~1a~1{b}/get/responses/200: "200" lacks "description".',
    '17:41 /paths/~1a~1{b}/get/responses/404/content/application~1json: "application/json" has both "example" and "examples"; only one of them is allowed.',
    '20:9 /components/schemas/A/required: "required" needs at least 1 item.',
    '20:36 /components/schemas/A/properties/b: "b" must be an object, but is the string "no".',
    '20:43 /components/schemas/A/properties/c: "c" must be an object, but is null. > Fill it in, or remove it.',
    '20:53 /components/schemas/A/allOf: "allOf" must be a list, but is an object.',
    '20:64 /components/schemas/A/const: "A" has a field "const", which OpenAPI 3.0 does not know there. > Before OpenAPI 3.1, write an "enum" with one value.',
    '22:9 /components/securitySchemes/a/type: "type" must be "apiKey", "http", "oauth2" or "openIdConnect", but is the string "apikey". > Did you mean "apiKey"?',
    '23:5 /components/securitySchemes/b: "b" lacks "flows".',
    '24:23 /components/securitySchemes/c/in: "in" must be "header", "query" or "cookie", but is the string "body".',
    '25:36 /components/securitySchemes/d/bearerFormat: "bearerFormat" does not go together with what is beside it.',
    '26:1 /swagger: The document has a field "swagger", which OpenAPI 3.0 does not know there. > Remove it, or name it "x-swagger" to keep it as an extension.',
  ]);
});

test('tells the faults of OpenAPI 3.1 as those of 3.0', async () => {
  const outcome = await loadText(`openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /a/{b}:
    get:
      parameters: [{name: b, in: pth, schema: {}}, {name: c, in: query}]
      responses: {200: {descripton: d}}
components:
  securitySchemes: {a: {type: apikey}}
swagger: '2.0'
`);
  expect(lines(outcome).filter((line) => !line.includes('No parameter'))).toEqual([
    '6:30 /paths/~1a~1{b}/get/parameters/0/in: "in" must be "query", "header", "path" or "cookie", but is the string "pth". > Did you mean "path"?',
    '6:52 /paths/~1a~1{b}/get/parameters/1: Item 1 of "parameters" needs exactly one of "schema" or "content".',
    '7:19 /paths/~1a~1{b}/get/responses/200: "200" lacks "description".',
    '7:25 /paths/~1a~1{b}/get/responses/200/descripton: "200" has a field "descripton", which OpenAPI 3.1 does not know there. > Did you mean "description"?',
    '9:25 /components/securitySchemes/a/type: "type" must be "apiKey", "http", "mutualTLS", "oauth2" or "openIdConnect", but is the string "apikey". > Did you mean "apiKey"?',
    '10:1 /swagger: The document has a field "swagger", which OpenAPI 3.1 does not know there. > Remove it, or name it "x-swagger" to keep it as an extension.',
  ]);
});

test('warns of the same faults where the user is lenient, and goes on', async () => {
  const { loaded, told } = await loadText(document({ info: { title: 5 }, foo: 1 }), {
    lenient: true,
  });
  expect(told).toEqual([
    'warning load/invalid api.yaml:1:20 /info',
    'warning load/invalid api.yaml:1:28 /info/title',
    expect.stringMatching(/^warning load\/invalid api\.yaml:1:\d+ \/foo$/),
  ]);
  expect(loaded?.document.info.title).toBe(5);
});

test('leaves out what is of the wrong type for its place', async () => {
  const paths = { '/a': null, '/b': { get: [], parameters: [null, { $ref: '#/nowhere' }] } };
  const { loaded } = await loadText(
    document({
      paths,
      components: { schemas: { A: { properties: [], items: true } }, responses: 1 },
    }),
    { lenient: true },
  );
  expect(loaded?.document.paths).toEqual({ '/b': { parameters: [] } });
  expect(loaded?.document.components).toEqual({ schemas: { A: { items: true } } });
});

test('says what it leaves out of schemas that no schema describes', async () => {
  const { loaded, told, messages } = await loadText(`openapi: 3.1.0
info: {title: Pets, version: '1'}
components: {schemas: {A: {properties: [], allOf: {}}}}
`);
  expect(told).toEqual([
    'warning load/ignored api.yaml:3:28 /components/schemas/A/properties',
    'warning load/ignored api.yaml:3:44 /components/schemas/A/allOf',
  ]);
  expect(messages).toEqual([
    '"properties" must be an object, but is a list; it is left out.',
    '"allOf" must be a list, but is an object; it is left out.',
  ]);
  expect(loaded?.document.components?.schemas).toEqual({ A: {} });
});

test('warns of an operationId that another operation has', async () => {
  const operation = { operationId: 'a', responses: { 200: { description: 'd' } } };
  const text = document({ paths: { '/a': { get: operation }, '/b': { get: operation } } });
  const { loaded, told, messages, hints } = await loadText(text);
  expect(told).toEqual([expect.stringContaining('warning load/duplicate-operation-id')]);
  expect(messages).toEqual(['Another operation has the operationId "a" already.']);
  expect(hints).toEqual([
    'Give one of them another operationId; the other is at "/paths/~1a/get".',
  ]);
  expect(loaded).toBeDefined();
});

test('warns of names that stand twice in a path or in a list of parameters', async () => {
  const schema = { type: 'string' };
  const outcome = await loadText(
    document({
      paths: {
        '/{a}/{b}/{b}': {
          parameters: [{ name: 'a', in: 'path', required: true, schema }],
          get: {
            parameters: [
              { name: 'd', in: 'query', schema },
              { name: 'd', in: 'query', schema },
            ],
            responses: { 200: { description: 'd' } },
          },
        },
      },
    }),
  );
  expect(outcome.loaded).toBeDefined();
  expect(outcome.messages).toEqual([
    'The path has "{b}" twice.',
    'The parameter "d" stands here twice.',
  ]);
});

test('tells no more than a person reads', async () => {
  const paths = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`a${index}`, {}]));
  const { told, messages } = await loadText(document({ paths }));
  expect(told).toHaveLength(201);
  expect(messages.at(-1)).toBe('800 more problems of this document are not shown.');
});

test('shows nothing of a document that a terminal would obey', async () => {
  const { messages, hints } = await loadText(document({ '\u001B[31m\u009B\u202E': 1 }));
  expect(messages).toEqual([
    'The document has a field "\\u001b[31m\\u009b\\u202e", which OpenAPI 3.0 does not know there.',
  ]);
  expect(hints).toEqual([
    'Remove it, or name it "x-\\u001b[31m\\u009b\\u202e" to keep it as an extension.',
  ]);
});
