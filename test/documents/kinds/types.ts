import type { Program } from '../cases/compiled.ts';
import { api, json, ok } from './variation.ts';

/** A document of one answer and one body, both of the schema `Thing`. */
const model = (schemas: string, version = '3.1.0'): string =>
  api(
    `/t: { get: { operationId: read, tags: [x], responses: ${ok(json, "{ $ref: '#/components/schemas/Thing' }")} },
  post: { operationId: write, tags: [x], requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: ok } } } }`,
    `components:\n  schemas:\n${schemas.trim().replaceAll(/^ */gm, '    ')}`,
    version,
  );

/** An answer and a body of the same media types, which stand among the components (OpenAPI 3.2). */
const media = (content: string, mediaTypes: string): string =>
  api(
    `/t: { get: { operationId: read, tags: [x], responses: { '200': { description: ok, content: ${content} } } },
  post: { operationId: write, tags: [x], requestBody: { required: true, content: ${content} }, responses: { '204': { description: ok } } } }`,
    `components:\n  mediaTypes:\n    ${mediaTypes}`,
    '3.2.0',
  );

const imports =
  "import type { ReadResponse, WriteBody } from './src/x.js';\nexport type All = [ReadResponse, WriteBody];\n";
const program = (document: string, code: string): Program => ({ document, code: imports + code });

/** Programs that must compile, but for the lines that say that they must not; by the case and what they vary. */
export const types: Readonly<Record<string, Readonly<Record<string, Program>>>> = {
  'discriminator-shared-enum': {
    'an enum in each member': program(
      model(`Thing: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } } }
      Cat: { type: object, required: [kind, lives], properties: { kind: { type: string, enum: [cat, dog] }, lives: { type: integer } } }
      Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat, dog] } } }`),
      "export const lives = (t: ReadResponse): number => (t.kind === 'cat' ? t.lives : 0);",
    ),
    'an enum of a base': program(
      model(`Thing: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } } }
      Base: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat, dog] } } }
      Cat: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [lives], properties: { lives: { type: integer } } }] }
      Dog: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object }] }`),
      "export const lives = (t: ReadResponse): number => (t.kind === 'cat' ? t.lives : 0);",
    ),
    'no mapping, and a plain text': program(
      model(`Thing: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
      Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } }
      Dog: { type: object, required: [kind], properties: { kind: { type: string } } }`),
      "export const lives = (t: ReadResponse): number => (t.kind === 'Cat' ? t.lives : 0);",
    ),
  },
  'pattern-properties-closed': {
    'two patterns': program(
      model(
        `Thing: { type: object, patternProperties: { '^x-': { type: string }, '^n-': { type: integer } }, additionalProperties: false }`,
      ),
      "export const thing: WriteBody = { 'x-a': 'a', 'n-b': 1 };\n// @ts-expect-error\nexport const wrong: WriteBody = { a: true };",
    ),
    'a pattern beside a type of all others': program(
      model(
        `Thing: { type: object, patternProperties: { '^x-': { type: string } }, additionalProperties: { type: integer } }`,
      ),
      "export const thing: WriteBody = { 'x-a': 'a', b: 1 };\n// @ts-expect-error\nexport const wrong: WriteBody = { b: {} };",
    ),
    'closed by unevaluatedProperties': program(
      model(
        `Thing: { type: object, patternProperties: { '^[a-z]+$': { type: integer } }, unevaluatedProperties: false }`,
      ),
      "export const value = (thing: ReadResponse): number | undefined => thing['a'];\n// @ts-expect-error\nexport const wrong: WriteBody = { a: 'x' };",
    ),
  },
  'readonly-by-ref': {
    'through allOf': program(
      model(
        `Thing: { type: object, required: [id, name], properties: { id: { allOf: [{ $ref: '#/components/schemas/Id' }] }, name: { type: string } } }
      Id: { type: string, readOnly: true }`,
        '3.0.3',
      ),
      "export const order: WriteBody = { name: 'a' };\n// @ts-expect-error\nexport const wrong: WriteBody = { id: 'a', name: 'a' };",
    ),
    'beside the reference': program(
      model(`Thing: { type: object, required: [id, name], properties: { id: { $ref: '#/components/schemas/Id', readOnly: true }, name: { type: string } } }
      Id: { type: string }`),
      "export const order: WriteBody = { name: 'a' };\nexport const id = (thing: ReadResponse): string => thing.id;",
    ),
    'and writeOnly the other way': program(
      model(
        `Thing: { type: object, required: [secret], properties: { secret: { $ref: '#/components/schemas/Secret' }, name: { type: string } } }
      Secret: { type: string, writeOnly: true }`,
        '3.0.3',
      ),
      "export const order: WriteBody = { secret: 'a' };\n// @ts-expect-error\nexport const secret = (thing: ReadResponse): unknown => thing.secret;",
    ),
  },
  'required-by-ref-part': {
    'two references deep': program(
      model(`Thing: { allOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Needs' }] }
      Pet: { type: object, properties: { name: { type: string } } }
      Needs: { allOf: [{ $ref: '#/components/schemas/NeedsName' }] }
      NeedsName: { type: object, required: [name] }`),
      'export const name = (thing: ReadResponse): string => thing.name;\n// @ts-expect-error\nexport const wrong: WriteBody = {};',
    ),
    'said by the whole': program(
      model(`Thing: { allOf: [{ $ref: '#/components/schemas/Pet' }], required: [name] }
      Pet: { type: object, properties: { name: { type: string } } }`),
      'export const name = (thing: ReadResponse): string => thing.name;\n// @ts-expect-error\nexport const wrong: WriteBody = {};',
    ),
    'said by a part for another': program(
      model(`Thing: { allOf: [{ type: object, required: [name, age], properties: { age: { type: integer } } }, { $ref: '#/components/schemas/Pet' }] }
      Pet: { type: object, properties: { name: { type: string }, nick: { type: string } } }`),
      "export const pet: WriteBody = { name: 'a', age: 1 };\n// @ts-expect-error\nexport const wrong: WriteBody = { age: 1 };",
    ),
  },
  'swagger2-discriminator-base': {
    'in OpenAPI 3.0': program(
      model(
        `Thing: { type: object, discriminator: { propertyName: kind }, required: [kind], properties: { kind: { type: string } } }
      IntThing: { allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { i: { type: integer } } }] }
      TextThing: { allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { s: { type: string } } }] }`,
        '3.0.3',
      ),
      "export const value = (t: ReadResponse): unknown => (t.kind === 'IntThing' ? t.i?.toFixed() : t.s?.trim());",
    ),
    'with names of its own': program(
      model(`Thing: { type: object, discriminator: { propertyName: kind, mapping: { int: '#/components/schemas/IntThing', text: '#/components/schemas/TextThing' } }, required: [kind], properties: { kind: { type: string } } }
      IntThing: { allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { i: { type: integer } } }] }
      TextThing: { allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { s: { type: string } } }] }`),
      "export const value = (t: ReadResponse): unknown => (t.kind === 'int' ? t.i?.toFixed() : t.s?.trim());",
    ),
    'as the items of a member': program(
      `swagger: '2.0'
info: { title: t, version: '1' }
host: api.example.com
paths: { /t: { get: { operationId: read, tags: [x], produces: [application/json], responses: { 200: { description: ok, schema: { $ref: '#/definitions/Page' } } } }, post: { operationId: write, tags: [x], parameters: [{ name: body, in: body, schema: { $ref: '#/definitions/Page' } }], responses: { 204: { description: ok } } } } }
definitions:
  Page: { type: object, properties: { rows: { type: array, items: { $ref: '#/definitions/Base' } } } }
  Base: { type: object, discriminator: type, required: [type], properties: { type: { type: string } } }
  A: { allOf: [{ $ref: '#/definitions/Base' }, { type: object, properties: { a: { type: integer } } }] }
  B: { allOf: [{ $ref: '#/definitions/Base' }, { type: object, properties: { b: { type: string } } }] }
`,
      "export const value = (page: ReadResponse): unknown => page.rows?.map((row) => (row.type === 'A' ? row.a?.toFixed() : row.b?.trim()));",
    ),
  },
  'dynamic-ref-inline': {
    'bound in an allOf': program(
      model(`Thing: { type: object, required: [users], properties: { users: { $ref: '#/components/schemas/Users' } } }
      User: { type: object, required: [id], properties: { id: { type: string } } }
      Users: { $defs: { item: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } }, allOf: [{ $ref: '#/components/schemas/Paged' }] }
      Paged: { type: object, required: [list], properties: { list: { type: array, items: { $dynamicRef: '#item' } } }, $defs: { item: { $dynamicAnchor: item, not: {} } } }`),
      "import type { User } from './src/types.js';\nexport const first = (t: ReadResponse): User | unknown => t.users.list[0];\n// Never another type: a text is no user.\nexport const list = (t: ReadResponse): readonly unknown[] => t.users.list;",
    ),
    'bound in two ways at once': program(
      model(`Thing: { type: object, required: [a, b], properties: { a: { $ref: '#/components/schemas/Box', $defs: { item: { $dynamicAnchor: item, type: string } } }, b: { $ref: '#/components/schemas/Box', $defs: { item: { $dynamicAnchor: item, type: integer } } } } }
      Box: { type: object, required: [value], properties: { value: { $dynamicRef: '#item' } }, $defs: { item: { $dynamicAnchor: item } } }`),
      "export const thing: WriteBody = { a: { value: 'x' }, b: { value: 1 } };",
    ),
    'of a tree': program(
      model(
        `Thing: { $dynamicAnchor: node, type: object, properties: { name: { type: string }, children: { type: array, items: { $dynamicRef: '#node' } } } }`,
      ),
      "export const tree: WriteBody = { name: 'a', children: [{ name: 'b', children: [] }] };",
    ),
    'of resources that have their own names': program(
      model(`Thing: { type: object, required: [orders, users], properties: { orders: { $ref: '#/components/schemas/Orders' }, users: { $ref: '#/components/schemas/Users' } } }
      Page: { $id: page, type: object, required: [items], properties: { items: { type: array, items: { $dynamicRef: '#item' } } }, $defs: { any: { $dynamicAnchor: item } } }
      Orders: { $id: orders, $ref: page, $defs: { item: { $dynamicAnchor: item, type: object, required: [total], properties: { total: { type: number } } } } }
      Users: { $id: users, $ref: page, $defs: { item: { $dynamicAnchor: item, type: object, required: [name], properties: { name: { type: string } } } } }`),
      "export const thing: WriteBody = { orders: { items: [{ total: 1 }] }, users: { items: [{ name: 'a' }] } };",
    ),
    'anchors of one name in two resources': program(
      model(`Thing: { type: object, required: [a, b], properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } } }
      A: { $id: a, type: object, required: [v], properties: { v: { $ref: '#inner' } }, $defs: { i: { $anchor: inner, type: string } } }
      B: { type: object, required: [v], properties: { v: { $ref: '#inner' } }, $id: b, $defs: { i: { $anchor: inner, type: integer } } }`),
      "export const thing: WriteBody = { a: { v: 'x' }, b: { v: 1 } };\n// @ts-expect-error\nexport const other: WriteBody = { a: { v: 1 }, b: { v: 1 } };",
    ),
  },
  'ref-in-content': {
    'of an answer and a body': program(
      media(
        "{ application/json: { $ref: '#/components/mediaTypes/J' } }",
        'J: { schema: { type: object, required: [a], properties: { a: { type: string } } } }',
      ),
      "export const a = (t: ReadResponse): string => t.a;\nexport const b: WriteBody = { a: 'x' };",
    ),
    'of a stream': program(
      media(
        "{ application/jsonl: { $ref: '#/components/mediaTypes/J' } }",
        'J: { itemSchema: { type: object, required: [n], properties: { n: { type: integer } } } }',
      ),
      "import { read } from './src/x.js';\nimport type { Client } from './src/runtime/client.js';\nexport async function sum(client: Client): Promise<number> { let all = 0; for await (const { n } of await read(client)) all += n; return all; }",
    ),
    'through another reference': program(
      media(
        "{ application/json: { $ref: '#/components/mediaTypes/K' } }",
        "K: { $ref: '#/components/mediaTypes/J' }\n    J: { schema: { type: array, items: { type: integer } } }",
      ),
      'export const a = (t: ReadResponse): number => t.length;\nexport const b: WriteBody = [1];',
    ),
  },
};
