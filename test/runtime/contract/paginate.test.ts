import { describe, expect, test, vi } from 'vitest';
import { itemsAt, linkPages, listItems } from '../../../templates/runtime/pages/paginate.ts';
import { json, rejection, serve } from './server.ts';
import { list, all, linked } from './paging.ts';

const tick = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a list', () => {
  test('awaited is its first page, and one request', async () => {
    const server = await serve(linked([[1, 2], [3]]));
    const page = await list(server);
    expect(page).toMatchObject({
      items: [1, 2],
      body: [1, 2],
      next: `${server.origin}/things?page=2`,
    });
    expect(page.headers.get('link')).toContain('page=2');
    await tick();
    expect(server.seen.map(({ url }) => url)).toEqual(['/things?perPage=2']);
  });

  test('iterated is every item of every page', async () => {
    expect(await all(list(await serve(linked([[1, 2], [3], [4, 5]]))))).toEqual([1, 2, 3, 4, 5]);
  });

  test('sends nothing before it is used, and its first page once', async () => {
    const server = await serve(linked([[1], [2]]));
    const things = list(server);
    await tick();
    expect(server.seen).toHaveLength(0);
    await things;
    expect(await all(things)).toEqual([1, 2]);
    expect(server.seen).toHaveLength(2);
  });

  test('gives its pages, the last one without a next', async () => {
    const pages = await all(list(await serve(linked([[1, 2], [3]]))).pages());
    expect(pages.map(({ items, next }) => [items, next !== undefined])).toEqual([
      [[1, 2], true],
      [[3], false],
    ]);
  });

  test('has catch and finally like a promise', async () => {
    const server = await serve((response) => json(response, {}, 500));
    expect(await list(server).catch(({ status }) => status)).toBe(500);
    let done = false;
    await rejection(list(server).finally(() => (done = true)));
    expect(done).toBe(true);
  });

  test('goes on from a page that was kept', async () => {
    const server = await serve(linked([[1], [2], [3]]));
    const { next } = await list(server);
    expect(await all(list(server, linkPages({ items: listItems }), { from: next }))).toEqual([
      2, 3,
    ]);
  });

  test('follows the direction that is natural for it', async () => {
    const server = await serve(linked([[3], [2], [1]], 'prev'));
    expect(await all(list(server, linkPages({ items: listItems, direction: 'prev' })))).toEqual([
      3, 2, 1,
    ]);
  });

  test('takes relative links, absolute ones, and commas in them', async () => {
    const server = await serve((response, { url }, number) => {
      const links = ['?after=a,b', `${server.origin}/things?after=c`, '/other?after=d', undefined];
      const link = links[number - 1];
      json(response, [url], 200, link ? { Link: `<${link}>; rel="next", </x>; rel=last` } : {});
    });
    expect(await all(list(server))).toEqual([
      '/things?perPage=2',
      '/things?after=a,b',
      '/things?after=c',
      '/other?after=d',
    ]);
  });
});

describe('the next page', () => {
  test('is on its way while the second half of a page is consumed', async () => {
    const server = await serve(linked([[1, 2, 3, 4], [5]]));
    for await (const item of list(server)) {
      if (item === 2) {
        await tick();
        expect(server.seen).toHaveLength(1);
      }
      if (item === 3) await vi.waitFor(() => expect(server.seen).toHaveLength(2));
      if (item === 4) break;
    }
  });

  test('is on its way while a page of pages() is consumed', async () => {
    const server = await serve(linked([[1], [2], [3]]));
    for await (const { items } of list(server).pages())
      await vi.waitFor(() => expect(server.seen).toHaveLength(Math.min(3, Number(items[0]) + 1)));
    expect(server.seen).toHaveLength(3);
  });

  test('is not asked for by a loop that ends early', async () => {
    const server = await serve(linked([[1, 2, 3, 4], [5]]));
    for await (const item of list(server)) if (item === 2) break;
    await tick();
    expect(server.seen).toHaveLength(1);
  });

  test('is called off when the loop ends while it is on its way', async () => {
    let closed = 0;
    const server = await serve((response, seen, number) => {
      if (number === 1) return linked([[1, 2], [3]])(response, seen, number);
      response.on('close', () => closed++);
    });
    for await (const item of list(server))
      if (item === 2) {
        await vi.waitFor(() => expect(server.seen).toHaveLength(2));
        break;
      }
    await vi.waitFor(() => expect(closed).toBe(1));
  });

  test('fails in silence when nobody comes to it', async () => {
    const server = await serve((response, seen, number) =>
      number === 1 ? linked([[1, 2], [3]])(response, seen, number) : json(response, {}, 500),
    );
    for await (const item of list(server))
      if (item === 2) {
        await vi.waitFor(() => expect(server.seen).toHaveLength(2));
        break;
      }
    // A rejection that nobody handles would fail the run.
    await tick();
  });

  test('is asked for once when several ask at the same time', async () => {
    const server = await serve(linked([[1, 2], [3]]));
    const iterator = list(server)[Symbol.asyncIterator]();
    const results = await Promise.all([1, 2, 3, 4].map(() => iterator.next()));
    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, undefined]);
    expect(server.seen).toHaveLength(2);
  });
});

describe('items are found by what comes', () => {
  test.each<[string, readonly string[] | undefined, unknown, readonly unknown[] | 'error']>([
    ['an array', undefined, [1, 2], [1, 2]],
    ['an envelope where an array was declared', undefined, { items: [1], meta: {} }, [1]],
    ['an envelope of another name', undefined, { clientId: 'c', records: [1] }, [1]],
    ['the declared property', ['events'], { message: null, events: [1] }, [1]],
    ['a declared property further down', ['data', 'list'], { data: { list: [1] } }, [1]],
    ['an array where an envelope was declared', ['items'], [1], [1]],
    ['the only list where the declared one is missing', ['items'], { results: [1] }, [1]],
    ['a declared list that is null', ['items'], { items: null, meta: {} }, []],
    ['a declared list that is absent', ['items'], { meta: {} }, []],
    ['several lists, one of them named items', undefined, { items: [1], errors: [2] }, [1]],
    ['null', undefined, null, []],
    ['several lists of other names', undefined, { a: [1], b: [2] }, 'error'],
    ['an object without a list', undefined, { message: 'hello' }, 'error'],
    ['a text', undefined, 'hello', 'error'],
  ])('%s', async (_name, items, body, expected) => {
    const server = await serve((response) => json(response, body));
    const page = list(server, linkPages({ items: items ? itemsAt(items) : listItems }));
    if (expected === 'error') expect(await rejection(page)).toMatchObject({ code: 'invalid-body' });
    else expect((await page).items).toEqual(expected);
  });
});

test('a signal ends the loop, whatever page is on its way', async () => {
  const control = new AbortController();
  const server = await serve((response, seen, number) => {
    if (number === 1) linked([[1], [2]])(response, seen, number);
  });
  const items: unknown[] = [];
  const error = await rejection(
    (async () => {
      for await (const item of list(server, linkPages({ items: listItems }), {
        signal: control.signal,
      })) {
        items.push(item);
        setTimeout(() => control.abort('enough'), 20);
      }
    })(),
  );
  expect(error).toMatchObject({ code: 'aborted' });
  expect(items).toEqual([1]);
});
