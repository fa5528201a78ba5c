import type { BatchRule } from '../../../generator/diff/api/batch-rules.ts';
import type { TypeRule } from '../../../generator/diff/types/type-rules.ts';
import { documentWith } from './documents.ts';

/** A document before and after one change. */
type Pair = readonly [old: object, now: object];

const text = { type: 'string' };
const pet = { type: 'object', properties: { name: text, age: { type: 'integer' } } };

interface Shape {
  readonly id?: string;
  readonly tag?: string;
  readonly input?: object;
  readonly output?: object;
  readonly more?: object;
  readonly path?: string;
}

/** A document with one operation: it takes a body, and answers with another. */
function one(
  { id = 'setPet', tag = 'pets', input = pet, output = pet, more = {}, path = '/pets' }: Shape,
  root: object = {},
): object {
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  const put = {
    operationId: id,
    tags: [tag],
    requestBody: { ...json(input), required: true },
    responses: { 200: { description: 'Done', ...json(output) } },
    ...more,
  };
  return documentWith({ [path]: { put } }, root);
}

function listing(
  paged: boolean,
  output: object = { type: 'array', items: pet },
  more: object = {},
): object {
  const cursor = { name: 'startingAfter', in: 'query', schema: text };
  const headers = paged ? { headers: { Link: { schema: text } } } : {};
  return documentWith({
    '/pets': {
      get: {
        operationId: 'listPets',
        tags: ['pets'],
        parameters: [cursor],
        responses: {
          200: {
            description: 'Pets',
            ...headers,
            content: { 'application/json': { schema: output } },
          },
        },
        ...more,
      },
    },
  });
}

function member(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

function inputs(old: object, now: object): Pair {
  return [one({ input: old }), one({ input: now })];
}

function outputs(old: object, now: object): Pair {
  return [one({ output: old }), one({ output: now })];
}

const named = (schemas: object, output: object): object =>
  one({ output }, { components: { schemas } });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const kinds = (names: readonly string[], values: readonly string[]): object => ({
  type: 'string',
  enum: values,
  'x-enum-varnames': names,
});

function batchable(entry: object | undefined, more: Shape = {}): object {
  return one(more, { 'x-batchable-actions': entry ? [entry] : [] });
}

const entry = { summary: 'Set a pet', resource: '/pets', operation: 'update' };
const summary = { more: { summary: 'Set a pet' } };

const info = (title: string): object => ({ info: { title, version: '1.0.0' } });
const server = (url: string, variables: object = {}): object => ({ servers: [{ url, variables }] });
const secured = (schemes: object): object => {
  const security = Object.keys(schemes).map((name) => ({ [name]: [] }));
  return { security, components: { securitySchemes: schemes } };
};
const bearer = { type: 'http', scheme: 'bearer' };
const basic = { type: 'http', scheme: 'basic' };
const region = (values: readonly string[]): object =>
  server('https://{region}.example', { region: { default: 'a', enum: values } });

/** A pair for each rule of the axis of types, and all that breaks on that axis between the two. */
export const typePairs: Readonly<Partial<Record<TypeRule, Pair>>> = {
  'function-removed': [one({}), documentWith({})],
  'function-renamed': [one({}), one({ id: 'putPet' })],
  'function-moved': [one({}), one({ tag: 'animals' })],
  'function-added': [documentWith({}), one({})],
  'type-removed': [named({ Pet: pet }, ref('Pet')), named({ Animal: pet }, ref('Animal'))],
  'type-added': [
    one({}),
    named({ Animal: pet }, { type: 'object', properties: { a: ref('Animal') } }),
  ],
  'builder-removed': [batchable(entry, summary), batchable(undefined, summary)],
  'builder-added': [batchable(undefined, summary), batchable(entry, summary)],
  'constant-removed': [
    named({ Kind: kinds(['Cat', 'Dog'], ['c', 'd']) }, ref('Kind')),
    named({ Kind: kinds(['Cat', 'Hound'], ['c', 'd']) }, ref('Kind')),
  ],
  'constant-added': [
    named({ Kind: kinds(['Cat'], ['c']) }, ref('Kind')),
    named({ Kind: kinds(['Cat', 'Dog'], ['c', 'd']) }, ref('Kind')),
  ],
  'constant-changed': [
    named({ Kind: kinds(['Cat', 'Dog'], ['c', 'd']) }, ref('Kind')),
    named({ Kind: kinds(['Dog', 'Cat'], ['c', 'd']) }, ref('Kind')),
  ],
  'client-renamed': [one({}, info('Pets')), one({}, info('Animals'))],
  'client-option-required': [one({}, server('https://a.example')), one({}, { servers: [] })],
  'client-option-removed': [one({}, secured({ bearer, basic })), one({}, secured({ bearer }))],
  'client-option-added': [one({}, server('https://a.example')), one({}, region(['a', 'b']))],
  'client-option-changed': [one({}, region(['a', 'b'])), one({}, region(['a']))],
  'pages-from-promise': [listing(false), listing(true)],
  'promise-from-pages': [listing(true), listing(false)],
  'input-member-added': inputs(member({ a: text }), member({ a: text, b: text })),
  'input-member-removed': inputs(member({ a: text, b: text }), member({ a: text })),
  'input-member-required': inputs(member({ a: text }), member({ a: text }, ['a'])),
  'input-member-optional': inputs(member({ a: text }, ['a']), member({ a: text })),
  'input-type-changed': inputs(member({ a: text }), member({ a: { type: 'number' } })),
  'input-type-widened': inputs(member({ a: text }), member({ a: { type: ['string', 'number'] } })),
  'output-member-added': outputs(member({ a: text }), member({ a: text, b: text })),
  'output-member-removed': outputs(member({ a: text, b: text }), member({ a: text })),
  'output-member-optional': outputs(member({ a: text }, ['a']), member({ a: text })),
  'output-member-required': outputs(member({ a: text }), member({ a: text }, ['a'])),
  'output-type-changed': outputs(
    member({ a: { ...text, enum: ['x'] } }),
    member({ a: { ...text, enum: ['x', 'y'] } }),
  ),
  'output-type-narrowed': outputs(
    member({ a: { type: ['string', 'number'] } }),
    member({ a: text }),
  ),
};

const inStage = (stage: string | undefined): object =>
  one({ more: stage === undefined ? {} : { 'x-release-stage': stage } });

/** A pair for each rule of batches and pages, as far as a document can say it. */
export const batchPairs: Readonly<Partial<Record<BatchRule, Pair>>> = {
  'batch-removed': [batchable(entry, summary), batchable(undefined, summary)],
  'batch-added': [batchable(undefined, summary), batchable(entry, summary)],
  'batch-verb-changed': [
    batchable(entry, summary),
    batchable({ ...entry, operation: 'replace' }, summary),
  ],
  'batch-resource-changed': [
    batchable(entry, summary),
    batchable({ ...entry, resource: '/animals' }, { ...summary, path: '/animals' }),
  ],
  'stage-decreased': [inStage('ga'), inStage('beta')],
  'stage-increased': [inStage('beta'), inStage(undefined)],
  'pages-removed': [listing(true), listing(false)],
  'pages-added': [listing(false), listing(true)],
};
