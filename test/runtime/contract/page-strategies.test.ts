import { describe, expect, test } from 'vitest';
import { createClient } from '../../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  listItems,
  numberPages,
  offsetPages,
  paginate,
  urlPages,
} from '../../../templates/runtime/pages/paginate.ts';
import { type Answering, json, rejection, serve } from './server.ts';
import { request, list, all } from './paging.ts';

describe('other ways to the next page', () => {
  const params = (url: string): Record<string, string> =>
    Object.fromEntries(new URL(url, 'http://x').searchParams);

  test('a cursor in the body becomes a parameter', async () => {
    const server = await serve((response, { url }, number) =>
      json(response, { data: [params(url)], paging: { next: number < 3 ? `c&${number}` : null } }),
    );
    const strategy = cursorPages({
      items: itemsAt(['data']),
      cursor: ['paging', 'next'],
      param: 'cursor',
    });
    expect(await all(list(server, strategy))).toEqual([
      { perPage: '2' },
      { perPage: '2', cursor: 'c&1' },
      { perPage: '2', cursor: 'c&2' },
    ]);
  });

  test.each([null, '', false, undefined, {}])('the cursor %j is the end', async (next) => {
    const server = await serve((response) => json(response, { data: [1], next }));
    const strategy = cursorPages({ items: itemsAt(['data']), cursor: ['next'], param: 'cursor' });
    expect(await all(list(server, strategy))).toEqual([1]);
  });

  test('a cursor that repeats is a loop', async () => {
    const server = await serve((response) => json(response, { data: [1], next: 'same' }));
    const strategy = cursorPages({ items: itemsAt(['data']), cursor: ['next'], param: 'cursor' });
    expect(await rejection(all(list(server, strategy)))).toMatchObject({
      code: 'loop',
      next: 'same',
    });
    expect(server.seen).toHaveLength(2);
  });

  test('a URL in the body is followed', async () => {
    const server = await serve((response, _seen, number) =>
      json(response, {
        value: [number],
        '@odata.nextLink': number < 3 ? `/things?$skip=${number}` : undefined,
      }),
    );
    const strategy = urlPages({ items: itemsAt(['value']), url: ['@odata.nextLink'] });
    expect(await all(list(server, strategy))).toEqual([1, 2, 3]);
  });

  test('an offset counts what came, up to the total', async () => {
    const server = await serve((response, { url }) => {
      const offset = Number(params(url)['offset'] ?? 0);
      json(response, { rows: [offset, offset + 1].filter((row) => row < 5), total: 5 });
    });
    const strategy = offsetPages({ items: itemsAt(['rows']), param: 'offset', total: ['total'] });
    expect(await all(list(server, strategy))).toEqual([0, 1, 2, 3, 4]);
    expect(server.seen).toHaveLength(3);
  });

  test('an offset without a total ends at an empty page, not at a short one', async () => {
    const pages = [[1, 2], [3], [4, 5], []];
    const server = await serve((response, _seen, number) => json(response, pages[number - 1]));
    expect(await all(list(server, offsetPages({ items: listItems, param: 'offset' })))).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(server.seen.map(({ url }) => params(url)['offset'])).toEqual([undefined, '2', '3', '5']);
  });

  test('an offset begins where the caller says', async () => {
    const server = await serve((response, { url }) =>
      json(response, params(url)['skip'] === '10' ? ['a'] : []),
    );
    const client = createClient({ baseUrl: server.origin });
    const from10 = { ...request, query: [['skip', 10]] } as const;
    expect(
      await all(
        paginate(client, {}, offsetPages({ items: listItems, param: 'skip' }), () => from10),
      ),
    ).toEqual(['a']);
    expect(server.seen.map(({ url }) => url)).toEqual(['/things?skip=10', '/things?skip=11']);
  });

  test('numbers go on to the total of pages or to an empty page', async () => {
    const answer: Answering = (response, { url }) => {
      const page = Number(params(url)['page'] ?? 1);
      json(response, { rows: page <= 3 ? [page] : [], pages: 3 });
    };
    const server = await serve(answer);
    const total = numberPages({
      items: itemsAt(['rows']),
      param: 'page',
      first: 1,
      total: ['pages'],
    });
    expect(await all(list(server, total))).toEqual([1, 2, 3]);
    expect(server.seen).toHaveLength(3);
    expect(
      await all(list(server, numberPages({ items: itemsAt(['rows']), param: 'page', first: 1 }))),
    ).toEqual([1, 2, 3]);
    expect(server.seen).toHaveLength(7);
  });

  test('a server that does not know the number is found out by its second answer', async () => {
    const server = await serve((response) => json(response, [1, 2]));
    const error = await rejection(
      all(list(server, numberPages({ items: listItems, param: 'page', first: 1 }))),
    );
    expect(error.code).toBe('loop');
    expect(server.seen).toHaveLength(2);
  });

  test('a page of any of them can be kept and gone on from', async () => {
    const server = await serve((response, { url }) => {
      const page = Number(params(url)['page'] ?? 1);
      json(response, page <= 3 ? [page] : []);
    });
    const strategy = numberPages({ items: listItems, param: 'page', first: 1 });
    const { next } = await list(server, strategy);
    expect(next).toBe('2');
    expect(await all(list(server, strategy, { from: next }))).toEqual([2, 3]);
  });
});
