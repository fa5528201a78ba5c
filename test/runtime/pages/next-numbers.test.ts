import { describe, expect, test } from 'vitest';
import { numbered, offsetOf, pageOf, skipped } from './counted.ts';
import { flag, ids, integer, object, text, useListings, walk } from './listing.ts';

useListings();

describe('Pages by their number, beside a member that says which is next,', () => {
  const nullable = { type: ['integer', 'null'] };

  test.each<[string, object, object, object]>([
    ['null', { next_page: nullable }, { next_page: 2 }, { next_page: null }],
    ['an empty text', { next: text }, { next: '2' }, { next: '' }],
    ['absent where it was there before', { nextPage: integer }, { nextPage: 2 }, {}],
    ['0 where the first is 1', { next: integer }, { next: 2 }, { next: 0 }],
    ['-1', { next_page_number: integer }, { next_page_number: 2 }, { next_page_number: -1 }],
    [
      'null inside of an object',
      { meta: object({ next_page: nullable }) },
      { meta: { next_page: 2 } },
      { meta: { next_page: null } },
    ],
    [
      'in an object that is null',
      { next: { type: ['object', 'null'], properties: { page: integer } } },
      { next: { page: 2 } },
      { next: null },
    ],
  ])('end where the next one is %s', async (_name, answer, more, end) => {
    const { items, asked, error } = await walk(
      pageOf({ type: 'integer', minimum: 1 }, answer),
      (url) =>
        url.searchParams.has('page')
          ? { body: { items: ids('b'), ...end } }
          : { body: { items: ids('a'), ...more } },
    );
    expect([items, error]).toEqual([ids('a', 'b'), undefined]);
    expect(asked).toEqual(['GET /v1/things', 'GET /v1/things?page=2']);
  });

  test.each([[null], ['']])('end at their first where the next one is %o', async (next_page) => {
    const { asked, error } = await walk(pageOf(integer, { next_page: nullable }), () => ({
      body: { items: ids('a'), next_page },
    }));
    expect([asked, error]).toEqual([['GET /v1/things'], undefined]);
  });

  test.each<[string, number, object]>([
    ['absent on every page', 1, {}],
    ['0 where the first is 0', 0, { next_page: 0 }],
    ['null beside a member that says there is more', 1, { next_page: null, has_more: true }],
  ])('go on where the next one is %s', async (_name, minimum, told) => {
    const { items } = await walk(
      pageOf({ type: 'integer', minimum }, { next_page: nullable, has_more: flag }),
      numbered(['a', 'b', 'c'], minimum, (page) => (page < minimum + 3 ? told : {})),
    );
    expect(items).toEqual(ids('a', 'b', 'c'));
  });
});

describe('Pages by an offset, beside a member that says which is next,', () => {
  test.each<[string, object, (start: number) => object]>([
    [
      'null',
      { next_offset: { type: ['integer', 'null'] } },
      (start) => ({ next_offset: start < 4 ? start + 2 : null }),
    ],
    [
      'absent where it was there before',
      { next: integer },
      (start) => (start < 4 ? { next: start + 2 } : {}),
    ],
    [
      'in an object that is null',
      { next: object({ offset: integer }) },
      (start) => ({ next: start < 4 ? { offset: start + 2 } : null }),
    ],
  ])('end where the next one is %s', async (_name, answer, more) => {
    const { items, asked } = await walk(
      offsetOf('offset', integer, answer),
      skipped('offset', 0, more),
    );
    expect(items).toHaveLength(5);
    expect(asked).toHaveLength(3);
  });
});
