import type { Target } from '../../../generator/config/config.ts';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';

export const at = { type: 'string', format: 'date-time' };
export const id = { type: 'integer', format: 'int64' };
export const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const schemas = {
  Thing: {
    type: 'object',
    required: ['id', 'at'],
    properties: {
      id,
      at,
      name: { type: 'string' },
      count: { type: 'integer' },
      seen: { type: ['string', 'null'], format: 'date-time' },
      times: { type: 'array', items: at },
      byName: { type: 'object', additionalProperties: id },
      pair: { type: 'array', prefixItems: [at, id, { type: 'string' }] },
      parent: ref('Thing'),
      pet: ref('Pet'),
      odd: { oneOf: [at, id, { type: 'boolean' }] },
      either: {
        oneOf: [
          { type: 'object', required: ['start'], properties: { start: at } },
          {
            type: 'object',
            required: ['start', 'label'],
            properties: { start: { type: 'string' }, label: { type: 'string' } },
          },
        ],
      },
    },
  },
  Pet: {
    oneOf: [ref('Cat'), ref('Dog')],
    discriminator: {
      propertyName: 'kind',
      mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
    },
  },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'cat' }, born: at } },
  Dog: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: 'dog' }, born: { type: 'string' } },
  },
  Problem: { type: 'object', properties: { at, id } },
};

const tags = ['things'];
export const document: string = JSON.stringify({
  ...(JSON.parse(
    documentOf({
      '/things/{id}': {
        put: {
          operationId: 'putThing',
          tags,
          parameters: [
            { name: 'id', in: 'path', required: true, schema: id },
            { name: 'since', in: 'query', schema: at },
            { name: 'ids', in: 'query', schema: { type: 'array', items: id } },
            { name: 'X-At', in: 'header', schema: at },
          ],
          requestBody: json(ref('Thing')),
          responses: { 200: json(ref('Thing')), 409: json(ref('Problem')) },
        },
      },
      '/things': {
        get: {
          operationId: 'listThings',
          tags,
          parameters: [{ name: 'after', in: 'query', schema: { type: 'string' } }],
          responses: {
            200: json({
              type: 'object',
              properties: {
                data: { type: 'array', items: ref('Thing') },
                next_cursor: id,
                has_more: { type: 'boolean' },
              },
            }),
          },
        },
      },
      '/events': {
        get: {
          operationId: 'watch',
          tags,
          responses: { 200: { content: { 'text/event-stream': { schema: ref('Thing') } } } },
        },
      },
      '/lines': {
        get: {
          operationId: 'readLines',
          tags,
          responses: { 200: { content: { 'application/x-ndjson': { schema: ref('Thing') } } } },
        },
      },
      '/plain': {
        get: { operationId: 'getPlain', tags, responses: { 200: json({ type: 'object' }) } },
      },
    }),
  ) as object),
  components: { schemas },
});

// oxlint-disable-next-line typescript/no-explicit-any -- three libraries, each with types of its own
export type Loose = any;

export type Values = Pick<Target, 'dates' | 'int64'>;

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface Api {
  // oxlint-disable-next-line typescript/no-explicit-any -- what is emitted has types of its own
  readonly things: any;
  readonly sent: Sent[];
  readonly answer: (text: string, type?: string, status?: number) => void;
}

export async function apiWith(options: Values): Promise<Api> {
  const folder = await emitted(document, options);
  const sent: Sent[] = [];
  let next: () => Response = () => Response.json({});
  const fetch = async (
    url: URL,
    { body, headers }: { body: string; headers: Headers },
  ): Promise<Response> => {
    sent.push({ url: url.href, body, headers });
    return next();
  };
  const { createExample } = await moduleOf(folder, 'index.ts');
  return {
    things: createExample({ fetch }).things,
    sent,
    answer: (text, type = 'application/json', status = 200) => {
      next = () => new Response(text, { status, headers: { 'Content-Type': type } });
    },
  };
}
