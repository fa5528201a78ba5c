import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from './answers.ts';

// Schemas of which only some values fit: a made-up answer is one of them.

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}): object => ({
  type: 'object',
  properties,
  ...more,
});
const Base = object({ a: { type: 'integer' } }, { required: ['a'] });

const schemas: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'that rule a kind of value out': {
    notText: { not: { type: 'string' } },
    notTextNorNumber: { not: { type: ['string', 'number'] } },
    notTextInside: object({ x: { not: { type: 'string' } } }, { required: ['x'] }),
  },
  'that ask for one of several members': {
    besideReference: { allOf: [ref('Base')], anyOf: [{ required: ['b'] }, { required: ['c'] }] },
    beforeObject: {
      allOf: [
        { oneOf: [{ required: ['b'] }, { required: ['c'] }] },
        object({ c: { type: 'integer' } }),
      ],
    },
    insideObject: {
      ...object({ d: { type: 'string' } }),
      allOf: [{ anyOf: [{ required: ['d'] }, { required: ['e'] }] }],
    },
  },
  'that hold themselves in maps': {
    Tree: { type: 'object', additionalProperties: ref('Tree') },
    Lists: { type: 'object', additionalProperties: { type: 'array', items: ref('Lists') } },
    Members: object({ next: { type: 'object', additionalProperties: ref('Members') } }),
  },
  'that are closed unless a condition is met': {
    ifElse: {
      type: 'object',
      if: object({ kind: { const: 'cat' } }, { required: ['kind'] }),
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: object({ meow: { type: 'integer' } }),
      else: object({ bark: { type: 'integer' } }),
      unevaluatedProperties: false,
    },
    ofAll: { allOf: [ref('Base')], type: 'object', unevaluatedProperties: false },
    dependent: {
      type: 'object',
      dependentSchemas: { a: object({ b: { type: 'integer' } }) },
      unevaluatedProperties: false,
    },
  },
  'whose steps are decimal': {
    tenths: { type: 'number', multipleOf: 0.1, minimum: 0.3, maximum: 8 },
    cents: { type: 'number', multipleOf: 0.01 },
    small: { type: 'number', multipleOf: 0.0001, minimum: -1 },
  },
};

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'batchwright-shapes-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.keys(schemas))('values of schemas %s', { timeout: 60_000 }, async (kind) => {
  const own = schemas[kind] ?? {};
  const names = Object.keys(own);
  const paths = names.map((name) => {
    const content = { 'application/json': { schema: ref(name) } };
    const responses = { 200: { description: '', content } };
    return [`/${name}`, { get: { operationId: `get${name}`, responses } }] as const;
  });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shapes', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: { Base, ...own } },
  };
  const input = join(folder, `${kind}.json`);
  await writeFile(input, JSON.stringify(document));
  for (const seed of [1, 2, 3]) {
    const { checked, wrong } = await judge(input, join(folder, `${kind} ${seed}`), {}, { seed });
    expect(wrong).toEqual([]);
    expect(checked).toBe(names.length);
  }
});
