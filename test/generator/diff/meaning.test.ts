import { describe, expect, test } from 'vitest';
import { diffOf, documentOf, documentWith } from './documents.ts';

const text = { type: 'string' };
const pet = {
  type: 'object',
  required: ['name'],
  properties: { name: text, age: { type: 'integer' } },
};
const cat = { type: 'object', properties: { meow: text } };
const dog = { type: 'object', properties: { bark: text } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Schemas that let the same values pass, and the components that they refer to. */
const same: Readonly<Record<string, readonly [old: unknown, now: unknown, components?: object]>> = {
  'in place, or referred to': [pet, ref('Pet'), { Pet: pet }],
  'under another name': [ref('Pet'), ref('Animal'), { Pet: pet, Animal: pet }],
  'through a chain of references': [pet, ref('A'), { A: ref('B'), B: pet }],
  'in one piece, or as parts': [
    pet,
    {
      allOf: [
        { type: 'object', required: ['name'], properties: { name: text } },
        { type: 'object', properties: { age: { type: 'integer' } } },
      ],
    },
  ],
  'a part that demands nothing': [pet, { allOf: [pet, {}] }],
  'the only part of allOf': [pet, { allOf: [ref('Pet')] }, { Pet: pet }],
  'the only variant of oneOf': [pet, { oneOf: [pet] }],
  'the only variant of anyOf': [ref('Pet'), { anyOf: [ref('Pet')] }, { Pet: pet }],
  'variants in another order': [{ oneOf: [cat, dog] }, { oneOf: [dog, cat] }],
  'oneOf, or anyOf, of what differs': [
    { oneOf: [text, { type: 'integer' }] },
    { anyOf: [text, { type: 'integer' }] },
  ],
  'a union within a union': [
    { oneOf: [text, { oneOf: [{ type: 'integer' }, { type: 'boolean' }] }] },
    { oneOf: [text, { type: 'integer' }, { type: 'boolean' }] },
  ],
  'a list of types, or variants': [
    { type: ['string', 'integer'] },
    { oneOf: [text, { type: 'integer' }] },
  ],
  'null as a type, or as a variant': [
    { type: ['string', 'null'] },
    { oneOf: [text, { type: 'null' }] },
  ],
  'null as a flag, or as a type': [
    { type: 'string', nullable: true },
    { type: ['string', 'null'] },
  ],
  'null of a reference, as a variant or a flag': [
    { anyOf: [ref('Pet'), { type: 'null' }] },
    { allOf: [ref('Pet')], nullable: true },
    { Pet: pet },
  ],
  'null as a constant': [{ type: ['string', 'null'] }, { oneOf: [text, { const: null }] }],
  'any value, with null or without': [{ nullable: true }, {}],
  'a whole number, or a step of one': [{ type: 'number', multipleOf: 1 }, { type: 'integer' }],
  'an integer with a step of one': [{ type: 'integer', multipleOf: 1 }, { type: 'integer' }],
  'an even number, or an even integer': [
    { type: 'number', multipleOf: 2 },
    { type: 'integer', multipleOf: 2 },
  ],
  'a boolean, or both of its values': [
    { type: 'boolean' },
    { type: 'boolean', enum: [true, false] },
  ],
  'a boolean or null, or all of their values': [
    { type: ['boolean', 'null'] },
    { type: ['boolean', 'null'], enum: [null, false, true] },
  ],
  'a boolean, or variants of its values': [
    { type: 'boolean' },
    { oneOf: [{ const: true }, { const: false }] },
  ],
  'base64 as a format, or as an encoding': [
    { type: 'string', format: 'byte' },
    { type: 'string', contentEncoding: 'base64' },
  ],
  'bytes as a format, or as a media type': [
    { type: 'string', format: 'binary' },
    { type: 'string', contentMediaType: 'application/octet-stream' },
  ],
  'a hint to hide a text': [{ type: 'string' }, { type: 'string', format: 'password' }],
  'no other properties, or none that are not evaluated': [
    { ...pet, unevaluatedProperties: false },
    { ...pet, additionalProperties: false },
  ],
  'no other properties than those of all parts': [
    { allOf: [cat, dog], unevaluatedProperties: false },
    { type: 'object', properties: { meow: text, bark: text }, additionalProperties: false },
  ],
  'as many properties as are required': [pet, { ...pet, minProperties: 1 }],
  'the names of variants, written down or not': [
    { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } },
    {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: {
        propertyName: 'kind',
        mapping: { Cat: '#/components/schemas/Cat', Dog: 'Dog' },
      },
    },
    { Cat: cat, Dog: dog },
  ],
  'a constant, or an enum of one value': [{ const: 'a' }, { type: 'string', enum: ['a'] }],
  'an enum, or constants': [{ enum: ['a', 'b'] }, { oneOf: [{ const: 'a' }, { const: 'b' }] }],
  'an enum in another order': [{ enum: ['a', 'b'] }, { enum: ['b', 'a'] }],
  'a type that an enum implies': [{ enum: ['a', 'b'] }, { type: 'string', enum: ['a', 'b'] }],
  'a type that properties imply': [pet, { ...pet, type: undefined }],
  'required in another order': [
    { ...pet, required: ['name', 'age'] },
    { ...pet, required: ['age', 'name'] },
  ],
  'an exclusive bound as a flag, or as a number': [
    { type: 'number', minimum: 1, exclusiveMinimum: true },
    { type: 'number', exclusiveMinimum: 1 },
  ],
  'an exclusive bound of integers': [
    { type: 'integer', exclusiveMinimum: 0 },
    { type: 'integer', minimum: 1 },
  ],
  'a bound that another implies': [
    { type: 'number', minimum: 3 },
    { type: 'number', minimum: 3, exclusiveMinimum: 2 },
  ],
  'a least length of 0': [text, { ...text, minLength: 0 }],
  'a least number of items of 0': [
    { type: 'array', items: text },
    { type: 'array', items: text, minItems: 0 },
  ],
  'items that may repeat': [
    { type: 'array', items: text },
    { type: 'array', items: text, uniqueItems: false },
  ],
  'other properties that are allowed anyway': [pet, { ...pet, additionalProperties: true }],
  'other properties of any kind': [pet, { ...pet, additionalProperties: {} }],
  'items of any kind': [{ type: 'array' }, { type: 'array', items: {} }],
  'a schema that lets all pass': [{}, true],
  'a pattern that all match': [text, { ...text, pattern: '.*' }],
  'keywords beside a reference, or as parts': [
    { ...ref('Name'), maxLength: 5 },
    { allOf: [ref('Name'), { maxLength: 5 }] },
    { Name: text },
  ],
  'a schema that holds itself': [
    ref('Tree'),
    ref('Node'),
    {
      Tree: { type: 'object', properties: { next: ref('Tree') } },
      Node: { type: 'object', properties: { next: ref('Node') } },
    },
  ],
  'a schema that holds itself, unrolled once': [
    ref('Tree'),
    { type: 'object', properties: { next: ref('Tree') } },
    { Tree: { type: 'object', properties: { next: ref('Tree') } } },
  ],
  'a format of what is listed': [
    { enum: ['2020-01-01'] },
    { enum: ['2020-01-01'], format: 'date' },
  ],
  'flags that are false': [
    text,
    { ...text, readOnly: false, writeOnly: false, deprecated: false, nullable: false },
  ],
  'XML that is as it would be': [text, { ...text, xml: {} }],
};

describe.each(['request', 'response'] as const)(
  'in a %s, nothing changed where there is',
  (direction) => {
    test.each(Object.entries(same))('%s', async (_, [old, now, schemas]) => {
      const components = { components: { schemas: schemas ?? {} } };
      const before = { ...documentOf(old, direction), ...components };
      const after = { ...documentOf(now, direction), ...components };
      expect(await diffOf(before, after)).toEqual([]);
      expect(await diffOf(after, before)).toEqual([]);
    });
  },
);

const list = { name: 'a', in: 'query', schema: { type: 'array', items: text } };
const operation = (more: object) =>
  documentWith({
    '/pets/{id}': {
      get: { operationId: 'pets', responses: { 200: { description: 'Done' } }, ...more },
    },
  });
const id = { name: 'id', in: 'path', required: true, schema: text };

/** Documents that say the same of the wire. */
const sameDocuments: Readonly<Record<string, readonly [old: object, now: object]>> = {
  'an operation under another name of its path parameter': [
    operation({ parameters: [id] }),
    documentWith({
      '/pets/{petId}': {
        get: {
          operationId: 'pets',
          parameters: [{ ...id, name: 'petId' }],
          responses: { 200: { description: 'Done' } },
        },
      },
    }),
  ],
  'a parameter of the operation, or of its path': [
    operation({ parameters: [id, list] }),
    documentWith({
      '/pets/{id}': {
        parameters: [id, list],
        get: { operationId: 'pets', responses: { 200: { description: 'Done' } } },
      },
    }),
  ],
  'a parameter in place, or referred to': [
    operation({ parameters: [id, list] }),
    {
      ...operation({ parameters: [id, { $ref: '#/components/parameters/a' }] }),
      components: { parameters: { a: list } },
    },
  ],
  'an answer in place, or referred to': [
    operation({ parameters: [id] }),
    {
      ...operation({
        parameters: [id],
        responses: { 200: { $ref: '#/components/responses/done' } },
      }),
      components: { responses: { done: { description: 'Done' } } },
    },
  ],
  'a style as it would be': [
    operation({ parameters: [id, list] }),
    operation({ parameters: [id, { ...list, style: 'form', explode: true }] }),
  ],
  'a header in another case': [
    operation({ parameters: [id, { ...list, in: 'header', name: 'X-A' }] }),
    operation({ parameters: [id, { ...list, in: 'header', name: 'x-a' }] }),
  ],
  'parameters in another order': [
    operation({ parameters: [id, list] }),
    operation({ parameters: [list, id] }),
  ],
  'a media type in another case': [
    operation({
      parameters: [id],
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: text } } },
      },
    }),
    operation({
      parameters: [id],
      responses: {
        200: {
          description: 'Done',
          content: { 'Application/JSON; charset=utf-8': { schema: text } },
        },
      },
    }),
  ],
  'statuses of a class in another case': [
    operation({ parameters: [id], responses: { '2XX': { description: 'Done' } } }),
    operation({ parameters: [id], responses: { '2xx': { description: 'Done' } } }),
  ],
  'security of all operations, or of each': [
    {
      ...operation({ parameters: [id] }),
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    {
      ...operation({ parameters: [id], security: [{ key: [] }] }),
      components: { securitySchemes: { key: { type: 'http', scheme: 'Bearer' } } },
    },
  ],
  'OpenAPI 3.0, or 3.1': [
    {
      ...operation({ parameters: [id, { ...list, schema: { type: 'string', nullable: true } }] }),
      openapi: '3.0.3',
    },
    operation({ parameters: [id, { ...list, schema: { type: ['string', 'null'] } }] }),
  ],
};

test.each(Object.entries(sameDocuments))(
  'nothing changed where there is %s',
  async (_, [old, now]) => {
    expect(await diffOf(old, now)).toEqual([]);
    expect(await diffOf(now, old)).toEqual([]);
  },
);
