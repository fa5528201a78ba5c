import { expect } from 'vitest';
import { api, type Variation, type Variations } from './variation.ts';

const stream = (type: string, more = ''): string =>
  api(
    `/e: { get: { operationId: listen, responses: { '200': { description: ok, content: { '${type}': { itemSchema: { type: object, properties: { n: { type: integer } } } } ${more} } } } } }`,
    '',
    '3.2.0',
  );

function hears(type: string, body: string, expected: readonly unknown[]): Variation['attempt'] {
  return async ({ call }) => {
    const { error, result } = await call('listen', undefined, {
      answers: [{ type, body }],
      items: true,
    });
    expect([error, result]).toEqual([undefined, expected]);
  };
}

export const streams: Variations = {
  'oas32-item-schema': {
    'of JSON lines': {
      document: stream('application/jsonl'),
      attempt: hears('application/jsonl', '{"n":1}\n{"n":2}', [{ n: 1 }, { n: 2 }]),
    },
    'of NDJSON under its older name': {
      document: stream('application/x-ndjson'),
      attempt: hears('application/x-ndjson; charset=utf-8', '{"n":1}\r\n\r\n{"n":2}\n', [
        { n: 1 },
        { n: 2 },
      ]),
    },
    'of places': {
      document: stream('application/geo+json-seq'),
      attempt: hears('application/geo+json-seq', '\u001e{"n":1}\n\u001e{"n":2}\n', [
        { n: 1 },
        { n: 2 },
      ]),
    },
  },
};
