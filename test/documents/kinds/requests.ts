import { expect } from 'vitest';
import {
  api,
  done,
  ids,
  json,
  linesOf,
  ok,
  type Variation,
  type Variations,
  walks,
} from './variation.ts';

const get = (route: string, parameters: string, version?: string): string =>
  api(
    `${route}: { get: { operationId: ask, parameters: [${parameters}], responses: ${done} } }`,
    '',
    version,
  );

function asks(input: object | undefined, line: string, client?: object): Variation['attempt'] {
  return async ({ call }) => {
    const called = await call('ask', input, client && { client });
    expect([called.error, called.sent.map(({ path }) => path)]).toEqual([undefined, [line]]);
  };
}

const objects = '{ type: array, items: { type: object } }';
const secured = (requirements: readonly string[]): string =>
  api(
    requirements
      .map(
        (one, index) =>
          `/a${index}: { get: { operationId: ask${index}, ${one} responses: ${done} } }`,
      )
      .join('\n'),
    `security: [{ token: [] }]
components: { securitySchemes: {
  token: { type: http, scheme: bearer }, login: { type: http, scheme: basic },
  key: { type: apiKey, in: header, name: X-Key }, app: { type: apiKey, in: query, name: app } } }`,
  );
const credentials = { token: 'TOKEN', login: { user: 'u', password: 'p' }, key: 'KEY', app: 'APP' };

/** The authorization, the key and the path of each operation in turn. */
function presents(
  ...expected: readonly (readonly [string | null, string | null, string])[]
): Variation['attempt'] {
  return async ({ call }) => {
    for (const [index, presented] of expected.entries()) {
      const { sent } = await call(`ask${index}`, undefined, { client: credentials });
      const headers = sent[0]?.headers;
      expect([headers?.get('Authorization'), headers?.get('X-Key'), sent[0]?.path]).toEqual(
        presented,
      );
    }
  };
}

const linked = (security: string): string =>
  api(
    `/g: { get: { operationId: list, parameters: [{ name: page, in: query, schema: { type: integer } }],
      responses: { '200': { description: ok, headers: { Link: { schema: { type: string } } },
        content: { application/json: { schema: { type: array, items: { type: object } } } } } } } }`,
    `security: [{ key: [] }]
components: { securitySchemes: { key: ${security} } }`,
  );
const link = (target: string): Record<string, string> => ({ Link: `<${target}>; rel="next"` });

export const requests: Variations = {
  'allowreserved-percent-triple': {
    'in a path (3.2)': {
      document: get(
        '/a/{p}',
        '{ name: p, in: path, required: true, allowReserved: true, schema: { type: string } }',
        '3.2.0',
      ),
      attempt: asks({ p: 'x:y%2Fz' }, '/v1/a/x:y%2Fz'),
    },
    'in a list without explode': {
      document: get(
        '/a',
        '{ name: p, in: query, explode: false, allowReserved: true, schema: { type: array } }',
      ),
      attempt: asks({ p: ['a%20b', 'c/d'] }, '/v1/a?p=a%20b,c/d'),
    },
    'where a percent sign stands alone': {
      document: get('/a', '{ name: p, in: query, allowReserved: true, schema: { type: string } }'),
      attempt: asks({ p: '100%/%c3%A9' }, '/v1/a?p=100%25/%c3%A9'),
    },
  },
  'query-array-of-objects': {
    'without explode': {
      document: get('/a', `{ name: p, in: query, explode: false, schema: ${objects} }`),
      attempt: asks({ p: [{ a: 1 }, { b: 2 }] }, '/v1/a?p=%7B%22a%22%3A1%7D,%7B%22b%22%3A2%7D'),
    },
    'in a path': {
      document: get('/a/{p}', `{ name: p, in: path, required: true, schema: ${objects} }`),
      attempt: asks({ p: [{ a: 1 }] }, '/v1/a/%7B%22a%22%3A1%7D'),
    },
    'in a header and a cookie': {
      document: get(
        '/a',
        `{ name: X-P, in: header, schema: ${objects} }, { name: c, in: cookie, schema: ${objects} }`,
      ),
      attempt: async ({ call }) => {
        const { sent } = await call('ask', { 'X-P': [{ a: 1 }], c: [{ b: 2 }] });
        expect(sent[0]?.headers.get('X-P')).toBe('{"a":1}');
        expect(sent[0]?.headers.get('Cookie')).toBe('c=%7B%22b%22%3A2%7D');
      },
    },
  },
  'security-per-operation': {
    'a key in place of a token, and nothing': {
      document: secured(['security: [{ key: [] }],', 'security: [],', '']),
      attempt: presents(
        [null, 'KEY', '/v1/a0'],
        [null, null, '/v1/a1'],
        ['Bearer TOKEN', null, '/v1/a2'],
      ),
    },
    'two at once': {
      document: secured([
        'security: [{ key: [], app: [] }],',
        'security: [{ login: [], key: [] }],',
      ]),
      attempt: presents([null, 'KEY', '/v1/a0?app=APP'], ['Basic dTpw', 'KEY', '/v1/a1']),
    },
    'the first of two that is there, and one that may be absent': {
      document: secured([
        'security: [{ login: [] }, { key: [] }],',
        'security: [{}, { app: [] }],',
      ]),
      attempt: presents(['Basic dTpw', null, '/v1/a0'], [null, null, '/v1/a1?app=APP']),
    },
  },
  'key-in-a-link': {
    'inside of a cursor': {
      document: linked('{ type: apiKey, in: header, name: X-Key }'),
      attempt: walks(
        'list',
        [{ body: ids('1'), headers: link('/v1/g?cursor=ademo1') }, { body: ids('2') }],
        ['1', '2'],
        ['GET /v1/g', 'GET /v1/g?cursor=ademo1'],
        {},
        { key: 'demo' },
      ),
    },
    'inside of the path': {
      document: linked('{ type: http, scheme: bearer }'),
      attempt: walks(
        'list',
        [{ body: ids('1'), headers: link('/v1/g/more?page=2') }, { body: ids('2') }],
        ['1', '2'],
        ['GET /v1/g', 'GET /v1/g/more?page=2'],
        {},
        { key: 'more' },
      ),
    },
    'in the query, where the key itself goes': {
      document: linked('{ type: apiKey, in: query, name: app }'),
      attempt: walks(
        'list',
        [{ body: ids('1'), headers: link('/v1/g?page=12&app=1') }, { body: ids('2') }],
        ['1', '2'],
        ['GET /v1/g?app=1', 'GET /v1/g?page=12&app=1'],
        {},
        { key: '1' },
      ),
    },
  },
  'relative-operation-server': {
    'beside the base URL': {
      document: api(
        `/x: { get: { operationId: ask, servers: [{ url: ../v3 }], responses: ${done} } }`,
      ),
      attempt: asks(undefined, '/v3/x'),
    },
    'of a path, at the root': {
      document: api(`/x: { servers: [{ url: / }], get: { operationId: ask, responses: ${done} } }`),
      attempt: asks(undefined, '/x'),
    },
    'with a variable': {
      document: api(
        `/x: { get: { operationId: ask, servers: [{ url: '/{stage}', variables: { stage: { default: beta } } }], responses: ${done} } }`,
      ),
      attempt: asks(undefined, '/beta/x'),
    },
  },
  'oas32-additional-operations': {
    'with a body': {
      document: api(
        `/s: { additionalOperations: { REPORT: { operationId: report, requestBody: { content: { application/json: { schema: {} } } }, responses: ${ok(json)} } } }`,
        '',
        '3.2.0',
      ),
      attempt: async ({ call }) => {
        const called = await call('report', { body: { a: 1 } }, { answers: [{ body: [1] }] });
        expect([linesOf(called), called.sent[0]?.text, called.result]).toEqual([
          ['REPORT /v1/s'],
          '{"a":1}',
          [1],
        ]);
      },
    },
    'beside all others': {
      document: api(
        `/s: { get: { operationId: a, responses: ${done} }, query: { operationId: b, responses: ${done} }, additionalOperations: { LOCK: { operationId: c, responses: ${done} }, UNLOCK: { operationId: d, responses: ${done} } } }`,
        '',
        '3.2.0',
      ),
      attempt: async ({ call }) => {
        const lines: string[] = [];
        for (const name of ['a', 'b', 'c', 'd']) lines.push(...linesOf(await call(name)));
        expect(lines).toEqual(['GET /v1/s', 'QUERY /v1/s', 'LOCK /v1/s', 'UNLOCK /v1/s']);
      },
    },
    'without an id': {
      document: api(
        `/s/{id}: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], additionalOperations: { PURGE: { responses: ${done} } } }`,
        '',
        '3.2.0',
      ),
      attempt: async ({ call }) => {
        expect(linesOf(await call('purgeSById', { id: 'x' }))).toEqual(['PURGE /v1/s/x']);
      },
    },
  },
};
