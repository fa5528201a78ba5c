import { integer, items, listing, q, text } from './listing.ts';
import { api, ids, isPlain, json, ok, type Variations, walks } from './variation.ts';

const second = 'https://api.example.com/v1/things?k=2';
const uri = "{ type: [string, 'null'], format: uri }";
const search = (members: string, status = 200): string =>
  api(
    `/things/search: { post: { operationId: list, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { words: { type: string } } } } } }, responses: ${ok(json, `{ type: object, properties: { ${members} } }`, status)} } }`,
  );

/** Two pages, of which the first gives the URL of the second. */
const byUrl = (
  first: object,
  method = 'GET /v1/things',
  input?: object,
): ReturnType<typeof walks> =>
  walks(
    'list',
    [{ body: { items: ids('1'), ...first } }, { body: { items: ids('2') } }],
    ['1', '2'],
    [method, 'GET /v1/things?k=2'],
    input,
  );

/** What leads to the next page, where no parameter and no other member tells of pages. */
export const nextPages: Variations = {
  'next-url-alone': {
    'by its format': {
      document: listing('', `items: ${items}, next: ${uri}`),
      attempt: byUrl({ next: second }),
    },
    'by its example': {
      document: listing('', `items: ${items}, next: { type: string, example: '${second}' }`),
      attempt: byUrl({ next: second }),
    },
    'by the example of a whole answer': {
      document: api(
        `/things: { get: { operationId: list, responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { items: ${items}, next_page: ${text} } }, example: { items: [], next_page: '/v1/things?k=2' } } } } } } }`,
      ),
      attempt: byUrl({ next_page: second }),
    },
    'of one thing it is none': {
      document: listing('', `items: ${items}, next: ${uri}`, '/things/{id}'),
      attempt: isPlain('list', { items: ids('1'), next: second }, { id: '1' }),
    },
  },
  'next-url-after-a-search': {
    'among links': {
      document: search(`items: ${items}, links: { type: object, properties: { next: ${uri} } }`),
      attempt: byUrl({ links: { next: second } }, 'POST /v1/things/search', { body: {} }),
    },
    'beside the items': {
      document: search(`items: ${items}, next: ${uri}`),
      attempt: byUrl({ next: second }, 'POST /v1/things/search', { body: {} }),
    },
    'what makes something is no search': {
      document: search(`items: ${items}, next: ${uri}`, 201),
      attempt: isPlain('list', { items: ids('1'), next: second }, { body: {} }),
    },
    'links without a format may be anything': {
      document: search(`items: ${items}, links: { type: object, properties: { next: ${text} } }`),
      attempt: isPlain('list', { items: ids('1'), links: { next: second } }, { body: {} }),
    },
  },
  'next-as-parameter': {
    'that takes what the answer calls so': {
      document: listing(q('next', text), `items: ${items}, next: ${text}`),
      attempt: walks(
        'list',
        [{ body: { items: ids('1'), next: 'k' } }, { body: { items: ids('2'), next: null } }],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?next=k'],
      ),
    },
    'that takes a cursor of another name': {
      document: listing(q('next', text), `items: ${items}, nextCursor: ${text}`),
      attempt: walks(
        'list',
        [{ body: { items: ids('1'), nextCursor: 'k' } }, { body: { items: ids('2') } }],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?next=k'],
      ),
    },
    'that nothing answers': {
      document: listing(q('next', text), `items: ${items}`),
      attempt: isPlain('list', { items: ids('1') }, { next: '/home' }),
    },
  },
  'next-page-beside-a-page': {
    'a text': {
      document: listing(
        q('page', '{ type: integer, minimum: 1 }'),
        `items: ${items}, next_page: ${text}`,
      ),
      attempt: numbered(),
    },
    'a number': {
      document: listing(
        q('page', '{ type: integer, default: 1 }'),
        `items: ${items}, next_page: ${integer}`,
      ),
      attempt: numbered(),
    },
    'a number that may be null': {
      document: listing(
        q('page', '{ type: integer, minimum: 1 }'),
        `items: ${items}, next: { type: [integer, 'null'] }`,
      ),
      attempt: numbered(),
    },
    'a number that is null at last': {
      document: listing(
        q('page', '{ type: integer, minimum: 1 }'),
        `items: ${items}, next_page: { type: [integer, 'null'] }`,
      ),
      attempt: walks(
        'list',
        [
          { body: { items: ids('1'), next_page: 2 } },
          { body: { items: ids('2'), next_page: null } },
        ],
        ['1', '2'],
        ['GET /v1/things', 'GET /v1/things?page=2'],
      ),
    },
  },
};

function numbered(): ReturnType<typeof walks> {
  return walks(
    'list',
    [{ body: { items: ids('1') } }, { body: { items: ids('2') } }, { body: { items: [] } }],
    ['1', '2'],
    ['GET /v1/things', 'GET /v1/things?page=2', 'GET /v1/things?page=3'],
  );
}
