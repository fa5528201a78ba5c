import { describe, expect, test } from 'vitest';
import { createClient } from '../../../generated/meraki/src/runtime/client.ts';
import { bearer, queryKey } from '../../../generated/meraki/src/runtime/transport/credentials.ts';
import { linkTarget } from '../../../generated/meraki/src/runtime/pages/link-header.ts';
import {
  linkPages,
  listItems,
  paginate,
} from '../../../generated/meraki/src/runtime/pages/paginate.ts';
import { answer } from '../../simulators/fault-acts.ts';
import type { FaultServer } from '../../simulators/faults.ts';
import { clientAt, failure, KEY, random, serve } from './client.ts';
import { organizationId, networksAt, page, read } from './reading-pages.ts';

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
