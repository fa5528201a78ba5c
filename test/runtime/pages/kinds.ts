import { flag, ids, integer, list, type Listing, object, type Reply, text } from './listing.ts';

/** A kind of paging: the listing, and the answers of its server. */
export interface Row {
  readonly kind: string;
  /** What the request may say. */
  readonly asks: string;
  /** What the answer says. */
  readonly says: string;
  readonly listing: Listing;
  readonly first: Reply;
  /** The answers that end the list, one after the other. */
  readonly rest: readonly Reply[];
}

const reply = (more: object, ...names: readonly string[]): Reply => ({
  body: { items: ids(...names), ...more },
});
const answers = (members: object): object => object({ items: list(), ...members });
const uri = { type: 'string', format: 'uri' };
const second = 'https://api.example.com/v1/things?after=2';

/** A row for each kind, in the order in which they are tried. */
export const rows: readonly Row[] = [
  {
    kind: '`Link` header',
    asks: '',
    says: '`Link: <…>; rel="next"` on a list',
    listing: { query: { page: integer }, headers: ['Link'], answer: list() },
    first: { body: ids('1'), headers: { Link: `<${second}>; rel="next"` } },
    rest: [{ body: ids('2') }],
  },
  {
    kind: 'URL',
    asks: '',
    says: '`@odata.nextLink`, `nextLink`, `next_url`, …',
    listing: { answer: answers({ '@odata.nextLink': text }) },
    first: reply({ '@odata.nextLink': second }, '1'),
    rest: [reply({}, '2')],
  },
  {
    kind: 'URL',
    asks: 'a page, an offset or a limit',
    says: '`next` that is a URL by its format, an example or its words',
    listing: { query: { limit: integer }, answer: answers({ next: uri }) },
    first: reply({ next: second }, '1'),
    rest: [reply({ next: null }, '2')],
  },
  {
    kind: 'URL',
    asks: 'a page, an offset or a limit',
    says: '`_links.next.href`, `links.next`, `links[]` with `rel` and `href`',
    listing: {
      query: { page: integer },
      answer: answers({ _links: object({ next: object({ href: text }) }) }),
    },
    first: reply({ _links: { next: { href: second } } }, '1'),
    rest: [reply({ _links: {} }, '2')],
  },
  {
    kind: 'URL',
    asks: '',
    says: '`next` that is a URL by its format or an example',
    listing: { answer: answers({ next: uri }) },
    first: reply({ next: second }, '1'),
    rest: [reply({ next: null }, '2')],
  },
  {
    kind: 'URL after a POST',
    asks: 'a body',
    says: '`links.next` that is a URL by its format or an example, and no 201',
    listing: {
      method: 'post',
      body: object({ q: text }),
      answer: answers({ links: object({ next: uri }) }),
    },
    first: reply({ links: { next: second } }, '1'),
    rest: [reply({ links: {} }, '2')],
  },
  {
    kind: 'URL after a POST',
    asks: 'a body',
    says: '`nextLink`',
    listing: { method: 'post', body: object({ q: text }), answer: answers({ nextLink: text }) },
    first: reply({ nextLink: second }, '1'),
    rest: [reply({}, '2')],
  },
  {
    kind: 'cursor',
    asks: '`next`',
    says: '`next` that is no URL',
    listing: { query: { next: text }, answer: answers({ next: text }) },
    first: reply({ next: 'k' }, '1'),
    rest: [reply({ next: null }, '2')],
  },
  {
    kind: 'cursor',
    asks: '`cursor`, `pageToken`, `after`, `Marker`, …',
    says: '`next_cursor`, `nextPageToken`, `paging.next.after`, `NextMarker`, …',
    listing: { query: { cursor: text }, answer: answers({ next_cursor: text }) },
    first: reply({ next_cursor: 'k' }, '1'),
    rest: [reply({ next_cursor: '' }, '2')],
  },
  {
    kind: 'cursor',
    asks: '`Marker`',
    says: '`Marker` beside `IsTruncated` that is `false` at last',
    listing: { query: { Marker: text }, answer: answers({ Marker: text, IsTruncated: flag }) },
    first: reply({ Marker: 'k', IsTruncated: true }, '1'),
    rest: [reply({ Marker: 'l', IsTruncated: false }, '2')],
  },
  {
    kind: 'cursor',
    asks: '`cursor`',
    says: '`next` that is no URL',
    listing: { query: { cursor: text }, answer: answers({ next: text }) },
    first: reply({ next: 'k' }, '1'),
    rest: [reply({ next: null }, '2')],
  },
  {
    kind: 'cursor',
    asks: '`cursor`',
    says: '`next_cursor` beside `has_more` that is `false` at last',
    listing: { query: { cursor: text }, answer: answers({ next_cursor: text, has_more: flag }) },
    first: reply({ next_cursor: 'k', has_more: true }, '1'),
    rest: [reply({ next_cursor: 'l', has_more: false }, '2')],
  },
  {
    kind: 'cursor in a body',
    asks: 'a member of the JSON body',
    says: '`next_cursor`',
    listing: {
      method: 'post',
      body: object({ cursor: text }),
      answer: answers({ next_cursor: text }),
    },
    first: reply({ next_cursor: 'k' }, '1'),
    rest: [reply({}, '2')],
  },
  {
    kind: 'cursor in a header',
    asks: '`cursor`',
    says: '`X-Next-Cursor`',
    listing: { query: { cursor: text }, headers: ['X-Next-Cursor'], answer: list() },
    first: { body: ids('1'), headers: { 'X-Next-Cursor': 'k' } },
    rest: [{ body: ids('2') }],
  },
  {
    kind: 'last item',
    asks: '`starting_after`, `after`',
    says: '`has_more`, and items with an `id`',
    listing: { query: { starting_after: text }, answer: answers({ has_more: flag }) },
    first: reply({ has_more: true }, '1', '2'),
    rest: [reply({ has_more: false }, '3')],
  },
  {
    kind: 'last item',
    asks: '`after`',
    says: '`last_id` beside `has_more`',
    listing: { query: { after: text }, answer: answers({ last_id: text, has_more: flag }) },
    first: reply({ last_id: '2', has_more: true }, '1', '2'),
    rest: [reply({ last_id: '3', has_more: false }, '3')],
  },
  {
    kind: 'offset',
    asks: '`offset`, `skip`, `startAt` and a limit',
    says: 'a total, or an empty page at last',
    listing: { query: { offset: integer, limit: integer }, answer: answers({ total: integer }) },
    first: reply({ total: 3 }, '1', '2'),
    rest: [reply({ total: 3 }, '3')],
  },
  {
    kind: 'offset',
    asks: '`startAt` of Jira',
    says: '`isLast`',
    listing: { query: { startAt: integer }, answer: answers({ isLast: flag }) },
    first: reply({ isLast: false }, '1', '2'),
    rest: [reply({ isLast: true }, '3')],
  },
  {
    kind: 'offset',
    asks: '`offset`, a text with a default of `0`',
    says: 'an empty page at last',
    listing: { query: { offset: { ...text, default: '0' }, limit: integer }, answer: answers({}) },
    first: reply({}, '1', '2'),
    rest: [reply({}, '3'), reply({})],
  },
  ...[null, 0, -1].map((total): Row => ({
    kind: 'offset',
    asks: '`offset` and a limit',
    says: `a total of \`${total}\`, which is not believed over the items that come`,
    listing: {
      query: { offset: integer, limit: integer },
      answer: answers({ total: { type: ['integer', 'null'] } }),
    },
    first: reply({ total }, '1', '2'),
    rest: [reply({ total }, '3'), reply({ total })],
  })),
  {
    kind: 'offset in a body',
    asks: 'members of a POST: an offset and a limit',
    says: 'a total, and no 201',
    listing: {
      method: 'post',
      body: object({ offset: integer, limit: integer }),
      answer: answers({ total: integer }),
    },
    first: reply({ total: 3 }, '1', '2'),
    rest: [reply({ total: 3 }, '3')],
  },
  {
    kind: 'offset',
    asks: '`startIndex` of SCIM',
    says: '`totalResults`',
    listing: {
      query: { startIndex: integer, count: integer },
      answer: answers({ totalResults: integer }),
    },
    first: reply({ totalResults: 3 }, '1', '2'),
    rest: [reply({ totalResults: 3 }, '3')],
  },
  {
    kind: 'page',
    asks: '`page` with a minimum of 0, and a limit',
    says: '`totalPages`',
    listing: {
      query: { page: { type: 'integer', minimum: 0 }, size: integer },
      answer: answers({ totalPages: integer }),
    },
    first: reply({ totalPages: 2 }, '1'),
    rest: [reply({ totalPages: 2 }, '2')],
  },
  {
    kind: 'page',
    asks: '`page` with a default of 1, and a limit',
    says: 'an empty page at last',
    listing: {
      query: { page: { type: 'integer', default: 1 }, size: integer },
      answer: answers({}),
    },
    first: reply({}, '1'),
    rest: [reply({}, '2'), reply({})],
  },
  {
    kind: 'page',
    asks: '`page` whose words say zero-based, and a limit',
    says: 'an empty page at last',
    listing: {
      query: { page: { type: 'integer', description: 'Zero-based page index' }, size: integer },
      answer: answers({}),
    },
    first: reply({}, '1'),
    rest: [reply({}, '2'), reply({})],
  },
  {
    kind: 'page',
    asks: '`page`, and nothing that says where it begins',
    says: 'its own number',
    listing: { query: { page: integer, size: integer }, answer: answers({ number: integer }) },
    first: reply({ number: 0 }, '1'),
    rest: [reply({ number: 1 }, '2'), reply({ number: 2 })],
  },
  {
    kind: 'page',
    asks: '`pageable` of Spring',
    says: '`last`',
    listing: {
      parameters: [
        {
          name: 'pageable',
          in: 'query',
          schema: object({ page: { type: 'integer', minimum: 0 }, size: integer }),
        },
      ],
      answer: answers({ last: flag }),
    },
    first: reply({ last: false }, '1'),
    rest: [reply({ last: true }, '2')],
  },
];
