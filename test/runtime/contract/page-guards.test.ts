import { describe, expect, test } from 'vitest';
import { createClient } from '../../../templates/runtime/client.ts';
import { linkPages, listItems, paginate } from '../../../templates/runtime/pages/paginate.ts';
import { type Answering, json, rejection, serve } from './server.ts';
import { request, list, all, linked } from './paging.ts';

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
