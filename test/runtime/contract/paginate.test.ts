import { describe, expect, test, vi } from 'vitest';
import { createClient, type Request } from '../../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  linkPages,
  listItems,
  numberPages,
  offsetPages,
  type Paged,
  paginate,
  type PageOptions,
  urlPages,
} from '../../../templates/runtime/pages/paginate.ts';
import type { Strategy } from '../../../templates/runtime/pages/strategy.ts';
import { type Answering, json, rejection, serve, type Server } from './server.ts';

const request: Request = {
  id: 'getThings',
  method: 'GET',
  path: '/things',
  query: [['perPage', 2]],
};

function list(
  { origin }: Server,
  strategy: Strategy = linkPages({ items: listItems }),
  options: PageOptions = {},
): Paged<unknown, unknown> {
  const client = createClient({ baseUrl: origin, retry: { attempts: 1 } });
  return paginate(client, options, strategy, () => request);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Pages in turn, each linking to the next by number. */
function linked(pages: readonly unknown[], relation = 'next'): Answering {
  return (response, { url }) => {
    const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 1);
    const more = page < pages.length;
    json(
      response,
      pages[page - 1],
      200,
      more ? { Link: `</things?page=${page + 1}>; rel=${relation}` } : {},
    );
  };
}

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

describe('an error on a later page', () => {
  const failsOn7: Answering = (response, seen, number) =>
    number === 7
      ? json(response, { errors: ['later'] }, 503)
      : linked(Array.from({ length: 10 }, (_, index) => [index + 1]))(response, seen, number);

  test('comes once, after every item before it, and tells where to go on', async () => {
    const server = await serve(failsOn7);
    const items: unknown[] = [];
    const iterator = list(server)[Symbol.asyncIterator]();
    let error: { next?: string; status?: number } = {};
    for (let more = true; more;) {
      try {
        const { done, value } = await iterator.next();
        more = !done;
        if (more) items.push(value);
      } catch (thrown) {
        error = thrown as typeof error;
        more = false;
      }
    }
    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
    expect(error).toMatchObject({ status: 503, next: `${server.origin}/things?page=7` });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await all(list(server, linkPages({ items: listItems }), { from: error.next }))).toEqual([
      7, 8, 9, 10,
    ]);
  });
});

describe('guards', () => {
  test.each([
    ['itself', ['/things?perPage=2'], 1],
    ['a page before it', ['/things?p=2', '/things?p=3', '/things?p=2'], 3],
    ['the first page', ['/things?p=2', '/things?perPage=2'], 2],
  ])('a page that links to %s ends the list with an error', async (_name, links, pages) => {
    const server = await serve((response, _seen, number) =>
      json(response, [number], 200, { Link: `<${links[number - 1] ?? links.at(-1)}>; rel=next` }),
    );
    const items: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of list(server)) items.push(item);
      })(),
    );
    expect(error).toMatchObject({ name: 'ApiError', code: 'loop', operation: 'getThings' });
    expect(items).toHaveLength(pages);
    expect(server.seen).toHaveLength(pages);
  });

  test('an empty page does not end a list that goes on', async () => {
    expect(await all(list(await serve(linked([[1], [], [], [2]]))))).toEqual([1, 2]);
  });

  test.each([
    'https://evil.example/things',
    '//evil.example/things',
    'https:\\\\evil.example/things',
    'http://user@127.0.0.1/things',
    'http://127.0.0.1:1/things',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('a link to %s is refused, and nothing is sent there', async (link) => {
    const server = await serve((response) =>
      json(response, [1], 200, { Link: `<${link}>; rel=next` }),
    );
    const asked: string[] = [];
    const client = createClient({
      baseUrl: server.origin,
      fetch: (url, init) => {
        asked.push(url.href);
        return fetch(url, init);
      },
    });
    const items: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of paginate(
          client,
          {},
          linkPages({ items: listItems }),
          () => request,
        ))
          items.push(item);
      })(),
    );
    expect(error.code).toBe('refused');
    expect(items).toEqual([1]);
    expect(asked).toEqual([`${server.origin}/things?perPage=2`]);
  });

  test('a user in a link to the own host is refused', async () => {
    const server = await serve((response) => {
      const link = server.origin.replace('//', '//user:password@');
      json(response, [1], 200, { Link: `<${link}/things?page=2>; rel=next` });
    });
    const error = await rejection(all(list(server)));
    expect(error.name).toBe('ApiError');
    expect(server.seen).toHaveLength(1);
  });

  test('a link to an allowed host is followed, with the key', async () => {
    const shard = await serve((response) => json(response, [2]));
    const server = await serve((response) =>
      json(response, [1], 200, { Link: `<${shard.origin}/things?page=2>; rel=next` }),
    );
    const client = createClient({
      baseUrl: server.origin,
      allowedUrls: /^http:\/\/127\.0\.0\.1:\d+\//,
    });
    expect(await all(paginate(client, {}, linkPages({ items: listItems }), () => request))).toEqual(
      [1, 2],
    );
    expect(shard.seen).toHaveLength(1);
  });

  test.each(['string', '<', '<a', 'a>; rel=next', '<http://[>; rel=next', '<>; rel=next'])(
    'the field %j is no link',
    async (field) => {
      const server = await serve((response) => json(response, [1], 200, { Link: field }));
      expect(await all(list(server))).toEqual([1]);
    },
  );

  test('an answer without a body is an empty page', async () => {
    const server = await serve((response) => response.writeHead(204).end());
    const page = await list(server);
    expect(page).toMatchObject({ items: [], body: undefined, next: undefined });
  });

  test('an early hint is no answer', async () => {
    const server = await serve((response) => {
      response.writeEarlyHints({ link: '</things?page=2>; rel=next' });
      json(response, [1]);
    });
    expect(await all(list(server))).toEqual([1]);
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
