import { expect } from 'vitest';
import { api, ids, json, ok, type Variations, walks } from './variation.ts';

const items = '{ type: array, items: { type: object, properties: { id: { type: string } } } }';
const q = (name: string, schema = '{ type: string }'): string =>
  `{ name: ${name}, in: query, schema: ${schema} }`;
const integer = '{ type: integer }';
const form = 'application/x-www-form-urlencoded';

/** The oddities of well-known APIs, in documents of our own. */
export const publicShapes: Variations = {
  Kubernetes: {
    'lists go on by `continue`, which is empty at last': {
      document: api(
        `/api/v1/pods: { get: { operationId: listPod, parameters: [${q('continue')}, ${q('limit', integer)}, ${q('watch', '{ type: boolean }')}], responses: ${ok(json, `{ type: object, required: [items], properties: { items: ${items}, metadata: { type: object, properties: { continue: { type: string }, remainingItemCount: { type: integer, format: int64 } } } } }`)} } }`,
      ),
      attempt: walks(
        'listPod',
        [
          { body: { items: ids('a'), metadata: { continue: 'k', remainingItemCount: 1 } } },
          { body: { items: ids('b'), metadata: { continue: '' } } },
        ],
        ['a', 'b'],
        ['GET /v1/api/v1/pods', 'GET /v1/api/v1/pods?continue=k'],
        {},
      ),
    },
    'a patch is of the type that is chosen': {
      document: api(
        `/pods/{name}: { patch: { operationId: patchPod, parameters: [{ name: name, in: path, required: true, schema: { type: string } }], requestBody: { required: true, content: { application/json-patch+json: { schema: { type: object } }, application/merge-patch+json: { schema: { type: object } }, application/strategic-merge-patch+json: { schema: { type: object } } } }, responses: ${ok(json, '{ type: object }')} } }`,
      ),
      attempt: async ({ call }) => {
        const type = 'application/strategic-merge-patch+json';
        const input = { name: 'a', body: { spec: {} } };
        const chosen = await call('patchPod', input, {
          answers: [{ body: {} }],
          options: { contentType: type },
        });
        const usual = await call('patchPod', input, { answers: [{ body: {} }] });
        expect([chosen, usual].map(({ sent }) => sent[0]?.headers.get('Content-Type'))).toEqual([
          type,
          'application/merge-patch+json',
        ]);
      },
    },
  },
  Slack: {
    'a cursor stands in response_metadata': {
      document: api(
        `/conversations.list: { get: { operationId: conversationsList, parameters: [${q('cursor')}, ${q('limit', integer)}], responses: ${ok(json, `{ type: object, properties: { ok: { type: boolean }, channels: ${items}, response_metadata: { type: object, properties: { next_cursor: { type: string } } } } }`)} } }`,
      ),
      attempt: walks(
        'conversationsList',
        [
          {
            body: { ok: true, channels: ids('C1'), response_metadata: { next_cursor: 'dGVhbQ==' } },
          },
          { body: { ok: true, channels: ids('C2'), response_metadata: { next_cursor: '' } } },
        ],
        ['C1', 'C2'],
        ['GET /v1/conversations.list', 'GET /v1/conversations.list?cursor=dGVhbQ=='],
        {},
      ),
    },
    'objects of a form are JSON': {
      document: api(
        `/chat.postMessage: { post: { operationId: chatPostMessage, requestBody: { content: { ${form}: { schema: { type: object, properties: { channel: { type: string }, blocks: { type: array, items: { type: object } }, mrkdwn: { type: boolean } } }, encoding: { blocks: { contentType: application/json } } } } }, responses: ${ok(json)} } }`,
      ),
      attempt: async ({ call }) => {
        const body = { channel: 'C1', blocks: [{ type: 'divider' }], mrkdwn: false };
        const { sent } = await call(
          'chatPostMessage',
          { body },
          { answers: [{ body: { ok: true } }] },
        );
        expect(Object.fromEntries(new URLSearchParams(sent[0]?.text))).toEqual({
          channel: 'C1',
          blocks: '[{"type":"divider"}]',
          mrkdwn: 'false',
        });
      },
    },
  },
  Jira: {
    'pages by startAt, up to isLast': {
      document: api(
        `/search: { get: { operationId: search, parameters: [${q('startAt', '{ type: integer, default: 0 }')}, ${q('maxResults', integer)}, ${q('expand')}], responses: ${ok(json, `{ type: object, properties: { startAt: ${integer}, maxResults: ${integer}, total: ${integer}, isLast: { type: boolean }, values: ${items} } }`)} } }`,
      ),
      attempt: walks(
        'search',
        [
          { body: { startAt: 0, total: 3, isLast: false, values: ids('1', '2') } },
          { body: { startAt: 2, total: 3, isLast: true, values: ids('3') } },
        ],
        ['1', '2', '3'],
        ['GET /v1/search', 'GET /v1/search?startAt=2'],
        {},
      ),
    },
    'an attachment is a list of files, with a header against forgery': {
      document: api(
        `/issue/{key}/attachments: { post: { operationId: attach, parameters: [{ name: key, in: path, required: true, schema: { type: string } }, { name: X-Atlassian-Token, in: header, required: true, schema: { type: string, enum: [no-check] } }], requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { file: { type: array, items: { type: string, format: binary } } } } } } }, responses: ${ok(json, items)} } }`,
      ),
      attempt: async ({ call }) => {
        const input = {
          key: 'A-1',
          'X-Atlassian-Token': 'no-check',
          body: { file: [new File(['x'], 'a.txt')] },
        };
        const { sent, result } = await call('attach', input, { answers: [{ body: ids('1') }] });
        expect([sent[0]?.headers.get('X-Atlassian-Token'), result]).toEqual(['no-check', ids('1')]);
        expect(sent[0]?.text).toContain('name="file"; filename="a.txt"');
      },
    },
  },
  PagerDuty: {
    'offsets end by `more`, where the total is null': {
      document: api(
        `/incidents: { get: { operationId: listIncidents, parameters: [{ name: Accept, in: header, schema: { type: string } }, ${q('limit', integer)}, ${q('offset', integer)}, ${q('total', '{ type: boolean }')}, { name: 'statuses[]', in: query, explode: true, schema: { type: array, items: { type: string } } }], responses: ${ok(json, `{ type: object, properties: { offset: ${integer}, limit: ${integer}, more: { type: boolean }, total: { type: integer, nullable: true }, incidents: ${items} } }`)} } }`,
        '',
        '3.0.2',
      ),
      attempt: walks(
        'listIncidents',
        [
          { body: { offset: 0, limit: 1, more: true, total: null, incidents: ids('P1') } },
          { body: { offset: 1, limit: 1, more: false, total: null, incidents: ids('P2') } },
        ],
        ['P1', 'P2'],
        [
          'GET /v1/incidents?statuses[]=triggered&statuses[]=acknowledged',
          'GET /v1/incidents?statuses[]=triggered&statuses[]=acknowledged&offset=1',
        ],
        { 'statuses[]': ['triggered', 'acknowledged'] },
      ),
    },
  },
  Twilio: {
    'pages by a relative URL, below paths that end in .json': {
      document: api(
        `/Accounts/{Sid}/Messages.json: { get: { operationId: listMessage, parameters: [{ name: Sid, in: path, required: true, schema: { type: string } }, ${q('PageSize', integer)}, ${q('Page', integer)}, ${q('PageToken')}, ${q('DateSent>', '{ type: string, format: date-time }')}], responses: ${ok(json, `{ type: object, properties: { messages: ${items}, next_page_uri: { type: string, format: uri, nullable: true }, page: ${integer}, page_size: ${integer} } }`)} } }`,
        '',
        '3.0.1',
      ),
      attempt: walks(
        'listMessage',
        [
          {
            body: {
              messages: ids('SM1'),
              next_page_uri: '/v1/Accounts/AC/Messages.json?Page=1&PageToken=PA',
            },
          },
          { body: { messages: ids('SM2'), next_page_uri: null } },
        ],
        ['SM1', 'SM2'],
        [
          'GET /v1/Accounts/AC/Messages.json?DateSent>=2024-01-01',
          'GET /v1/Accounts/AC/Messages.json?Page=1&PageToken=PA',
        ],
        { Sid: 'AC', 'DateSent>': '2024-01-01' },
      ),
    },
    'a list of a form repeats its name': {
      document: api(
        `/Messages.json: { post: { operationId: send, requestBody: { content: { ${form}: { schema: { type: object, required: [To], properties: { To: { type: string }, MediaUrl: { type: array, items: { type: string, format: uri } } } } } } }, responses: ${ok(json, '{ type: object }', 201)} } }`,
      ),
      attempt: async ({ call }) => {
        const { sent } = await call(
          'send',
          {
            body: { To: '+15005550006', MediaUrl: ['https://a.example/1', 'https://a.example/2'] },
          },
          { answers: [{ status: 201, body: {} }] },
        );
        expect([...new URLSearchParams(sent[0]?.text)]).toEqual([
          ['To', '+15005550006'],
          ['MediaUrl', 'https://a.example/1'],
          ['MediaUrl', 'https://a.example/2'],
        ]);
      },
    },
  },
  DigitalOcean: {
    'the next page stands in links.pages.next': {
      document: api(
        `/droplets: { get: { operationId: listDroplets, parameters: [${q('per_page', integer)}, ${q('page', '{ type: integer, default: 1 }')}, ${q('tag_name')}], responses: ${ok(json, `{ allOf: [{ type: object, properties: { droplets: ${items} } }, { type: object, properties: { links: { type: object, properties: { pages: { anyOf: [{ type: object, properties: { last: { type: string, format: uri }, next: { type: string, format: uri } } }, { type: object, properties: { first: { type: string, format: uri }, prev: { type: string, format: uri } } }] } } } } }, { type: object, required: [meta], properties: { meta: { type: object, properties: { total: ${integer} } } } }] }`)} } }`,
      ),
      attempt: async ({ call }) => {
        const called = await call(
          'listDroplets',
          { tag_name: 'a' },
          {
            items: true,
            answers: (url) => ({
              body:
                url.searchParams.get('page') === '2'
                  ? { droplets: ids('2'), links: { pages: {} }, meta: { total: 2 } }
                  : url.searchParams.get('page') === '3'
                    ? { droplets: [], links: {}, meta: { total: 2 } }
                    : {
                        droplets: ids('1'),
                        links: {
                          pages: { next: 'https://api.example.com/v1/droplets?page=2&tag_name=a' },
                        },
                        meta: { total: 2 },
                      },
            }),
          },
        );
        expect([called.error, called.result]).toEqual([undefined, ids('1', '2')]);
        expect(called.sent[1]?.path).toContain('page=2');
      },
    },
    'a deletion answers nothing, and by a tag too': {
      document: api(
        `/droplets: { delete: { operationId: destroyByTag, parameters: [{ name: tag_name, in: query, required: true, schema: { type: string } }], responses: { '204': { description: ok, headers: { ratelimit-limit: { schema: { type: integer } } } }, default: { description: no, content: { application/json: { schema: {} } } } } } }`,
      ),
      attempt: async ({ call }) => {
        const called = await call(
          'destroyByTag',
          { tag_name: 'a' },
          { answers: [{ status: 204 }] },
        );
        expect([called.error, called.result, called.sent.map(({ line }) => line)]).toEqual([
          undefined,
          undefined,
          ['DELETE /v1/droplets?tag_name=a'],
        ]);
      },
    },
  },
};
