import { describe, expect, test } from 'vitest';
import { numbered, offsetOf, pageOf, skipped } from './counted.ts';
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

describe('Pages by their number', () => {
  test.each<[string, Listing]>([
    ['a minimum of 0', pageOf({ type: 'integer', minimum: 0 })],
    ['a default of 0', pageOf({ type: 'integer', default: 0 })],
    ['its words', pageOf({ type: 'integer', description: 'Zero-based page index (0..N)' })],
    ['a number in the answer', pageOf(integer, { number: integer })],
    ['nothing but the second answer', pageOf(integer)],
  ])('begin at 0 by %s', async (_name, listing) => {
    const more = (page: number): object => ({ number: page });
    const { items } = await walk(listing, numbered(['a', 'b', 'c'], 0, more));
    expect(items).toEqual(ids('a', 'b', 'c'));
  });

  test.each<[string, Listing]>([
    ['a minimum of 1', pageOf({ type: 'integer', minimum: 1 })],
    ['a default of 1', pageOf({ type: 'integer', default: 1 })],
    ['its words', pageOf({ type: 'integer', description: 'The page, starting at 1.' })],
    ['a number in the answer', pageOf(integer, { number: integer })],
    ['nothing but the second answer', pageOf(integer)],
  ])('begin at 1 by %s', async (_name, listing) => {
    const more = (page: number): object => ({ number: page });
    const { items } = await walk(listing, numbered(['a', 'b', 'c'], 1, more));
    expect(items).toEqual(ids('a', 'b', 'c'));
  });

  test('ask for the second page once where the first is known', async () => {
    const { asked } = await walk(pageOf({ type: 'integer', minimum: 0 }), numbered(['a', 'b'], 0));
    expect(asked).toEqual(['GET /v1/things', 'GET /v1/things?page=1', 'GET /v1/things?page=2']);
  });

  test('go on from where the caller begins', async () => {
    const { items } = await walk(pageOf(integer), numbered(['a', 'b', 'c'], 1), { page: 2 });
    expect(items).toEqual(ids('b', 'c'));
  });

  test.each([
    ['Spring', { content: list(), totalPages: integer, last: flag, number: integer }, 'content'],
    ['a last page', { items: list(), isLast: flag }, 'items'],
    ['a total', { items: list(), meta: object({ total_pages: integer }) }, 'items'],
  ])('end as %s says it', async (_name, answer, name) => {
    const pages = ['a', 'b'];
    const { items, asked, error } = await walk(
      { ...pageOf({ type: 'integer', minimum: 0 }), answer: object(answer) },
      (url) => {
        const page = Number(url.searchParams.get('page') ?? 0);
        if (page > 1) return { status: 404, body: {} };
        return {
          body: {
            [name]: ids(pages[page] ?? ''),
            number: page,
            totalPages: 2,
            last: page === 1,
            isLast: page === 1,
            meta: { total_pages: 2 },
          },
        };
      },
    );
    expect([items, error, asked.length]).toEqual([ids('a', 'b'), undefined, 2]);
  });

  test('are found in a Pageable, which is sent as its members', async () => {
    const pageable = object({
      page: { type: 'integer', minimum: 0 },
      size: { type: 'integer', minimum: 1 },
      sort: { type: 'array', items: text },
    });
    const listing: Listing = {
      parameters: [{ name: 'pageable', in: 'query', required: true, schema: pageable }],
      answer: object({ content: list(), last: flag, totalPages: integer, number: integer }),
    };
    const { items, asked } = await walk(
      listing,
      [
        { body: { content: ids('a'), last: false, totalPages: 2, number: 0 } },
        { body: { content: ids('b'), last: true, totalPages: 2, number: 1 } },
      ],
      { pageable: { size: 1 } },
    );
    expect(items).toEqual(ids('a', 'b'));
    expect(asked).toEqual(['GET /v1/things?size=1', 'GET /v1/things?size=1&page=1']);
  });
});

describe('Pages by an offset', () => {
  test.each<[string, string, Listing, number]>([
    ['the name of what is skipped', 'offset', offsetOf('offset', integer), 0],
    ['the name that Jira gives it', 'startAt', offsetOf('startAt', integer), 0],
    ['SCIM', 'startIndex', offsetOf('startIndex', integer, { totalResults: integer }), 1],
    ['a minimum of 1', 'startIndex', offsetOf('startIndex', { type: 'integer', minimum: 1 }), 1],
    ['a default of 0', 'start', offsetOf('start', { type: 'integer', default: 0 }), 0],
    ['the answer', 'start', offsetOf('start', integer, { start: integer }), 1],
    ['the second answer, from 0', 'start', offsetOf('start', integer), 0],
    ['the second answer, from 1', 'start', offsetOf('start', integer), 1],
  ])('count from where %s says', async (_name, param, listing, first) => {
    const { items, asked } = await walk(
      listing,
      skipped(param, first, (start) => ({ start, totalResults: 5 })),
    );
    expect(items).toEqual(ids('1', '2', '3', '4', '5'));
    expect(asked.length).toBeLessThan(6);
  });

  test('count on from where the caller begins', async () => {
    const { items } = await walk(
      offsetOf('startIndex', integer, { totalResults: integer }),
      skipped('startIndex', 1, () => ({ totalResults: 5 })),
      { startIndex: 1 },
    );
    expect(items).toEqual(ids('1', '2', '3', '4', '5'));
  });

  test.each([
    ['null', null],
    ['0', 0],
    ['-1', -1],
    ['fewer than came', 1],
    ['what no number can be made of', { toString: 1, valueOf: 1 }],
    ['a list', [5]],
    ['an object', { total: 5 }],
  ])('go on where the total is %s', async (_name, total) => {
    const { items } = await walk(
      offsetOf('offset', integer, { total: { type: ['integer', 'null'] } }),
      skipped('offset', 0, () => ({ total })),
    );
    expect(items).toHaveLength(5);
  });

  test.each([5, '5'])('end at a total of %o', async (total) => {
    const { asked } = await walk(
      offsetOf('offset', integer, { total: integer }),
      skipped('offset', 0, () => ({ total })),
    );
    expect(asked).toEqual(['GET /v1/things', 'GET /v1/things?offset=2', 'GET /v1/things?offset=4']);
  });

  test('end where the answer says that there is no more', async () => {
    const { asked } = await walk(
      offsetOf('offset', integer, { has_more: flag }),
      skipped('offset', 0, (start) => ({ has_more: start < 4 })),
    );
    expect(asked).toHaveLength(3);
  });
});

describe('A text that is a number', () => {
  test.each<[string, object]>([
    ['a default', { ...text, default: '0' }],
    ['an example', { ...text, examples: ['0'] }],
    ['a format', { ...text, format: 'int64', description: 'Starts at 0.' }],
    ['its words', { ...text, description: 'How many things to leave out.' }],
  ])('counts by %s', async (_name, schema) => {
    const { items, asked } = await walk(offsetOf('offset', schema), skipped('offset', 0));
    expect(items).toEqual(ids('1', '2', '3', '4', '5'));
    expect(asked[1]).toBe('GET /v1/things?offset=2');
  });

  test('goes on from the text that the caller gives', async () => {
    const listing = pageOf({ ...text, description: 'The number of the page, from 1.' });
    const { items } = await walk(listing, numbered(['a', 'b', 'c'], 1), { page: '2' });
    expect(items).toEqual(ids('b', 'c'));
  });

  test('gives way to a page that is declared as a number', async () => {
    const offset = { ...text, description: 'The number of things to leave out.' };
    const listing: Listing = {
      query: { offset, page: { type: 'integer', minimum: 1 }, limit: integer },
      answer: object({ items: list() }),
    };
    const { asked } = await walk(listing, numbered(['a', 'b'], 1));
    expect(asked[1]).toBe('GET /v1/things?page=2');
  });

  test.each([
    ['a token', { ...text, examples: ['eyJ0eXAi'] }],
    ['nothing that it says', text],
    ['a place in time', { ...text, format: 'date-time' }],
  ])('is none by %s', async (_name, offset) => {
    expect(await isPlain(offsetOf('offset', offset))).toBe(true);
  });
});

describe('A POST whose body says which page it asks for', () => {
  const post = (body: object, answer: object, more: Partial<Listing> = {}): Listing => ({
    method: 'post',
    path: '/orders',
    body: object(body),
    answer: object({ rows: list(), ...answer }),
    ...more,
  });

  test.each<[string, Listing, object, object]>([
    [
      'a page, beside a total of pages',
      post({ page: { ...integer, minimum: 1 }, size: integer }, { totalPages: integer }),
      { totalPages: 2 },
      { page: 2 },
    ],
    [
      'an offset, beside a total',
      post({ offset: integer, limit: integer }, { total: integer }),
      { total: 2 },
      { offset: 1 },
    ],
    [
      'a page inside of an object, beside a last page',
      post(
        { paging: object({ pageIndex: { ...integer, minimum: 0 }, pageSize: integer }) },
        { isLast: flag },
      ),
      { isLast: false },
      { paging: { pageIndex: 1 } },
    ],
  ])('lists by %s, whatever it is called', async (_name, listing, told, sent) => {
    const { items, asked } = await walk(
      listing,
      [{ body: { rows: ids('1'), ...told } }, { body: { rows: ids('2'), ...told, isLast: true } }],
      { body: {} },
    );
    expect(items).toEqual(ids('1', '2'));
    expect(asked).toEqual(['POST /v1/orders {}', `POST /v1/orders ${JSON.stringify(sent)}`]);
  });

  test.each<[string, Listing]>([
    [
      'makes something',
      post({ page: integer, size: integer }, { totalPages: integer }, { status: 201 }),
    ],
    ['takes no size', post({ page: integer, q: text }, { totalPages: integer })],
    ['answers all that there is', post({ page: integer, size: integer }, {})],
  ])('is no listing where it %s', async (_name, listing) => {
    expect(await isPlain(listing)).toBe(true);
  });
});

describe('A parameter that only looks like an offset or a page', () => {
  test.each<[string, Record<string, object>]>([
    ['a date', { start: { type: 'string', format: 'date-time' }, limit: integer }],
    ['the start of a range', { start: integer, end: integer, limit: integer }],
    ['the start of a range of places', { startIndex: integer, endIndex: integer, limit: integer }],
    ['a name', { page: text, limit: integer }],
  ])('as %s makes no listing', async (_name, query) => {
    expect(await isPlain({ query, answer: object({ data: list() }) })).toBe(true);
  });
});
