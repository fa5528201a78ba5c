import { describe, expect, test } from 'vitest';
import {
  callOf,
  ids,
  integer,
  isPlain,
  list,
  type Listing,
  object,
  text,
  useListings,
  walk,
} from './listing.ts';

useListings();

const uri = { type: 'string', format: 'uri' };
const second = 'https://api.example.com/v1/things?page=2';

describe("The next page's URL", () => {
  test.each<[string, Listing, object]>([
    ['of OData', { answer: { '@odata.nextLink': text } }, { '@odata.nextLink': second }],
    ['of Azure', { answer: { nextLink: text } }, { nextLink: second }],
    [
      'of HAL',
      { query: { page: integer }, answer: { _links: object({ next: object({ href: text }) }) } },
      { _links: { next: { href: '/v1/things?page=2' } } },
    ],
    [
      'of JSON:API',
      { query: { 'page[size]': integer }, answer: { links: object({ next: text }) } },
      { links: { next: second } },
    ],
    [
      'in a list of links',
      {
        query: { page: integer },
        answer: { links: list(object({ rel: text, href: text })) },
      },
      {
        links: [
          { rel: 'self', href: '/v1/things' },
          { rel: 'next', href: second },
        ],
      },
    ],
    ['by its format', { query: { limit: integer }, answer: { next: uri } }, { next: second }],
    [
      'by an example',
      { query: { limit: integer }, answer: { next: { ...text, examples: ['/v1/things?page=9'] } } },
      { next: '/v1/things?page=2' },
    ],
    [
      'by its words',
      {
        query: { limit: integer },
        answer: { next: { ...text, description: 'URL of the next page' } },
      },
      { next: '?page=2' },
    ],
    [
      'by an example of the answer',
      {
        query: { limit: integer },
        answer: { next: text },
        example: { next: '/v1/things?after=8' },
      },
      { next: '/v1/things?page=2' },
    ],
    [
      'by an example of the answer, in an object',
      {
        query: { limit: integer },
        answer: { meta: object({ next: text }) },
        example: { meta: { next: 'https://api.example.com/v1/things?after=8' } },
      },
      { meta: { next: second } },
    ],
    [
      'of the next page, by its words alone',
      { answer: { next: { ...text, description: 'Path of the next page' } } },
      { next: '/v1/things?page=2' },
    ],
  ])('is followed: that %s', async (_name, listing, more) => {
    const answer = object({ value: list(), ...listing.answer });
    const { items, asked } = await walk({ ...listing, answer }, [
      { body: { value: ids('1'), ...more } },
      { body: { value: ids('2') } },
    ]);
    expect(items).toEqual(ids('1', '2'));
    expect(asked).toEqual(['GET /v1/things', 'GET /v1/things?page=2']);
  });

  test('is found as x-ms-pageable says', async () => {
    const listing: Listing = {
      answer: object({ value: list(), others: list(), more: text }),
      extensions: { 'x-ms-pageable': { nextLinkName: 'more' } },
    };
    const { items } = await walk(listing, [
      { body: { value: ids('1'), more: second } },
      { body: { value: ids('2') } },
    ]);
    expect(items).toEqual(ids('1', '2'));
  });

  test.each(['@odata.nextLink', 'nextLink'])(
    'is got without a body after a POST: %s',
    async (name) => {
      const listing: Listing = {
        method: 'post',
        path: '/things/search',
        body: object({ query: text }),
        answer: object({ value: list(), [name]: text }),
      };
      const { items, asked } = await walk(
        listing,
        [{ body: { value: ids('1'), [name]: second } }, { body: { value: ids('2') } }],
        { body: { query: 'x' } },
      );
      expect(items).toEqual(ids('1', '2'));
      expect(asked).toEqual(['POST /v1/things/search {"query":"x"}', 'GET /v1/things?page=2']);
    },
  );

  test.each<[string, Listing]>([
    [
      'of one thing is that of the thing after it',
      {
        path: '/things/{slug}',
        query: { lang: text },
        answer: object({ title: text, next: uri, comments: list() }),
      },
    ],
    [
      'of one thing may be a link',
      {
        path: '/things/{slug}',
        answer: object({
          title: text,
          _links: object({ next: object({ href: text }) }),
          tags: list(),
        }),
      },
    ],
    [
      'of one thing may call it a page',
      {
        path: '/things/{slug}',
        answer: object({
          title: text,
          next: { ...text, description: 'URL of the next page of the book' },
          notes: list(),
        }),
      },
    ],
    [
      'is none where an example is no URL',
      { query: { q: text }, answer: object({ items: list(), next: text }), example: { next: 'k' } },
    ],
    ['is none without a list', { query: { page: text }, answer: object({ next: uri }) }],
    [
      'is none where nothing says so',
      { query: { q: text }, answer: object({ items: list(), next: text }) },
    ],
  ])('%s', async (_name, listing) => {
    expect(await isPlain(listing)).toBe(true);
  });
});

describe('A Link header', () => {
  const link = (url: string): Record<string, string> => ({ Link: `<${url}>; rel="next"` });

  test.each<[string, object, (items: readonly object[]) => unknown]>([
    ['a list', list(), (items) => items],
    ['an envelope', object({ total_count: integer, secrets: list() }), (secrets) => ({ secrets })],
    ['one of several lists', { anyOf: [list(), list(object({ name: text }))] }, (items) => items],
  ])('on %s leads to the next page', async (_name, answer, body) => {
    const { items } = await walk({ query: { page: integer }, headers: ['Link'], answer }, [
      { body: body(ids('1')), headers: link(second) },
      { body: body(ids('2')) },
    ]);
    expect(items).toEqual(ids('1', '2'));
  });

  test.each([
    ['one thing', object({ name: text, createdAt: text })],
    ['two lists', object({ users: list(), teams: list() })],
    ['a number', object({ count: integer })],
  ])('on %s makes no listing', async (_name, answer) => {
    expect(await isPlain({ query: { page: integer }, headers: ['Link'], answer })).toBe(true);
  });

  test.each([
    ['234', '?page=12345'],
    ['demo', '?cursor=ademo1'],
    ['things', '/v1/things?page=2'],
    ['thing', '?page=12'],
  ])('is followed as it came where the key is %s', async (key, target) => {
    const { asked } = await walk(
      {
        query: { page: integer },
        headers: ['Link'],
        answer: list(),
        security: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
      [{ body: ids('1'), headers: link(target) }, { body: ids('2') }],
      {},
      { key },
    );
    expect(asked[1]).toBe(`GET ${target.replace(/^\?/, '/v1/things?')}`);
  });

  test('loses the parameter that carries the key, until it is set again', async () => {
    const listing: Listing = {
      query: { page: integer },
      headers: ['Link'],
      answer: list(),
      security: { type: 'apiKey', in: 'query', name: 'api_key' },
    };
    const { call, asked } = await callOf(
      listing,
      (url) =>
        url.searchParams.has('page')
          ? { body: ids('2') }
          : { body: ids('1'), headers: link('/v1/things?q=a%20b&api_key=secret&page=2') },
      { apiKey: 'secret', key: 'secret' },
    );
    const { next } = await call();
    expect(next).toBe('https://api.example.com/v1/things?q=a+b&page=2');
    expect(await call().all()).toEqual(ids('1', '2'));
    expect(asked.at(-1)).toBe('GET /v1/things?q=a+b&page=2&api_key=secret');
  });
});
