import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { document, folderWith, loadFiles, loadText } from './loading.ts';
import { referring, at } from './referring.ts';

test('makes a component of a file that the document refers to, named as the file', async () => {
  const { loaded, told } = await loadFiles({
    'api.json': referring('schemas/Pet.yaml'),
    'schemas/Pet.yaml':
      'type: object\nproperties: {owner: {$ref: Owner.yaml}, self: {$ref: "#"}}\n',
    'schemas/Owner.yaml': 'type: object\nproperties: {pet: {$ref: Pet.yaml}}\n',
  });
  expect(told).toEqual([]);
  expect(loaded?.document.components?.schemas).toEqual({
    Pet: {
      type: 'object',
      properties: {
        owner: { $ref: '#/components/schemas/Owner' },
        self: { $ref: '#/components/schemas/Pet' },
      },
    },
    Owner: { type: 'object', properties: { pet: { $ref: '#/components/schemas/Pet' } } },
  });
});

test('keeps the name of a component that is nothing but a reference to a file', async () => {
  const { loaded } = await loadFiles({
    'api.yaml': `
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets: {$ref: paths/pets.yaml}
components:
  schemas:
    Animal: {$ref: schemas/pet.yaml}
`,
    'paths/pets.yaml': `
get:
  parameters: [{$ref: ../parameters.yaml#/limit}]
  responses:
    200: {description: d, content: {application/json: {schema: {$ref: ../schemas/pet.yaml}}}}
    404: {$ref: ../responses.yaml#/NotFound}
`,
    'schemas/pet.yaml': 'type: object\n',
    'parameters.yaml': 'limit: {name: limit, in: query, schema: {type: integer}}\n',
    'responses.yaml': 'NotFound: {description: nf}\n',
  });
  expect(loaded?.document).toEqual({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          parameters: [{ $ref: '#/components/parameters/limit' }],
          responses: {
            200: {
              description: 'd',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Animal' } } },
            },
            404: { $ref: '#/components/responses/NotFound' },
          },
        },
      },
    },
    components: {
      schemas: { Animal: { type: 'object' } },
      parameters: { limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
      responses: { NotFound: { description: 'nf' } },
    },
  });
});

test('gives different parts of one name names of their own', async () => {
  const { loaded } = await loadFiles({
    'api.json': document({
      components: {
        schemas: {
          Pet: { type: 'string' },
          A: { properties: { x: { $ref: 'a/Pet.json' }, y: { $ref: 'b/Pet.json' } } },
        },
      },
    }),
    'a/Pet.json': '{"type": "integer"}',
    'b/Pet.json': '{"type": "number"}',
  });
  expect(loaded?.document.components?.schemas).toMatchObject({
    Pet: { type: 'string' },
    Pet2: { type: 'integer' },
    Pet3: { type: 'number' },
    A: {
      properties: {
        x: { $ref: '#/components/schemas/Pet2' },
        y: { $ref: '#/components/schemas/Pet3' },
      },
    },
  });
});

test('finds a part of a part where the whole is', async () => {
  const { loaded } = await loadFiles({
    'api.json': document({
      components: {
        schemas: {
          A: { items: { $ref: 'all.json#/Pet/properties/name' } },
          B: { $ref: 'all.json#/Pet' },
        },
      },
    }),
    'all.json': '{"Pet": {"properties": {"name": {"type": "string"}}}}',
  });
  expect(loaded?.document.components?.schemas).toEqual({
    A: { items: { $ref: '#/components/schemas/B/properties/name' } },
    B: { properties: { name: { type: 'string' } } },
  });
});

test('leads references from other files back into the document', async () => {
  const { loaded } = await loadFiles({
    'api.json': document({
      components: { schemas: { A: { $ref: 'b.json' }, C: { type: 'string' } } },
    }),
    'b.json': '{"items": {"$ref": "api.json#/components/schemas/C"}}',
  });
  expect(loaded?.document.components?.schemas?.['A']).toEqual({
    items: { $ref: '#/components/schemas/C' },
  });
});

test('follows references in discriminators, and none in examples and extensions', async () => {
  const { loaded, told } = await loadFiles({
    'api.json': document({
      components: {
        schemas: {
          A: {
            oneOf: [{ $ref: 'cat.json' }],
            discriminator: { propertyName: 'kind', mapping: { cat: 'cat.json', a: 'A' } },
            example: { $ref: 'nowhere.json' },
            'x-data': { $ref: 'nowhere.json' },
            default: { $ref: '#/nowhere' },
          },
        },
      },
    }),
    'cat.json': '{"type": "object"}',
  });
  expect(told).toEqual([]);
  expect(loaded?.document.components?.schemas?.['A']).toEqual({
    oneOf: [{ $ref: '#/components/schemas/cat' }],
    discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/cat', a: 'A' } },
    example: { $ref: 'nowhere.json' },
    'x-data': { $ref: 'nowhere.json' },
    default: { $ref: '#/nowhere' },
  });
});

test('copies operations and maps that are references, as nothing else can stand for them', async () => {
  const { loaded, told } = await loadFiles({
    'api.yaml': `
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /a: {get: {$ref: get.yaml}}
  /b: {get: {$ref: get.yaml, operationId: b}}
components:
  schemas: {$ref: schemas.yaml}
`,
    'get.yaml': 'operationId: a\nresponses: {200: {description: d}}\n',
    'schemas.yaml': 'A: {items: {$ref: "#/B"}}\nB: {type: string}\n',
  });
  expect(told).toEqual([]);
  expect(loaded?.document.paths).toEqual({
    '/a': { get: { operationId: 'a', responses: { 200: { description: 'd' } } } },
    '/b': { get: { operationId: 'b', responses: { 200: { description: 'd' } } } },
  });
  expect(loaded?.document.components?.schemas).toMatchObject({ B: { type: 'string' } });
});

test('says in which file and line a fault is', async () => {
  const { told } = await loadFiles({
    'api.json': referring('schemas/Pet.yaml'),
    'schemas/Pet.yaml': 'type: object\nproperties:\n  name: {type: strng}\n',
  });
  expect(told).toEqual(['error load/invalid schemas/Pet.yaml:3:10 /properties/name/type']);
});

test('says which reference leads to nothing', async () => {
  const { told, messages } = await loadFiles({
    'api.json': referring('Pet.json'),
    'Pet.json': '{"properties": {"a": {"$ref": "#/nowhere"}, "b": {"$ref": "gone.json"}}}',
  });
  expect(told).toEqual([
    'error load/unresolved-ref Pet.json:1:23 /properties/a/$ref',
    'error load/unresolved-ref Pet.json:1:51 /properties/b/$ref',
  ]);
  expect(messages).toEqual([
    'Pet.json has nothing at "#/nowhere".',
    "There is no file gone.json in the document's folder.",
  ]);
});

test.each([
  ['an absolute path', '/etc/passwd'],
  ['a file URL', 'file:///etc/passwd'],
  ['a path upwards', '../../../../etc/passwd'],
  ['an encoded path upwards', '%2e%2e/%2e%2e/secret.json'],
  ['a backslash', '..\\secret.json'],
  ['a network share', '//server/share/pets.json'],
  ['a device', '/dev/zero'],
])('does not follow %s', async (_, reference) => {
  const { loaded, told } = await loadFiles({ 'api.json': referring(reference) });
  expect(told).toEqual([`error load/outside-ref api.json${at}`]);
  expect(loaded).toBeUndefined();
});

test('takes what it may not follow for anything, where the user is lenient', async () => {
  const { loaded, told } = await loadText(referring('https://example.com/pet.json'), {
    lenient: true,
  });
  expect(told).toEqual([`warning load/remote-ref api.yaml${at}`]);
  expect(loaded?.document.paths).toHaveProperty(
    ['/a', 'get', 'responses', '200', 'content', 'application/json', 'schema'],
    {},
  );
});

test('means the same as the reference library, dereferenced', async () => {
  const files = {
    'api.yaml': `
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets: {$ref: paths/pets.yaml}
  /pets/{id}: {$ref: 'paths/pet%20s.yaml#/~1pets~1{id}'}
components:
  schemas: {Cat: {allOf: [{$ref: schemas.yaml#/Pet}, {type: object}]}}
`,
    'paths/pets.yaml': `
get: {parameters: [{$ref: ../common.yaml#/parameters/limit}], responses: {$ref: ../common.yaml#/responses}}
post:
  requestBody: {$ref: ../common.yaml#/bodies/pet}
  responses: {$ref: ../common.yaml#/responses}
`,
    'paths/pet s.yaml': `
/pets/{id}:
  parameters: [{name: id, in: path, required: true, schema: {$ref: ../schemas.yaml#/Pet/properties/id}}]
  get: {responses: {$ref: ../common.yaml#/responses}}
`,
    'common.yaml': `
parameters: {limit: {name: limit, in: query, schema: {type: integer}}}
bodies: {pet: {content: {application/json: {schema: {$ref: schemas.yaml#/Pet}}}}}
responses: {200: {description: d, headers: {X: {$ref: '#/headers/X'}}}}
headers: {X: {schema: {type: string}}}
`,
    'schemas.yaml':
      'Pet: {type: object, properties: {id: {type: string}, tag: {$ref: "#/Tag"}}}\nTag: {type: string}\n',
  };
  const { loaded, told } = await loadFiles(files);
  expect(told).toEqual([]);
  const folder = folderWith(files);
  const expected = await SwaggerParser.dereference(join(folder, 'api.yaml'));
  // It changes its argument, and takes any object.
  const ours = await SwaggerParser.dereference(structuredClone(loaded?.document) as never);
  expect(ours.paths).toEqual(expected.paths);
});
