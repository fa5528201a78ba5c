import { describe, expect, test } from 'vitest';
import {
  flag,
  ids,
  integer,
  isPlain,
  list,
  type Listing,
  object,
  text,
  useListings,
  walk,
} from './listing.ts';

useListings();

const nullableText = { type: ['string', 'null'] };

describe('A cursor', () => {
  test.each<[string, Listing, object, object]>([
    ['next', { query: { cursor: text }, answer: { next: nullableText } }, { next: 'k' }, {}],
    [
      'next_page, in an object',
      { query: { page_token: text }, answer: { paging: object({ next_page: text }) } },
      { paging: { next_page: 'k' } },
      { paging: {} },
    ],
    [
      'after, three objects deep',
      {
        query: { after: text },
        answer: { paging: object({ next: object({ after: text, link: text }) }) },
      },
      { paging: { next: { after: 'k' } } },
      {},
    ],
    [
      'the name of the parameter',
      { query: { cursor: text }, answer: { cursor: text } },
      { cursor: 'k' },
      { cursor: '' },
    ],
    [
      'continue, in the metadata (Kubernetes)',
      { query: { continue: text }, answer: { metadata: object({ continue: text }) } },
      { metadata: { continue: 'k' } },
      { metadata: { continue: '' } },
    ],
    [
      'a number',
      { query: { cursor: integer }, answer: { next_cursor: integer } },
      { next_cursor: 7 },
      { next_cursor: null },
    ],
    [
      'an offset that is a text',
      { query: { offset: text }, answer: { next_page: object({ offset: text, uri: text }) } },
      { next_page: { offset: 'k', uri: 'https://api.example.com/x' } },
      { next_page: null },
    ],
  ])('that is called %s is sent as the parameter', async (_name, listing, more, end) => {
    const answer = object({ items: list(), ...listing.answer });
    const { items, asked } = await walk({ ...listing, answer }, [
      { body: { items: ids('1'), ...more } },
      { body: { items: ids('2'), ...end } },
    ]);
    const [name] = Object.keys(listing.query ?? {});
    expect(items).toEqual(ids('1', '2'));
    expect(asked).toEqual([
      'GET /v1/things',
      `GET /v1/things?${name}=${JSON.stringify(more).includes('7') ? 7 : 'k'}`,
    ]);
  });

  test.each(['errors', 'warnings', 'Messages'])(
    'pages a list that %s stand beside',
    async (remarks) => {
      const answer = object({ orders: list(), [remarks]: list(), cursor: text });
      const { items } = await walk({ query: { cursor: text }, answer }, [
        { body: { orders: ids('1'), cursor: 'k' } },
        { body: { orders: ids('2'), [remarks]: ids('9') } },
      ]);
      expect(items).toEqual(ids('1', '2'));
    },
  );

  test('that turns out to be a URL is followed', async () => {
    const listing = { query: { cursor: text }, answer: object({ data: list(), next: text }) };
    const { items, asked } = await walk(listing, [
      { body: { data: ids('1'), next: 'https://api.example.com/v1/things?cursor=k&x=1' } },
      { body: { data: ids('2') } },
    ]);
    expect(items).toEqual(ids('1', '2'));
    expect(asked[1]).toBe('GET /v1/things?cursor=k&x=1');
  });

  test.each<[string, object, object]>([
    ['has_more', { has_more: flag }, { has_more: false }],
    [
      'has_next_page',
      { page_info: object({ has_next_page: flag }) },
      { page_info: { has_next_page: false } },
    ],
    ['isLast', { isLast: flag }, { isLast: true }],
    ['IsTruncated', { IsTruncated: flag }, { IsTruncated: false }],
  ])('is not sent where %s ends the list', async (_name, answer, end) => {
    const listing: Listing = {
      query: { cursor: text },
      answer: object({ items: list(), next_cursor: text, ...answer }),
    };
    const { items, asked, error } = await walk(listing, [
      { body: { items: ids('1'), next_cursor: 'end', ...end } },
    ]);
    expect([items, asked.length, error]).toEqual([ids('1'), 1, undefined]);
  });

  test('is sent where more is to come after an empty page', async () => {
    const listing: Listing = {
      query: { cursor: text },
      answer: object({ items: list(), next_cursor: text, has_more: flag }),
    };
    const { items } = await walk(listing, [
      { body: { items: [], next_cursor: 'a', has_more: true } },
      { body: { items: ids('1'), next_cursor: 'b', has_more: false } },
    ]);
    expect(items).toEqual(ids('1'));
  });

  test.each<[string, Listing, string]>([
    [
      'Marker and NextMarker',
      {
        query: { Marker: text, MaxItems: integer },
        answer: { NextMarker: text, IsTruncated: flag },
      },
      'NextMarker',
    ],
    [
      'one Marker for both',
      { query: { Marker: text, MaxItems: integer }, answer: { Marker: text, IsTruncated: flag } },
      'Marker',
    ],
    [
      'marker and next_marker',
      { query: { marker: text, limit: integer }, answer: { next_marker: text } },
      'next_marker',
    ],
  ])('may be a marker: %s', async (_name, listing, member) => {
    const answer = object({ Users: list(), ...listing.answer });
    const { items, asked } = await walk({ ...listing, answer }, [
      { body: { Users: ids('1'), [member]: 'k', IsTruncated: true } },
      { body: { Users: ids('2'), IsTruncated: false } },
    ]);
    expect(items).toEqual(ids('1', '2'));
    expect(asked[1]).toMatch(/[?][Mm]arker=k$/);
  });

  test.each<[string, object, object, object, string]>([
    ['at its top', { start_cursor: text }, { page_size: 2 }, { start_cursor: 'k' }, 'start_cursor'],
    ['in an object', { options: object({ cursor: text }) }, {}, { options: { cursor: 'k' } }, 'x'],
    ['as a number', { cursor: integer }, { a: 1 }, { cursor: 7 }, 'cursor'],
  ])('is sent in the body of a POST, %s', async (_name, members, given, sent) => {
    const number = JSON.stringify(sent).includes('7');
    const listing: Listing = {
      method: 'post',
      body: object({ ...members, page_size: integer, a: integer }),
      answer: object({ results: list(), next_cursor: number ? integer : text, has_more: flag }),
    };
    const { items, asked } = await walk(
      listing,
      [
        { body: { results: ids('1'), next_cursor: number ? 7 : 'k', has_more: true } },
        { body: { results: ids('2'), next_cursor: null, has_more: false } },
      ],
      { body: given },
    );
    expect(items).toEqual(ids('1', '2'));
    expect(asked).toEqual([
      `POST /v1/things ${JSON.stringify(given)}`,
      `POST /v1/things ${JSON.stringify({ ...given, ...sent })}`,
    ]);
  });

  test.each<[string, Listing, string, object]>([
    [
      'of the answer, for a parameter',
      { query: { cursor: text }, headers: ['X-Next-Cursor'], answer: {} },
      'X-Next-Cursor',
      { url: 'GET /v1/things?cursor=k' },
    ],
    [
      'of the answer, for one of the request',
      {
        parameters: [{ name: 'x-ms-continuation', in: 'header', schema: text }],
        headers: ['x-ms-continuation'],
        answer: {},
      },
      'x-ms-continuation',
      { header: 'k' },
    ],
    [
      'that numbers the next page',
      { query: { page: integer }, headers: ['X-Next-Page'], answer: {} },
      'X-Next-Page',
      { url: 'GET /v1/things?page=k' },
    ],
  ])('is found in a header %s', async (_name, listing, header, sent) => {
    const headers: (string | null)[] = [];
    let turn = 0;
    const { items, asked } = await walk({ ...listing, answer: list() }, (_url, request) => {
      headers.push(request.headers.get(header));
      return turn++ === 0
        ? { body: ids('1'), headers: { [header]: 'k' } }
        : { body: ids('2'), headers: { [header]: '' } };
    });
    expect(items).toEqual(ids('1', '2'));
    expect({ url: asked[1], header: headers[1] }).toMatchObject(sent);
  });
});

describe("The last item's id", () => {
  test.each<[string, Listing, string, object]>([
    [
      'as Stripe has it',
      { query: { starting_after: text, limit: integer }, answer: { has_more: flag, object: text } },
      'starting_after',
      {},
    ],
    [
      'with both directions',
      { query: { startingAfter: text, endingBefore: text }, answer: { hasMore: flag } },
      'startingAfter',
      {},
    ],
    ['as after', { query: { after: text }, answer: { has_more: flag } }, 'after', {}],
    [
      'that the answer repeats, as OpenAI does',
      { query: { after: text }, answer: { has_more: flag, first_id: text, last_id: text } },
      'after',
      { first_id: '1', last_id: '2' },
    ],
  ])('leads to the next page, %s', async (_name, listing, param, more) => {
    const answer = object({ data: list(), ...listing.answer });
    const { items, asked } = await walk({ ...listing, answer }, [
      { body: { data: ids('1', '2'), has_more: true, hasMore: true, ...more } },
      { body: { data: ids('3'), has_more: false, hasMore: false, last_id: '3' } },
    ]);
    expect(items).toEqual(ids('1', '2', '3'));
    expect(asked).toEqual(['GET /v1/things', `GET /v1/things?${param}=2`]);
  });

  test('makes no listing where nothing says that the list goes on', async () => {
    expect(await isPlain({ query: { after: text }, answer: object({ data: list() }) })).toBe(true);
  });
});

test('A POST that sends what comes back is no listing', async () => {
  const listing: Listing = {
    method: 'post',
    body: object({ items: list(), pagination: object({ page: integer, pageSize: integer }) }),
    answer: object({
      items: list(),
      pagination: object({ page: integer, pageSize: integer, pageCount: integer }),
    }),
  };
  expect(await isPlain(listing)).toBe(true);
});
