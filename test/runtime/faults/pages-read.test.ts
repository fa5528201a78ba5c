import { describe, expect, test } from 'vitest';
import { createClient } from '../../../generated/meraki/src/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  listItems,
  numberPages,
  offsetPages,
  paginate,
} from '../../../generated/meraki/src/runtime/pages/paginate.ts';
import { answer, resetAtOnce } from '../../simulators/fault-acts.ts';
import type { Act, Received } from '../../simulators/faults.ts';
import { clientAt, eventually, failure, random, serve } from './client.ts';
import { organizationId, networksAt, page, read } from './reading-pages.ts';

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
