import { expect, test } from 'vitest';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import type { ApiDescription, Property, Type } from '../../../generator/ir/ir.ts';
import { normalize } from '../../../generator/normalize/normalize.ts';

const typesOf = (schemas: object, paths: object = {}): ApiDescription =>
  normalize(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths,
      components: { schemas },
    },
    new Diagnostics(),
  );

function typeOf(schema: object): Type | undefined {
  return typesOf({ Thing: schema }).types.find(({ name }) => name === 'Thing')?.type;
}

function propertiesOf(type: Type | undefined): readonly Property[] {
  return type?.kind === 'object' ? type.properties : [];
}

test.each<[string, object, object]>([
  [
    'a text',
    { type: 'string', format: 'uuid', minLength: 1, maxLength: 9, pattern: '^a' },
    { kind: 'scalar', name: 'string' },
  ],
  [
    'a whole number',
    { type: 'integer', format: 'int32', minimum: 1, maximum: 9, multipleOf: 2 },
    { kind: 'scalar', name: 'number', constraints: { integer: true } },
  ],
  [
    'an exclusive bound',
    { type: 'number', exclusiveMinimum: 0 },
    { kind: 'scalar', name: 'number' },
  ],
  [
    'a list',
    { type: 'array', items: {}, minItems: 1, maxItems: 3, uniqueItems: true },
    { kind: 'array' },
  ],
  ['named values', { type: 'object', minProperties: 1, maxProperties: 2 }, { kind: 'record' }],
  [
    'coded content',
    { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' },
    { kind: 'scalar', name: 'string' },
  ],
])('The type of %s keeps what the schema says of its values', (_name, schema, type) => {
  const { type: _, items: _items, ...constraints } = schema as Record<string, unknown>;
  const before = 'constraints' in type ? (type.constraints as object) : {};
  expect(typeOf(schema)).toMatchObject({ ...type, constraints: { ...before, ...constraints } });
});

test('An exclusive bound of OpenAPI 3.0 becomes a number', () => {
  expect(typeOf({ type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 5 })).toEqual({
    kind: 'scalar',
    name: 'number',
    constraints: { exclusiveMinimum: 1, maximum: 5 },
  });
});

test('A constraint of the wrong type is left out', () => {
  expect(typeOf({ type: 'string', minLength: '1', maxLength: -1, pattern: 3, minimum: 2 })).toEqual(
    { kind: 'scalar', name: 'string' },
  );
});

test('Each type of several has its own constraints', () => {
  expect(typeOf({ type: ['string', 'integer', 'null'], minLength: 1, minimum: 2 })).toMatchObject({
    members: [
      { name: 'string', constraints: { minLength: 1 } },
      { name: 'number', constraints: { integer: true, minimum: 2 } },
      { name: 'null' },
    ],
  });
});

test('Alternatives of one type keep what holds for both, and a rule has each of them', () => {
  const anyOf = [
    { type: 'string', minLength: 1, maxLength: 2 },
    { type: 'string', minLength: 1, maxLength: 5 },
  ];
  const types = [
    { kind: 'scalar', name: 'string', constraints: { minLength: 1, maxLength: 2 } },
    { kind: 'scalar', name: 'string', constraints: { minLength: 1, maxLength: 5 } },
  ];
  expect(typeOf({ anyOf })).toEqual({
    kind: 'scalar',
    name: 'string',
    constraints: { minLength: 1, rules: [{ kind: 'any', types, isWhole: true }] },
  });
});

test('Parts of one type keep what either says', () => {
  const allOf = [
    { type: 'string', minLength: 1 },
    { type: 'string', maxLength: 5 },
  ];
  expect(typeOf({ allOf })).toMatchObject({ constraints: { minLength: 1, maxLength: 5 } });
});

test('A structure that places share keeps what holds in all of them', () => {
  const answer = (maxLength: number): object => ({
    get: {
      responses: {
        200: {
          content: {
            'application/json': {
              schema: {
                properties: {
                  a: { type: 'string', minLength: 1, maxLength },
                  b: { properties: { d: { type: 'integer', maximum: maxLength } } },
                  c: { type: 'boolean' },
                },
              },
            },
          },
        },
      },
    },
  });
  const { types } = typesOf({}, { '/a': answer(1), '/b': answer(2) });
  expect(types).toHaveLength(1);
  const [a, b] = propertiesOf(types[0]?.type);
  expect(a?.type).toMatchObject({ constraints: { minLength: 1 } });
  expect(JSON.stringify(types)).not.toContain('max');
  expect(propertiesOf(b?.type)).toMatchObject([{ type: { constraints: { integer: true } } }]);
});

test('Examples and extensions are kept beside the text', () => {
  const properties = {
    a: { type: 'string', example: 'x', examples: ['x', 'y'], 'x-order': 1 },
  };
  expect(propertiesOf(typeOf({ properties }))[0]?.doc).toMatchObject({
    examples: ['"x"', '"y"'],
    extensions: { 'x-order': 1 },
  });
});
