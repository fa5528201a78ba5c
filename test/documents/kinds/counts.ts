import { expect } from 'vitest';
import type { Package } from '../cases/package.ts';
import { integer, items, listing, q, text } from './listing.ts';
import { ids, isPlain, type Variation, type Variations } from './variation.ts';

/** A server of five things, two at a time. */
function five(
  param: string,
  first: number,
  lines: readonly string[],
  more: object = {},
  step = 2,
): Variation['attempt'] {
  return async ({ call }: Package) => {
    const all = ids('1', '2', '3', '4', '5');
    const called = await call(
      'list',
      {},
      {
        items: true,
        answers: (url) => {
          const at = Number(url.searchParams.get(param) ?? first) - first;
          return { body: { items: all.slice((at * 2) / step, (at * 2) / step + 2), ...more } };
        },
      },
    );
    expect([called.error, called.result]).toEqual([undefined, all]);
    expect(called.sent.map(({ path }) => path.replace(/.*\?/, ''))).toEqual([
      '/v1/things',
      ...lines,
    ]);
  };
}

export const counts: Variations = {
  'page-minimum-zero': {
    'by a default': {
      document: listing(
        `${q('page', '{ type: integer, default: 0 }')}, ${q('size', integer)}`,
        `items: ${items}`,
      ),
      attempt: five('page', 0, ['page=1', 'page=2', 'page=3'], {}, 1),
    },
    'by its words': {
      document: listing(
        `{ name: page, in: query, description: Zero-based page index (0..N), schema: ${integer} }, ${q('size', integer)}`,
        `items: ${items}`,
      ),
      attempt: five('page', 0, ['page=1', 'page=2', 'page=3'], {}, 1),
    },
    'from 1 by its minimum': {
      document: listing(
        `${q('page', '{ type: integer, minimum: 1 }')}, ${q('size', integer)}`,
        `items: ${items}`,
      ),
      attempt: five('page', 1, ['page=2', 'page=3', 'page=4'], {}, 1),
    },
  },
  'scim-start-index': {
    'by a minimum of 1': {
      document: listing(
        `${q('start', '{ type: integer, minimum: 1 }')}, ${q('limit', integer)}`,
        `items: ${items}`,
      ),
      attempt: five('start', 1, ['start=3', 'start=5', 'start=6']),
    },
    'by its words': {
      document: listing(
        `{ name: firstResult, in: query, description: 1-based index of the first result, schema: ${integer} }, ${q('limit', integer)}`,
        `items: ${items}`,
      ),
      attempt: five('firstResult', 1, ['firstResult=3', 'firstResult=5', 'firstResult=6']),
    },
    'by a default of 1, beside a total': {
      document: listing(
        `${q('startPosition', '{ type: integer, default: 1 }')}, ${q('limit', integer)}`,
        `items: ${items}, total: ${integer}`,
      ),
      attempt: five('startPosition', 1, ['startPosition=3', 'startPosition=5'], { total: 5 }),
    },
  },
  'start-is-a-date': {
    'by its format': {
      document: listing(
        `${q('from', '{ type: string, format: date }')}, ${q('limit', integer)}`,
        `data: ${items}`,
      ),
      attempt: isPlain('list', { data: ids('1', '2') }, { from: '2024-01-01', limit: 2 }),
    },
    'by the end of its range': {
      document: listing(
        `${q('start', integer)}, ${q('end', integer)}, ${q('limit', integer)}`,
        `data: ${items}`,
      ),
      attempt: isPlain('list', { data: ids('1', '2') }, { start: 1, limit: 2 }),
    },
    'or a token that no answer gives': {
      document: listing(`${q('offset', text)}, ${q('limit', integer)}`, `data: ${items}`),
      attempt: isPlain('list', { data: ids('1', '2') }, { offset: 'k', limit: 2 }),
    },
  },
  'total-null': {
    'is 0': {
      document: listing(
        `${q('offset', integer)}, ${q('limit', integer)}`,
        `items: ${items}, total: ${integer}`,
      ),
      attempt: five('offset', 0, ['offset=2', 'offset=4', 'offset=5'], { total: 0 }),
    },
    'is −1, of pages': {
      document: listing(
        `${q('page', '{ type: integer, minimum: 0 }')}, ${q('size', integer)}`,
        `items: ${items}, totalPages: ${integer}`,
      ),
      attempt: five('page', 0, ['page=1', 'page=2', 'page=3'], { totalPages: -1 }, 1),
    },
    'is that of the page': {
      document: listing(
        `${q('skip', integer)}, ${q('limit', integer)}`,
        `items: ${items}, meta: { type: object, properties: { total: ${integer} } }`,
      ),
      attempt: five('skip', 0, ['skip=2', 'skip=4', 'skip=5'], { meta: { total: 1 } }),
    },
  },
};
