import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';

const ok = { 200: { content: { 'application/json': { schema: { type: 'object' } } } } };
const inPath = { name: 'thing-id', in: 'path', required: true, schema: { type: 'string' } };
const asHeader = {
  name: 'X-Tags',
  in: 'header',
  schema: { type: 'array', items: { type: 'string' } },
};
const list = {
  name: 'ids',
  in: 'path',
  required: true,
  style: 'label',
  schema: { type: 'array', items: { type: 'string' } },
};

const document = documentOf({
  '/things/{thing-id}': {
    get: {
      tags: ['things'],
      operationId: 'getThing',
      parameters: [inPath, asHeader],
      responses: ok,
    },
  },
  '/lists/{ids}/things': {
    get: { tags: ['things'], operationId: 'getThings', parameters: [list], responses: ok },
  },
  '/things/{thing-id}/parts': {
    get: {
      tags: ['things'],
      operationId: 'listParts',
      parameters: [inPath, { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } }],
      responses: {
        200: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  items: { type: 'array', items: { type: 'object' } },
                  total_pages: { type: 'integer' },
                },
              },
            },
          },
        },
      },
    },
  },
  '/things/{thing-id}/events': {
    get: {
      tags: ['things'],
      operationId: 'watchThing',
      parameters: [inPath],
      responses: { 200: { content: { 'text/event-stream': { schema: { type: 'object' } } } } },
    },
  },
});

/** The calls of a module that send nothing for a value that cannot be sent. */
interface Calls {
  // oxlint-disable-next-line typescript/no-explicit-any -- what is emitted has types of its own
  readonly things: any;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly bound: any;
  readonly client: unknown;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly withResponse: any;
  readonly requests: unknown[];
}

let calls: Calls;

beforeAll(async () => {
  const folder = await emitted(document);
  const requests: unknown[] = [];
  const fetch = async (url: URL): Promise<Response> => {
    requests.push(url);
    return Response.json({});
  };
  const { createExample } = await moduleOf(folder, 'index.ts');
  const { createClient } = await moduleOf(folder, 'client.ts');
  const { withResponse } = await moduleOf(folder, 'runtime/answers/with-response.ts');
  calls = {
    things: await moduleOf(folder, 'things.ts'),
    bound: createExample({ fetch }),
    client: createClient({ fetch }),
    withResponse,
    requests,
  };
});

describe('a path parameter that cannot be sent', () => {
  const bad = [undefined, null, '', '..', '%2e', {}, { id: 1 }, ['a'], '\ud800'];

  describe.each(bad.map((value) => [value]))('%o', (value) => {
    const input = { 'thing-id': value };
    const ways: readonly (readonly [string, () => PromiseLike<unknown>])[] = [
      ['a call', () => calls.things.getThing(calls.client, input)],
      ['a bound call', () => calls.bound.things.getThing(input)],
      [
        'a call with its response',
        () => calls.withResponse(calls.things.getThing)(calls.client, input),
      ],
      ['a listing', () => calls.things.listParts(calls.client, input)],
      ['a bound listing', () => calls.bound.things.listParts(input)],
      ['all of a listing', () => calls.things.listParts(calls.client, input).all()],
      ['a listing, from a page', () => calls.things.listParts(calls.client, input, { from: '2' })],
      ['the pages of a listing', () => calls.things.listParts(calls.client, input).pages().next()],
      [
        'the items of a listing',
        () => calls.things.listParts(calls.client, input)[Symbol.asyncIterator]().next(),
      ],
      ['a stream', () => calls.things.watchThing(calls.client, input)],
      [
        'the items of a stream',
        () => calls.things.watchThing(calls.client, input)[Symbol.asyncIterator]().next(),
      ],
    ];

    test.each(ways)('rejects %s and is named', async (_, call) => {
      const failure = await Promise.resolve(call()).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(TypeError);
      expect(failure).toHaveProperty('message', 'bad path parameter thing-id');
      expect(calls.requests).toEqual([]);
    });
  });

  test('in a style of its own rejects and is named, too', async () => {
    const call = calls.things.getThings(calls.client, { ids: ['\ud800'] });
    await expect(call).rejects.toThrow('bad path parameter ids');
  });
});

describe('what else cannot be encoded', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  test.each([
    ['a header', { 'thing-id': 'a', 'X-Tags': [circular] }],
    ['a header of a bigint in an object', { 'thing-id': 'a', 'X-Tags': [{ big: 1n }] }],
  ])('rejects, and does not throw out of the call: %s', async (_, input) => {
    const call: Promise<unknown> = calls.things.getThing(calls.client, input);
    await expect(call).rejects.toThrow(TypeError);
    expect(calls.requests).toEqual([]);
  });
});
