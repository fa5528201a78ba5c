import fc from 'fast-check';
import { load as loadYaml } from 'js-yaml';
import { expect, test } from 'vitest';
import { pointerOfFragment, valueAt } from '../../../generator/json/pointer.ts';
import { shapes } from '../../../generator/load/structure.ts';
import { scan } from '../../../generator/load/scan.ts';
import { loadSource } from './loading.ts';

const openapi = `
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/id'}]
    get:
      operationId: getPet
      parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}}]
      responses:
        200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        404: {$ref: '#/components/responses/NotFound'}
    put:
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: {default: {description: d, headers: {Link: {$ref: '#/components/headers/Link'}}}}
      callbacks: {done: {'{$url}': {post: {responses: {200: {description: d}}}}}}
  /all: {$ref: '#/paths/~1pets~1{id}'}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {NotFound: {description: nf}}
  requestBodies: {Pet: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  headers: {Link: {schema: {type: string}}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet/discriminator'}, {properties: {a: {$ref: '#/components/schemas/Pet'}}}]}
`;

const swagger = `
swagger: '2.0'
info: {title: Pets, version: '1'}
host: example.com
consumes: [application/json]
paths:
  /pets/{id}:
    parameters: [{$ref: '#/parameters/id'}, {$ref: '#/parameters/pet'}]
    get:
      parameters: [{name: q, in: query, type: array, items: {type: string}, collectionFormat: multi}]
      responses: {200: {description: d, schema: {$ref: '#/definitions/Pet'}}, 404: {$ref: '#/responses/NotFound'}}
    put: {responses: {200: {description: d, headers: {Link: {type: string}}}}}
    post:
      consumes: [multipart/form-data]
      parameters: [{name: f, in: formData, type: file}, {name: g, in: formData, type: string}]
      responses: {200: {description: d}}
parameters:
  id: {name: id, in: path, required: true, type: string}
  pet: {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
responses: {NotFound: {description: nf, schema: {type: array, items: {$ref: '#/definitions/Pet'}}}}
definitions:
  Pet: {discriminator: kind, properties: {a: {$ref: '#/parameters/pet/schema'}, b: {$ref: '#/paths/~1pets~1{id}/get/responses/200/schema'}}}
`;

type Tree = Record<string, unknown>;

/** Every object and list in a tree, with the keys in it. */
function placesIn(value: unknown, found: [Tree, string][] = []): [Tree, string][] {
  if (typeof value !== 'object' || value === null) return found;
  // Lists have keys too.
  const tree = value as Tree;
  for (const key of Object.keys(tree)) {
    found.push([tree, key]);
    placesIn(tree[key], found);
  }
  return found;
}

const junk = fc.oneof(
  fc.constantFrom(null, true, 1, '', 'x', [], [{}], {}, [[]]),
  fc
    .constantFrom(
      '#',
      '#/',
      '#/paths/~1all',
      '#/definitions/Pet',
      '#/components/schemas/Pet',
      '#/parameters/pet',
      'gone.json',
    )
    .map(($ref) => ({ $ref })),
  fc.constantFrom(
    { type: 'array' },
    { allOf: [{}] },
    { in: 'body' },
    { schema: { $ref: '#/definitions/Pet' } },
    { __proto__: null, a: 1 },
  ),
);
const names = [
  '$ref',
  'x-a',
  'get',
  'schema',
  'items',
  'properties',
  'parameters',
  'in',
  'content',
  'type',
  '__proto__',
];
const mutation = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('remove', 'replace', 'rename', 'add'),
  name: fc.constantFrom(...names),
  value: junk,
});

function mutate(
  tree: unknown,
  { place, kind, name, value }: typeof mutation extends fc.Arbitrary<infer T> ? T : never,
): void {
  const places = placesIn(tree);
  const [parent, key] = places[place % places.length] ?? [];
  if (parent === undefined || key === undefined || key === 'openapi' || key === 'swagger') return;
  const define = (object: Tree, field: string, content: unknown): void => {
    Object.defineProperty(object, field, {
      value: content,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  if (kind === 'replace') define(parent, key, value);
  const child = parent[key];
  if (kind === 'add' && typeof child === 'object' && child !== null)
    define(child as Tree, name, value);
  if (kind === 'rename') define(parent, name, child);
  if (kind === 'remove' || kind === 'rename') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
}

test.each([
  ['OpenAPI', openapi],
  ['Swagger', swagger],
])(
  'whatever is wrong in an %s document, what is loaded leniently keeps its promises',
  async (_, text) => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const tree = loadYaml(text);
        for (const one of mutations) mutate(tree, one);
        const stdin = (async function* () {
          yield Buffer.from(JSON.stringify(tree));
        })();
        const { loaded, told } = await loadSource('-', { lenient: true, stdin });
        const circular = told.some((line) => line.startsWith('error load/circular-ref'));
        expect(loaded === undefined).toBe(circular);
        if (loaded === undefined) return;

        const seen = new Set<unknown>();
        for (const [parent, key] of placesIn(loaded.document)) {
          const child = parent[key];
          if (typeof child !== 'object' || child === null) continue;
          expect(seen.has(child)).toBe(false);
          seen.add(child);
        }
        const { references, wrongTypes } = scan(loaded.document, shapes.document);
        expect(wrongTypes).toEqual([]);
        for (const { holder, key } of references) {
          expect(holder[key]).toMatch(/^#\//);
          const pointer = pointerOfFragment(String(holder[key])) ?? '';
          expect(valueAt(loaded.document, pointer)).toBeDefined();
          expect(loaded.locate(pointer)?.line).toBe(1);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  },
);
