import { expect, test } from 'vitest';
import { document, loadText } from './loading.ts';

function schemas(schemas: Readonly<Record<string, unknown>>, openapi = '3.0.3'): string {
  return document({ openapi, components: { schemas } });
}

test('says where a reference leads to nothing, and what it may have meant', async () => {
  const { told, messages, hints, loaded } = await loadText(
    schemas({
      Pet: { type: 'object' },
      A: { $ref: '#/components/schemas/Pets' },
      B: { $ref: '#/definitions/Pet' },
    }),
  );
  expect(told).toEqual([
    expect.stringMatching(
      /^error load\/unresolved-ref api\.yaml:1:\d+ \/components\/schemas\/A\/\$ref$/,
    ),
    expect.stringMatching(
      /^error load\/unresolved-ref api\.yaml:1:\d+ \/components\/schemas\/B\/\$ref$/,
    ),
  ]);
  expect(messages[0]).toBe('The document has nothing at "#/components/schemas/Pets".');
  expect(hints).toEqual([
    'Did you mean "#/components/schemas/Pet"?',
    'In OpenAPI 3 that is "#/components/schemas/Pet".',
  ]);
  expect(loaded).toBeUndefined();
});

test('takes what leads to nothing for anything, where the user is lenient', async () => {
  const { loaded } = await loadText(
    document({
      paths: {
        '/a': {
          get: {
            parameters: [{ $ref: '#/a' }, { name: 'b', in: 'query', schema: { $ref: '#/b' } }],
            responses: { 200: { $ref: '#/c' } },
          },
        },
      },
    }),
    { lenient: true },
  );
  expect(loaded?.document.paths).toEqual({
    '/a': {
      get: {
        parameters: [{ name: 'b', in: 'query', schema: {} }],
        responses: { 200: { description: '' } },
      },
    },
  });
});

test('writes references plainly', async () => {
  const { loaded, told } = await loadText(
    schemas({
      'a b': { properties: { '50%': { type: 'string' }, 'c/~': { type: 'string' } } },
      A: { $ref: '#/components/schemas/a%20b' },
      B: { $ref: '#/components/schemas/a b/properties/50%' },
      C: { $ref: '#/components/schemas/A/properties/c~1~0' },
    }),
  );
  expect(told).toEqual([]);
  expect(loaded?.document.components?.schemas).toMatchObject({
    A: { $ref: '#/components/schemas/a b' },
    B: { $ref: '#/components/schemas/a b/properties/50%25' },
    C: { $ref: '#/components/schemas/a b/properties/c~1~0' },
  });
});

test('says where references lead in a circle', async () => {
  const { told, messages } = await loadText(
    schemas({
      A: { $ref: '#/components/schemas/B' },
      B: { $ref: '#/components/schemas/A' },
      C: { $ref: '#/components/schemas/C' },
      D: { properties: { d: { $ref: '#/components/schemas/D' } } },
    }),
  );
  expect(told).toHaveLength(2);
  expect(messages).toEqual([
    'The reference "#/components/schemas/B" leads back to itself.',
    'The reference "#/components/schemas/C" leads back to itself.',
  ]);
});

test('says where a reference leads to the wrong kind of thing', async () => {
  const { told, messages } = await loadText(
    document({
      paths: { '/a': { parameters: [{ $ref: '#/components/schemas/A' }] } },
      components: { schemas: { A: { type: 'string' }, B: { $ref: '#/paths/~1a' } } },
    }),
  );
  expect(told.map((line) => line.split(' ', 2).join(' '))).toEqual([
    'error load/wrong-ref',
    'warning load/wrong-ref',
  ]);
  expect(messages).toEqual([
    'The reference "#/components/schemas/A" leads to a schema, where a parameter is needed.',
    'The reference "#/paths/~1a" leads to a path item, where a schema is needed.',
  ]);
});

test('looks at what stands outside of the known structure because something refers to it', async () => {
  const { messages } = await loadText(
    document({
      'x-schemas': { A: { properties: { b: { $ref: '#/nowhere' } } } },
      components: { schemas: { A: { $ref: '#/x-schemas/A' } } },
    }),
  );
  expect(messages).toEqual(['The document has nothing at "#/nowhere".']);
});

test('makes references by anchor and by $id references by pointer', async () => {
  const { loaded, told } = await loadText(
    schemas(
      {
        A: { $anchor: 'a' },
        B: { $ref: '#a' },
        C: { $dynamicAnchor: 'c', items: { $dynamicRef: '#c' } },
        D: {
          $id: 'https://example.com/d',
          $defs: { x: {} },
          items: { $ref: '#/$defs/x' },
          not: { $ref: 'e' },
        },
        E: { $id: 'https://example.com/e', not: { $ref: '#/components/schemas/A' } },
        F: { $ref: 'https://example.com/d#/$defs/x' },
      },
      '3.1.0',
    ),
  );
  expect(told).toEqual([]);
  expect(loaded?.document.components?.schemas).toMatchObject({
    B: { $ref: '#/components/schemas/A' },
    C: { items: { $ref: '#/components/schemas/C' } },
    D: {
      items: { $ref: '#/components/schemas/D/$defs/x' },
      not: { $ref: '#/components/schemas/E' },
    },
    E: { not: { $ref: '#/components/schemas/A' } },
    F: { $ref: '#/components/schemas/D/$defs/x' },
  });
});

test('copies path items that are references, and says where those are a circle', async () => {
  const get = { operationId: 'a', responses: { 200: { description: 'd' } } };
  const { loaded } = await loadText(
    document({ paths: { '/a': { $ref: '#/x-paths/a', summary: 's' } }, 'x-paths': { a: { get } } }),
  );
  expect(loaded?.document.paths).toEqual({ '/a': { get, summary: 's' } });

  const circle = await loadText(
    document({ paths: { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } } }),
  );
  expect(circle.messages).toEqual(['The reference "#/paths/~1b" leads back to itself.']);
});

test('knows by the pointer of a copy where its original is', async () => {
  const { loaded } = await loadText(`openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /a: {$ref: '#/x-paths/a'}
x-paths:
  a:
    get:
      responses: {200: {description: d}}
`);
  expect(loaded?.locate('/paths/~1a/get/responses')).toEqual({
    file: expect.stringContaining('api.yaml'),
    pointer: '/x-paths/a/get/responses',
    line: 8,
    column: 7,
  });
});

test("warns of a discriminator's mapping that leads to nothing, and goes on without it", async () => {
  const mapping = { a: '#/components/schemas/A', b: '#/b', c: 'c.json' };
  const { loaded, told } = await loadText(
    schemas({ A: {}, B: { oneOf: [], discriminator: { propertyName: 'kind', mapping } } }),
  );
  expect(told).toEqual([
    expect.stringMatching(/^warning load\/unresolved-ref .* \S+\/discriminator\/mapping\/b$/),
    expect.stringMatching(/^warning load\/unresolved-ref .* \S+\/discriminator\/mapping\/c$/),
  ]);
  expect(loaded?.document.components?.schemas).toHaveProperty(['B', 'discriminator', 'mapping'], {
    a: '#/components/schemas/A',
  });
});
