import { describe, expect, test } from 'vitest';
import { createClient } from '../../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  lastItemPages,
  paginate,
} from '../../../templates/runtime/pages/paginate.ts';
import type { Strategy } from '../../../templates/runtime/pages/strategy.ts';
import { bench, organizationId } from '../../runtime/batch/fixtures.ts';
import { rejection } from '../../runtime/contract/server.ts';
import { type Case, judge } from './cases.ts';
import type { HostileAnswer } from './answers.ts';

// What long runs of `npm run fuzz:client` found, as small as it gets.

function answer(
  status: number,
  body: unknown,
  headers: HostileAnswer['headers'] = [],
): HostileAnswer {
  return { status, statusText: '', headers, chunks: [JSON.stringify(body)], ending: 'end' };
}

const cursors: readonly (readonly [string, Strategy, unknown])[] = [
  [
    'a cursor',
    cursorPages({ items: itemsAt(['items']), param: 'from', cursor: ['next'] }),
    { items: [1], next: '\ud800' },
  ],
  [
    'the end of a pair in a cursor',
    cursorPages({ items: itemsAt(['items']), param: 'from', cursor: ['next'] }),
    { items: [1], next: 'a\udc00b' },
  ],
  [
    'the id of a last item',
    lastItemPages({ items: itemsAt(['items']), param: 'from', id: ['id'] }),
    { items: [{ id: '\ud83d' }] },
  ],
];

test.each(cursors)('half a pair is no next page: %s', async (_, strategy, body) => {
  const client = createClient({
    baseUrl: 'https://api.example.com',
    fetch: async () => Response.json(body),
  });
  const list = paginate(client, undefined, strategy, () => ({
    id: 'a',
    method: 'GET',
    path: '/a',
  }));
  expect(await rejection(list.all())).toMatchObject({ name: 'ApiError', code: 'invalid-body' });
});

test.each(['toString', 'constructor', 'valueOf', '__proto__'])(
  'an action of a journal may have a member %s',
  async (name) => {
    const wire = { resource: '/networks/N_1', operation: 'update', body: {} };
    const text = JSON.stringify(wire).replace('"body"', JSON.stringify(name));
    expect(
      await resumed([{ ...batch, units: unitsOf(JSON.parse(text)) }, planned]),
    ).not.toMatchObject({ name: 'TypeError' });
  },
);

describe('a journal may begin with a later attempt', () => {
  test.each([1, 7, 4_000_000_000])('%i', async (attempt) => {
    const entries = [batch, planned, { type: 'draft', batch: 0, attempt, id: '12' }];
    expect(await resumed(entries)).not.toMatchObject({ name: 'TypeError' });
  });
});

const busy = answer(503, {}, [['Retry-After', '600']]);

test.each([
  ['a redirect between', [answer(303, {}), busy, answer(200, { id: '12' })]],
  ['nothing between', [busy]],
  ['an answer that makes no sense between', [answer(200, []), busy]],
] as const)('a batch that is looked for ends in its time, with %s', async (_, answers) => {
  const one: Case = { kind: 'journal file', mutations: [], cuts: [], answers };
  expect(await judge(one)).toEqual([]);
});

function unitsOf(wire: unknown): readonly unknown[] {
  return [{ group: false, actions: [{ index: 0, operationId: 'updateNetwork', wire }] }];
}

const batch = {
  type: 'batch',
  batch: 0,
  after: [],
  wave: 0,
  bytes: 1,
  units: unitsOf({ resource: '/networks/N_1', operation: 'update', body: { name: 'a' } }),
};
const planned = { type: 'planned' };

/** What resuming a journal ends with, whichever way. */
async function resumed(entries: readonly unknown[]): Promise<unknown> {
  await using at = await bench();
  const run = {
    type: 'run',
    version: 1,
    dialect: 'meraki',
    scope: { organizationId },
    mode: 'async',
    ordered: false,
    onError: 'stop',
    concurrency: 1,
    stream: false,
  };
  return at.batch
    .resume({
      // A store that somebody else can write gives anything.
      open: () => Promise.resolve([run, ...entries] as never),
      append: () => Promise.resolve(),
      close: () => Promise.resolve(),
    })
    .then(
      (outcomes) => outcomes,
      (error: unknown) => error,
    );
}
