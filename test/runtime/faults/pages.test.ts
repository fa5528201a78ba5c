import { describe, expect, test } from 'vitest';
import { createClient } from '../../../generated/meraki/src/runtime/client.ts';
import { bearer, queryKey } from '../../../generated/meraki/src/runtime/transport/credentials.ts';
import { linkTarget } from '../../../generated/meraki/src/runtime/pages/link-header.ts';
import {
  cursorPages,
  itemsAt,
  linkPages,
  listItems,
  numberPages,
  offsetPages,
  paginate,
} from '../../../generated/meraki/src/runtime/pages/paginate.ts';
import { answer, type Answer, resetAtOnce } from '../../simulators/fault-acts.ts';
import type { Act, FaultServer, Received } from '../../simulators/faults.ts';
import { clientAt, eventually, failure, KEY, random, serve } from './client.ts';

const organizationId = '1';

/** The list that the tests read: it follows `Link: …; rel=next`. */
const networksAt = (baseUrl: string) =>
  clientAt(baseUrl).organizations.getOrganizationNetworks({ organizationId, perPage: 3 });

/** A page with a link to the next. */
const page = (items: readonly unknown[], next?: string): Answer => ({
  body: items,
  ...(next === undefined ? {} : { headers: { Link: `<${next}>; rel="next"` } }),
});

/** Pages by number, `?p=2`, each linking to the next. */
function pages(list: readonly (readonly unknown[])[]): Act {
  return answer((received) => {
    const number = numberOf(received);
    return page(list[number - 1] ?? [], number < list.length ? `?p=${number + 1}` : undefined);
  });
}

function numberOf({ target }: Received): number {
  return Number(/p=(\d+)/.exec(target)?.[1] ?? 1);
}

/** Reads a list to its end or its error. */
async function read(list: AsyncIterable<unknown>): Promise<{
  readonly items: readonly unknown[];
  readonly error: Awaited<ReturnType<typeof failure>> | undefined;
}> {
  const items: unknown[] = [];
  const reading = (async () => {
    for await (const item of list) items.push(item);
  })();
  const ended = await reading.then(
    () => true,
    () => false,
  );
  return { items, error: ended ? undefined : await failure(reading) };
}

test('R55: a next link to another host is refused, and the key stays', async () => {
  const evil = await serve(answer({ body: [] }));
  const server = await serve(answer(page([1, 2], `${evil.origin}/organizations/1/networks`)));
  const { items, error } = await read(networksAt(server.origin));
  expect(items).toEqual([1, 2]);
  expect(error).toMatchObject({ name: 'ApiError', code: 'refused' });
  expect(error?.next).toContain(evil.origin);
  expect([evil.connections, evil.wire]).toEqual([0, '']);
  expect(server.requests).toHaveLength(1);
});

test('R55: nor does a link go out that a user passes back', async () => {
  const evil = await serve(answer({ body: [] }));
  const server = await serve(answer(page([1], `${evil.origin}/x`)));
  const { next } = await networksAt(server.origin);
  const error = await failure(
    clientAt(server.origin).organizations.getOrganizationNetworks(
      { organizationId },
      { from: next },
    ),
  );
  expect(error.code).toBe('refused');
  expect(evil.connections).toBe(0);
});

describe('R56: a next link that only looks like the same host', () => {
  test.each([
    ['another port', 'http://127.0.0.1:{other}/next'],
    ['no scheme', '//localhost:{port}/next'],
    ['backslashes', 'http:\\\\evil.example\\next'],
    ['a user that is the host', 'http://127.0.0.1:{port}@evil.example/next'],
    ['a user at the own host', 'http://user:password@127.0.0.1:{port}/next'],
    ['another scheme', 'https://127.0.0.1:{port}/next'],
    ['a scheme that is none of HTTP', 'file:///etc/passwd'],
    ['a host after a tab', '/\t/evil.example/next'],
  ])('R56: %s', async (_name, pattern) => {
    const other = await serve(answer({ body: [] }));
    const port = (server: FaultServer): string => new URL(server.origin).port;
    const server: FaultServer = await serve(
      answer(() =>
        page([1], pattern.replace('{port}', port(server)).replace('{other}', port(other))),
      ),
    );
    random(0);
    const { items, error } = await read(networksAt(server.origin));
    expect(items).toEqual([1]);
    expect(error?.name).toBe('ApiError');
    expect(other.connections).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  test('R56: a link from https to http is refused', async () => {
    const asked: string[] = [];
    const client = clientAt('https://api.example.com', {
      fetch: async (url) => {
        asked.push(url.origin);
        return new Response('[1]', {
          headers: { Link: '<http://api.example.com/next>; rel=next' },
        });
      },
    });
    const list = client.organizations.getOrganizationNetworks({ organizationId });
    const { items, error } = await read(list);
    expect(items).toEqual([1]);
    expect(error?.code).toBe('refused');
    expect(asked).toEqual(['https://api.example.com']);
  });
});

describe('R57: pages in a circle', () => {
  test.each([
    ['a page that leads to itself', ['?perPage=3'], 1],
    ['A to B to A', ['?p=2', '?perPage=3'], 2],
    ['a circle further on', ['?p=2', '?p=3', '?p=4', '?p=2'], 4],
    ['the same place in other words', ['/organizations/1/../1/networks?perPage=3#top'], 1],
  ])('R57: %s is an error at the first repeat', async (_name, links, count) => {
    let turn = 0;
    const server = await serve(answer(() => page([turn], links[turn++])));
    const { items, error } = await read(networksAt(server.origin));
    expect(items).toHaveLength(count);
    expect(error).toMatchObject({ name: 'ApiError', code: 'loop' });
    expect(server.requests).toHaveLength(count);
  });
});

describe('R58: a Link header that is none', () => {
  const fields = [
    'string',
    '<',
    '>',
    '<<>>; rel=next',
    '</x; rel=next',
    '/x>; rel=next',
    '<>; rel=next',
    '<http://[>; rel=next',
    '; rel=next',
    ',,,',
    '"',
    '<'.repeat(10_000),
  ];

  test.each(fields.map((link) => [link.slice(0, 20), link]))(
    'R58: %j is the end of the list',
    async (_start, link) => {
      const server = await serve(answer({ body: [1], headers: { Link: link } }));
      expect(await read(networksAt(server.origin))).toEqual({ items: [1], error: undefined });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('R58: commas and semicolons belong to the URL', async () => {
    const server = await serve(
      answer(page([1], '?p=2&ids=1,2;3')),
      answer({ body: [2], headers: { Link: '<?p=1,2>; rel="prev", <?p=9>; rel="last"' } }),
    );
    expect(await read(networksAt(server.origin))).toEqual({ items: [1, 2], error: undefined });
    expect(server.requests[1]?.target).toBe('/organizations/1/networks?p=2&ids=1,2;3');
  });

  // With time that grows as the square of the length, one of these would take hours.
  test.each([
    '<',
    '<>',
    '<a>;',
    ';',
    '; ',
    ';a="',
    ';a="\\',
    ';a=\\"',
    '<a>; rel=x, ',
    ' ',
    '=',
    ';rel',
  ])('R58: two million characters of %j are read in one go', (piece) => {
    expect(linkTarget(piece.repeat(2_000_000 / piece.length), 'next')).toBeUndefined();
  });

  test('R58: 64 KB of it are more than Node reads: an error, and no second request', async () => {
    const server = await serve(answer({ body: [1], headers: { Link: '<'.repeat(65_536) } }));
    const { items, error } = await read(networksAt(server.origin));
    expect(items).toEqual([]);
    expect(error).toMatchObject({ code: 'protocol' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('R59: pages that are not as one would like', () => {
  test('R59: an empty page is not the end, and null is an item', async () => {
    const server = await serve(pages([[1], [], [null, 2], [], [], [3]]));
    expect(await read(networksAt(server.origin))).toEqual({
      items: [1, null, 2, 3],
      error: undefined,
    });
  });

  test('R59: pages that shrink and grow, and items that come twice, are given as they come', async () => {
    const server = await serve(pages([[1, 2, 3], [3], [4, 5, 6, 7, 8, 9], [9, 10]]));
    const { items } = await read(networksAt(server.origin));
    expect(items).toEqual([1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 9, 10]);
  });

  test('R59: a server that gives fewer than asked for loses no item to an offset', async () => {
    const all = Array.from({ length: 7 }, (_, index) => index);
    const server = await serve(
      answer(({ target }) => {
        const offset = Number(/offset=(\d+)/.exec(target)?.[1] ?? 0);
        return { body: all.slice(offset, offset + 2) };
      }),
    );
    const client = createClient({ baseUrl: server.origin });
    const list = paginate(client, {}, offsetPages({ items: listItems, param: 'offset' }), () => ({
      id: 'list',
      method: 'GET',
      path: '/things',
      query: [['limit', 5]],
    }));
    expect((await read(list)).items).toEqual(all);
    expect(server.requests.every(({ target }) => target.includes('limit=5'))).toBe(true);
  });

  test('R59: a page size goes with every page that is asked for by number or cursor', async () => {
    const server = await serve(
      answer((received) => {
        const number = numberOf(received);
        return {
          body: { data: number < 3 ? [number] : [], after: number < 3 ? number + 1 : null },
        };
      }),
    );
    const request = {
      id: 'list',
      method: 'GET',
      path: '/things',
      query: [['size', 1]] as const,
    };
    const client = createClient({ baseUrl: server.origin });
    for (const strategy of [
      numberPages({ param: 'p', first: 1, items: itemsAt(['data']) }),
      cursorPages({ param: 'p', cursor: ['after'], items: itemsAt(['data']) }),
    ])
      expect((await read(paginate(client, {}, strategy, () => request))).items).toEqual([1, 2]);
    expect(server.requests.every(({ target }) => target.startsWith('/things?size=1'))).toBe(true);
  });
});

describe('R60: an error on page 7 of 10', () => {
  const ten = Array.from({ length: 10 }, (_, index) => [index + 1]);

  test('R60: six pages are delivered, the error comes once, and the list goes on from it', async () => {
    random(0);
    let broken = true;
    const server = await serve((connection) => {
      const act = answer((received) =>
        broken && numberOf(received) === 7
          ? { status: 500, body: { errors: ['later'] } }
          : page(
              ten[numberOf(received) - 1] ?? [],
              numberOf(received) < 10 ? `?p=${numberOf(received) + 1}` : undefined,
            ),
      );
      return act(connection);
    });
    const iterator = networksAt(server.origin)[Symbol.asyncIterator]();
    const items: unknown[] = [];
    const reading = (async () => {
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        items.push(value);
      }
    })();
    const error = await failure(reading);
    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
    expect(error).toMatchObject({ status: 500, messages: ['later'] });
    expect(error.next).toBe(`${server.origin}/organizations/1/networks?p=7`);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });

    broken = false;
    const rest = clientAt(server.origin).organizations.getOrganizationNetworks(
      { organizationId },
      { from: error.next },
    );
    expect((await read(rest)).items).toEqual([7, 8, 9, 10]);
  });

  test('R60: one failure of a page is none of the list', async () => {
    random(0);
    let turn = 0;
    const good = pages(ten);
    const server = await serve((connection) =>
      ++turn === 7 ? resetAtOnce(connection) : good(connection),
    );
    const { items } = await read(networksAt(server.origin));
    expect(items).toEqual(ten.flat());
    expect(turn).toBe(11);
  });
});

describe('R61: a reader that leaves, or asks ahead', () => {
  test('R61: leaving in the first half of a page asks for nothing more', async () => {
    const server = await serve(pages([[1, 2, 3, 4], [5], [6]]));
    for await (const item of networksAt(server.origin)) if (Number(item) === 2) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.requests).toHaveLength(1);
  });

  test('R61: leaving later closes the connection of the page that is on its way', async () => {
    const server = await serve(answer(page([1, 2], '?p=2')), async ({ request }) => {
      await request();
      await new Promise(() => {});
    });
    for await (const item of networksAt(server.origin))
      if (Number(item) === 2) {
        await eventually(() => server.requests.length === 2, 'the next page');
        break;
      }
    await eventually(() => server.open < server.connections, 'the end of its connection');
    expect(server.requests).toHaveLength(2);
  });

  test('R61: return() ends the list for good', async () => {
    const server = await serve(pages([[1, 2, 3, 4], [5]]));
    const iterator = networksAt(server.origin)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(server.requests).toHaveLength(1);
  });

  test('R61: items that are asked for at the same time come in order, each page once', async () => {
    const server = await serve(pages([[1, 2], [3, 4], [5]]));
    const iterator = networksAt(server.origin)[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 6 }, () => iterator.next()));
    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, undefined]);
    expect(server.requests).toHaveLength(3);
  });
});

test('R55: a key in the query is in no link that is kept, and goes out with the next page', async () => {
  const server = await serve(
    answer(({ target }) => page([1], `${target.toLowerCase()}&p=2`)),
    answer({ body: [2] }),
  );
  const key = `${KEY}/+=`;
  const client = createClient({
    baseUrl: server.origin,
    credentials: [queryKey('api_key', key), bearer(KEY)],
  });
  const list = paginate(client, {}, linkPages({ items: listItems }), () => ({
    id: 'list',
    method: 'GET',
    path: '/things',
  }));
  const { next } = await list;
  expect(next).toBe(`${server.origin}/things?p=2`);
  expect((await read(list)).items).toEqual([1, 2]);
  expect(server.requests[1]?.target).toContain(encodeURIComponent(key));
});
