import { expect } from 'vitest';
import { flag, integer, items, listing, q, text } from './listing.ts';
import { api, ids, isPlain, json, ok, type Variations, walks } from './variation.ts';

const next = 'https://api.example.com/v1/things?page=2';
const linkOn = (schema: string): string =>
  api(
    `/things/{id}: { get: { operationId: list, parameters: [{ name: id, in: path, required: true, schema: { type: string } }, ${q('page', integer)}],
      responses: { '200': { description: ok, headers: { Link: { schema: { type: string } } }, content: { application/json: { schema: ${schema} } } } } } }`,
  );

export const pages: Variations = {
  'has-more-false': {
    'in an object of its own': {
      document: listing(
        q('after', text),
        `items: ${items}, page_info: { type: object, properties: { end_cursor: ${text}, has_next_page: ${flag} } }`,
      ),
      attempt: walks(
        'list',
        [
          { body: { items: ids('1'), page_info: { end_cursor: 'k', has_next_page: true } } },
          { body: { items: ids('2'), page_info: { end_cursor: 'l', has_next_page: false } } },
        ],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?after=k'],
        {},
      ),
    },
    'said the other way round': {
      document: listing(
        `${q('startAt', integer)}, ${q('maxResults', integer)}`,
        `items: ${items}, isLast: ${flag}`,
      ),
      attempt: walks(
        'list',
        [{ body: { items: ids('1'), isLast: false } }, { body: { items: ids('2'), isLast: true } }],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?startAt=1'],
        {},
      ),
    },
    'beside a marker': {
      document: listing(
        `${q('Marker', text)}, ${q('MaxItems', integer)}`,
        `Users: ${items}, Marker: ${text}, IsTruncated: ${flag}`,
      ),
      attempt: walks(
        'list',
        [{ body: { Users: ids('1'), Marker: 'end', IsTruncated: false } }],
        ['1'],
        ['GET /v1/things'],
        {},
      ),
    },
  },
  'link-on-single-object': {
    'that has two lists': {
      document: linkOn(`{ type: object, properties: { users: ${items}, teams: ${items} } }`),
      attempt: isPlain('list', { users: ids('1'), teams: [] }, { id: 'a' }),
    },
    'that has a list of words': {
      document: linkOn(
        `{ type: object, properties: { name: ${text}, tags: { type: array, items: ${text} } } }`,
      ),
      attempt: isPlain('list', { name: 'n', tags: ['a'] }, { id: 'a' }),
    },
    'that counts': {
      document: linkOn(`{ type: object, properties: { count: ${integer} } }`),
      attempt: isPlain('list', { count: 7 }, { id: 'a' }),
    },
  },
  'meraki-events-to-the-epoch': {
    'by a cursor that is given again': {
      document: listing(q('cursor', text), `items: ${items}, next_cursor: ${text}`),
      attempt: walks(
        'list',
        [
          { body: { items: ids('1'), next_cursor: 'end' } },
          { body: { items: [], next_cursor: 'end' } },
        ],
        ['1'],
        ['GET /v1/things', 'GET /v1/things?cursor=end'],
        {},
      ),
    },
    'by a URL of itself': {
      document: listing('', `value: ${items}, nextLink: ${text}`),
      attempt: walks(
        'list',
        [{ body: { value: ids('1'), nextLink: next } }, { body: { value: [], nextLink: next } }],
        ['1'],
        ['GET /v1/things', 'GET /v1/things?page=2'],
      ),
    },
    'by two empty pages that lead to each other': {
      document: listing('', `value: ${items}, nextLink: ${text}`),
      attempt: walks(
        'list',
        [
          { body: { value: ids('1'), nextLink: next } },
          { body: { value: [], nextLink: `${next}2` } },
          { body: { value: [], nextLink: next } },
        ],
        ['1'],
        ['GET /v1/things', 'GET /v1/things?page=2', 'GET /v1/things?page=22'],
      ),
    },
  },
  'next-is-a-token': {
    'in an object': {
      document: listing(
        q('page_token', text),
        `items: ${items}, paging: { type: object, properties: { next: ${text} } }`,
      ),
      attempt: walks(
        'list',
        [
          { body: { items: ids('1'), paging: { next: 'k' } } },
          { body: { items: ids('2'), paging: {} } },
        ],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?page_token=k'],
        {},
      ),
    },
    'that is a number': {
      document: listing(q('cursor', integer), `items: ${items}, next: ${integer}`),
      attempt: walks(
        'list',
        [{ body: { items: ids('1'), next: 7 } }, { body: { items: ids('2'), next: null } }],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?cursor=7'],
        {},
      ),
    },
    'for a member of a POST': {
      document: api(
        `/things: { post: { operationId: list, requestBody: { content: { application/json: { schema: { type: object, properties: { after: ${text}, limit: ${integer} } } } } }, responses: ${ok(json, `{ type: object, properties: { items: ${items}, next: ${text} } }`)} } }`,
      ),
      attempt: async ({ call }) => {
        const { sent, result } = await call(
          'list',
          { body: { limit: 1 } },
          {
            items: true,
            answers: [{ body: { items: ids('1'), next: 'k' } }, { body: { items: ids('2') } }],
          },
        );
        expect([result, sent.map((one) => one.text)]).toEqual([
          ids('1', '2'),
          ['{"limit":1}', '{"limit":1,"after":"k"}'],
        ]);
      },
    },
  },
  'next-is-another-resource': {
    'as a link': {
      document: listing(
        '',
        `title: ${text}, _links: { type: object, properties: { next: { type: object, properties: { href: ${text} } } } }, comments: ${items}`,
        '/things/{slug}',
      ),
      attempt: isPlain(
        'list',
        { title: 'A', _links: { next: { href: '/v1/things/b' } }, comments: ids('1') },
        { slug: 'a' },
      ),
    },
    'as the links of a document': {
      document: listing(
        '',
        `data: ${items}, links: { type: object, properties: { next: { type: string, format: uri } } }`,
        '/things/{slug}',
      ),
      attempt: isPlain('list', { data: ids('1'), links: { next: '/v1/things/b' } }, { slug: 'a' }),
    },
    'with words that call it so': {
      document: listing(
        '',
        `name: ${text}, next: { type: string, description: URL of the next chapter }, notes: ${items}`,
        '/things/{slug}',
      ),
      attempt: isPlain('list', { name: 'A', next: '/v1/things/b', notes: ids('1') }, { slug: 'a' }),
    },
  },
};
