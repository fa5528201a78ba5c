import { expect } from 'vitest';
import type { Attempt } from './attempt.ts';
import type { Called, Manner } from './package.ts';

const linesOf = ({ sent }: Called): readonly string[] => sent.map(({ line }) => line);
const ids = (...names: readonly string[]): readonly object[] => names.map((id) => ({ id }));

/** Iterates a listing and expects these items and requests, and no error. */
function walks(
  name: string,
  manner: Manner,
  items: readonly string[],
  lines: readonly string[],
  input?: object,
): Attempt {
  return async ({ call }) => {
    const called = await call(name, input, { ...manner, items: true });
    expect([called.error, called.result, linesOf(called)]).toEqual([
      undefined,
      ids(...items),
      lines,
    ]);
  };
}

/** What is five items long, counted from `first`, and told by `start` and `size` of the query. */
const five =
  (start: string, size: string, first: number, page: (items: readonly object[]) => object) =>
  (url: URL) => {
    const begin = Number(url.searchParams.get(start) ?? first) - first;
    const length = Number(url.searchParams.get(size) ?? 2);
    const all = ids('u1', 'u2', 'u3', 'u4', 'u5');
    return { body: page(all.slice(begin, begin + length)) };
  };

const link = (to: string): Record<string, string> => ({ Link: `<${to}>; rel=prev` });
const events = 'https://api.meraki.com/api/v1/networks/N/events?endingBefore=';
const epoch = {
  headers: link(`${events}1970-01-01`),
  body: { events: [], pageStartAt: '1970-01-01' },
};

/** The cases of pages, by their names. */
export const pageAttempts: Readonly<Record<string, Attempt>> = {
  'has-more-false': walks(
    'listH',
    {
      answers: [
        { body: { items: ids('1'), next_cursor: 'end', has_more: false } },
        { status: 400, body: { error: 'no such cursor' } },
      ],
    },
    ['1'],
    ['GET /v1/h'],
  ),
  'key-in-a-link': async (opened) => {
    for (const [key, to] of [
      ['234', 'page=12345'],
      ['demo', 'cursor=ademo1'],
    ] as const)
      await walks(
        'listG',
        {
          client: { apiKey: key, k: key },
          answers: [
            {
              headers: { Link: `<http://127.0.0.1:9/v1/g?${to}>; rel="next"` },
              body: ids('1'),
            },
            { body: ids('2') },
          ],
        },
        ['1', '2'],
        ['GET /v1/g', `GET /v1/g?${to}`],
      )(opened);
  },
  'link-on-single-object': async ({ call }) => {
    const body = { name: 's', createdAt: 'x' };
    const { error, result } = await call('getSecret', {}, { answers: [{ body }] });
    expect(error).toBeUndefined();
    expect([body, { body }]).toContainEqual(result);
  },
  'meraki-events-to-the-epoch': walks(
    'getNetworkEvents',
    {
      client: { apiKey: 'key', userAgent: 'Inventory/1.0 Acme' },
      answers: [
        {
          headers: link(`${events}2024-01-02`),
          body: { events: ids('e1'), pageStartAt: '2024-01-02' },
        },
        epoch,
        epoch,
      ],
    },
    ['e1'],
    [
      'GET /api/v1/networks/N/events',
      'GET /api/v1/networks/N/events?endingBefore=2024-01-02',
      'GET /api/v1/networks/N/events?endingBefore=1970-01-01',
    ],
    { networkId: 'N' },
  ),
  'next-is-a-token': walks(
    'listT',
    {
      answers: [
        { body: { items: ids('1'), next: 'eyJrIjoxfQ' } },
        { body: { items: ids('2'), next: null } },
      ],
    },
    ['1', '2'],
    ['GET /v1/t', 'GET /v1/t?cursor=eyJrIjoxfQ'],
  ),
  'next-is-another-resource': async ({ call }) => {
    const body = { title: 'A', next: 'http://127.0.0.1:9/v1/articles/b', comments: ids('c1') };
    const called = await call('getArticle', { slug: 'a' }, { answers: [{ body }] });
    expect([called.error, called.result]).toEqual([undefined, body]);
    expect(linesOf(called)).toEqual(['GET /v1/articles/a']);
  },
  'page-minimum-zero': walks(
    'listP',
    {
      answers: (url) => {
        const number = Number(url.searchParams.get('page') ?? 0);
        return { body: { number, items: number < 3 ? ids(`p${number}`) : [] } };
      },
    },
    ['p0', 'p1', 'p2'],
    ['GET /v1/p', 'GET /v1/p?page=1', 'GET /v1/p?page=2', 'GET /v1/p?page=3'],
  ),
  'scim-start-index': async (opened) => {
    const page = (items: readonly object[]): object => ({ Resources: items, totalResults: 5 });
    for (const start of [undefined, 1]) {
      const input = { count: 2, ...(start && { startIndex: start }) };
      const { result, error } = await opened.call('listUsers', input, {
        answers: five('startIndex', 'count', 1, page),
        items: true,
      });
      expect([error, result]).toEqual([undefined, ids('u1', 'u2', 'u3', 'u4', 'u5')]);
    }
  },
  'start-is-a-date': async ({ call }) => {
    const body = { data: ids('a', 'b') };
    const called = await call(
      'getMetrics',
      { start: '2024-01-01T00:00:00Z', limit: 2 },
      { answers: [{ body }, { status: 400, body: { error: 'start is no date' } }] },
    );
    expect([called.error, called.result]).toEqual([undefined, body]);
    expect(called.result).not.toHaveProperty('items');
  },
  'total-null': async ({ call }) => {
    const page = (items: readonly object[]): object => ({ items, total: null });
    const { result, error } = await call(
      'listO',
      { limit: 2 },
      { answers: five('offset', 'limit', 0, page), items: true },
    );
    expect([error, result]).toEqual([undefined, ids('u1', 'u2', 'u3', 'u4', 'u5')]);
  },
};
