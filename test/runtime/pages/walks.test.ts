import { describe, expect, test } from 'vitest';
import {
  callOf,
  ids,
  list,
  type Listing,
  object,
  type Reply,
  text,
  useListings,
  walk,
} from './listing.ts';

useListings();

const listing: Listing = {
  query: { cursor: text },
  answer: object({ items: list(), next_cursor: text }),
};
const linked: Listing = {
  query: { cursor: text },
  headers: ['Link'],
  answer: object({ events: list() }),
};

/** A list of `count` items, two a page. */
const counted =
  (count: number) =>
  (asked: URL): Reply => {
    const start = Number(asked.searchParams.get('cursor') ?? 0);
    const items = Array.from({ length: Math.min(2, count - start) }, (_, index) => start + index);
    return { body: { items, ...(start + 2 < count && { next_cursor: `${start + 2}` }) } };
  };

describe('An empty page ends a list', () => {
  const page = (events: readonly object[], to: string): Reply => ({
    body: { events },
    headers: { Link: `<https://api.example.com/v1/things?endingBefore=${to}>; rel=next` },
  });

  test.each([
    ['leads to itself', ['2024', '1970', '1970'], 2],
    ['leads to the page before it', ['2024', '1970', '2024'], 3],
    ['leads to itself after another empty one', ['2024', '1999', '1970', '1970'], 3],
  ])('that %s', async (_name, [first = '', ...others], count) => {
    const answers = [page(ids('e1'), first), ...others.map((to) => page([], to))];
    const { items, error, asked } = await walk(linked, answers);
    expect([items, error]).toEqual([ids('e1'), undefined]);
    expect(asked.length).toBeLessThanOrEqual(count + 1);
  });

  test('whose cursor is its own', async () => {
    const { items, error } = await walk(listing, [
      { body: { items: ids('1'), next_cursor: 'a' } },
      { body: { items: [], next_cursor: 'a' } },
    ]);
    expect([items, error]).toEqual([ids('1'), undefined]);
  });
});

test('A page with items that leads to itself is a loop', async () => {
  const { error } = await walk(listing, [
    { body: { items: ids('1'), next_cursor: 'a' } },
    { body: { items: ids('2'), next_cursor: 'a' } },
  ]);
  expect(error).toMatchObject({ code: 'loop' });
});

describe('Empty pages in a row', () => {
  const endless = (): ((asked: URL) => Reply) => {
    let turn = 0;
    return () => ({ body: { items: [], next_cursor: `${turn++}` } });
  };

  test('are a loop after 100 of them', async () => {
    const { error, asked } = await walk(listing, endless());
    expect(error).toMatchObject({ code: 'loop', next: '99' });
    expect(asked).toHaveLength(101);
  });

  test('are as many as the caller allows', async () => {
    const { call, asked } = await callOf(listing, endless());
    await expect(call({}, { maxEmptyPages: 3 }).all()).rejects.toMatchObject({ code: 'loop' });
    expect(asked).toHaveLength(4);
  });

  test('count from the last page that had items', async () => {
    let turn = 0;
    const { items, error } = await walk(listing, () => {
      turn += 1;
      const body = {
        items: turn % 90 === 0 ? ids('1') : [],
        next_cursor: turn < 270 ? `${turn}` : '',
      };
      return { body };
    });
    expect([items.length, error]).toEqual([3, undefined]);
  });
});

describe('all()', () => {
  test('gives every item', async () => {
    const { call } = await callOf(listing, counted(5));
    expect(await call().all()).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([
    [3, [0, 1, 2], 3],
    [2, [0, 1], 2],
    [0, [], 0],
    [9, [0, 1, 2, 3, 4], 3],
  ])('with a limit of %i gives so many', async (limit, items, most) => {
    const { call, asked } = await callOf(listing, counted(5));
    expect(await call().all({ limit })).toEqual(items);
    expect(asked.length).toBeLessThanOrEqual(most);
  });

  test('without a limit refuses a list that has no end', async () => {
    let turn = 0;
    const items = Array.from({ length: 50_000 }, () => 0);
    const { call } = await callOf(listing, () => ({ body: { items, next_cursor: `${turn++}` } }));
    await expect(call().all()).rejects.toThrow(RangeError);
  });
});

test('Two loops over one list do not disturb each other', async () => {
  const { call } = await callOf(listing, counted(6));
  const things = call();
  const read = async (): Promise<readonly unknown[]> => {
    const items: unknown[] = [];
    for await (const item of things) items.push(item);
    return items;
  };
  expect(await Promise.all([read(), read()])).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 1, 2, 3, 4, 5],
  ]);
});

// V8 keeps what was a prototype until it collects everything.
test('What a page inherits holds headers, and neither body nor items', async () => {
  const { call } = await callOf(listing, counted(3));
  const page = await call();
  const inherited: unknown = Object.getPrototypeOf(page);
  expect(page).toMatchObject({ items: [0, 1], body: { items: [0, 1] }, next: '2' });
  expect(inherited).toMatchObject({ status: 200, headers: expect.any(Headers) });
  expect(inherited).not.toHaveProperty('body');
  expect(inherited).not.toHaveProperty('items');
});
