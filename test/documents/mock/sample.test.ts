import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { operationsOf } from './document.ts';
import { sample, type Schema } from './sample.ts';

const ajv = new Ajv({ strict: false });
formats.default(ajv);

const document = parse(
  readFileSync(new URL('../../../specs/meraki/openapi.yaml', import.meta.url), 'utf8'),
);
const schemas = operationsOf(document).flatMap(
  ({ operationId, parameters = [], requestBody }): [string, Schema][] => [
    ...parameters.map(({ name, schema }): [string, Schema] => [`${operationId} ${name}`, schema]),
    ...Object.values(requestBody?.content ?? {}).map(({ schema }): [string, Schema] => [
      `${operationId} body`,
      schema,
    ]),
  ],
);

describe('a value made of a schema', () => {
  test('is valid, whatever the parameter or body of the embedded document', () => {
    expect(schemas.length).toBeGreaterThan(500);
    const invalid = schemas.flatMap(([name, schema]) => {
      const validate = ajv.compile(schema);
      return (['required', 'everything'] as const)
        .flatMap((extent) => [0, 1, 2].map((index) => sample(schema, extent, index)))
        .filter((value) => !validate(value))
        .map((value) => `${name}: ${JSON.stringify(value)}`);
    });
    expect(invalid).toEqual([]);
  });

  const schema: Schema = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      limit: { type: 'integer', maximum: 2 },
    },
    required: ['id'],
  };

  test('has only the members that are required, or all of them', () => {
    expect(sample(schema, 'required')).toEqual({ id: 'text 0: ü & b=c+d/e?f#g%h,i[j]' });
    expect(sample(schema, 'everything')).toEqual({
      id: 'text 0: ü & b=c+d/e?f#g%h,i[j]',
      tags: ['a', 'b'],
      limit: 2,
    });
  });

  test('is not made where the schema says what is not understood', () => {
    const odd = { type: 'string', pattern: '^a' } as Schema;
    expect(() => sample(odd, 'everything')).toThrow(
      'No value can be made for the keyword pattern.',
    );
  });
});
