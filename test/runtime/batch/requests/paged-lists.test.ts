import { describe, expect, test } from 'vitest';
import { memoryJournal } from '../../../../templates/runtime/batch/journal/journal.ts';
import type { Resource } from '../../../../templates/runtime/batch/protocol/protocol.ts';
import type { RequestBatch } from '../../../../templates/runtime/batch/request/batch.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  numberPages,
  offsetPages,
  urlPages,
} from '../../../../templates/runtime/pages/paginate.ts';
import type { Strategy } from '../../../../templates/runtime/pages/strategy.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { change, graph, type GraphTraits, remove } from './fixtures.ts';

type Members = Readonly<Record<string, unknown>>;

const [count, size] = [250, 50];
const items = itemsAt(['value']);

interface Style {
  readonly pages?: Strategy;
  /** What a page says of the next one, which begins at `next`. */
  readonly tells: (next: number | undefined) => Members;
  readonly header?: boolean;
  /** Which item a page begins with. */
  readonly begins?: (query: URLSearchParams) => number;
  /** The page that fails. */
  readonly fails?: number;
}

const linked = (next: number | undefined): Members =>
  next === undefined ? {} : { '@odata.nextLink': `https://api.example/things?from=${next}` };

const styles: Readonly<Record<string, Style>> = {
  'a link in the body': { pages: urlPages({ items, url: ['@odata.nextLink'] }), tells: linked },
  'a relative link inside of the body': {
    pages: urlPages({ items, url: ['links', 'next'] }),
    tells: (next) => ({ links: { next: next === undefined ? null : `/things?from=${next}` } }),
  },
  'a cursor in the body': {
    pages: cursorPages({ items, cursor: ['meta', 'next'], param: 'from' }),
    tells: (next) => ({ meta: { next: next === undefined ? null : String(next) } }),
  },
  'the number of an item': {
    pages: offsetPages({ items, param: 'from', first: 0, total: ['total'] }),
    tells: () => ({ total: count }),
  },
  'the number of a page': {
    pages: numberPages({ items, param: 'page', first: 1 }),
    tells: () => ({}),
    begins: (query) => (Number(query.get('page') ?? 1) - 1) * size,
  },
  'a header': { tells: () => ({}), header: true },
};

interface World {
  readonly things: Map<string, Members>;
  readonly batch: RequestBatch<GraphTraits>;
  /** The lists that were read. */
  readonly reads: string[];
}

/** A server whose list has pages, and whose things are shown by that alone, unless `facts` say otherwise. */
function paged(style: Style, facts: Resource = { read: false }): World {
  const { pages, tells, header = false, begins, fails } = style;
  const things = new Map<string, Members>();
  for (let n = 0; n < count; n += 1) things.set(`/things/t${n}`, { id: `t${n}`, name: `n${n}` });
  const reads: string[] = [];
  const clock = new VirtualClock();
  const client = createClient({
    baseUrl: 'https://api.example',
    fetch: (url, init) => {
      const sent = (init.body ? JSON.parse(String(init.body)) : {}) as {
        readonly requests?: readonly Members[];
      };
      const responses = sent.requests?.map(({ id, method, url: path, body }) => {
        const place = String(path);
        if (method === 'DELETE') things.delete(place);
        else things.set(place, { ...things.get(place), ...(body as Members) });
        return { id, status: 204, headers: {} };
      });
      if (responses) return Promise.resolve(Response.json({ responses }));
      reads.push(url.pathname + url.search);
      if (url.pathname !== '/things') {
        const found = things.get(url.pathname);
        return Promise.resolve(Response.json(found ?? {}, { status: found ? 200 : 404 }));
      }
      const from = begins?.(url.searchParams) ?? Number(url.searchParams.get('from') ?? 0);
      if (from === fails) return Promise.resolve(Response.json({}, { status: 400 }));
      const value = [...things.values()].slice(from, from + size);
      const next = from + size < things.size ? from + size : undefined;
      const headers: Record<string, string> =
        header && next !== undefined ? { Link: `</things?from=${next}>; rel="next"` } : {};
      return Promise.resolve(Response.json({ value, ...tells(next) }, { headers }));
    },
  });
  const members = ['name'];
  const resources = {
    '/things/{thingId}': {
      list: true,
      update: members,
      updateBy: 'PATCH',
      destroy: true,
      ...facts,
    },
  };
  const effects = { resources, verbs: {}, ...(pages && { pages: () => ({ '/things': pages }) }) };
  const dialect = { ...graph, effects: () => Promise.resolve(effects) };
  return { things, reads, batch: createRequestBatch(client, dialect, clock) };
}

const named = (id: string): ReturnType<typeof change> =>
  change('PATCH', `/things/${id}`, { name: 'new' });

describe.for(Object.entries(styles))('where the next page is told by %s', ([, style]) => {
  test('what is on the last page is found, and what is on none is absent', async () => {
    const { batch } = paged(style);
    const { steps } = await batch.preview([named('t7'), named('t249'), remove('/things/t999')]);
    expect(steps).toMatchObject([
      { kind: 'change', members: { name: { old: 'n7', new: 'new' } } },
      { kind: 'change', members: { name: { old: 'n249', new: 'new' } } },
      { kind: 'same' },
    ]);
  });

  test('no more pages are read than are needed', async () => {
    const { batch, reads } = paged(style);
    const preview = await batch.preview([named('t7'), named('t60')]);
    expect(preview.steps.map(({ kind }) => kind)).toEqual(['change', 'change']);
    expect([preview.reads, reads.length]).toEqual([2, 2]);
  });

  test('an undo restores what is on the last page', async () => {
    const { batch, things } = paged(style);
    const journal = memoryJournal();
    await batch.run([named('t7'), named('t249')], { journal, capture: true });
    expect(things.get('/things/t249')).toMatchObject({ name: 'new' });
    const undo = await batch.undo(journal);
    expect(undo.conflicts).toEqual([]);
    await batch.run(undo);
    expect(things.get('/things/t249')).toMatchObject({ name: 'n249' });
  });

  test('what is not on the pages before one that fails is unreadable', async () => {
    const { batch } = paged({ ...style, fails: 100 });
    const { steps } = await batch.preview([named('t7'), remove('/things/t999')]);
    expect(steps.map(({ kind }) => kind)).toEqual(['change', 'unreadable']);
  });
});

describe('where nothing is known of how pages follow', () => {
  test.for<[string, Style['tells'], string]>([
    ['a link to more of the list', linked, 'unreadable'],
    [
      'such a link in an object',
      (next) => ({ links: { next: { href: `?from=${next ?? 0}` } } }),
      'unreadable',
    ],
    ['a link to itself', () => ({ self: 'https://api.example/things' }), 'same'],
    ['a link to something else', () => ({ docs: 'https://api.example/help' }), 'same'],
  ])('and the body has %s, what is not on the first is called %3$s', async ([, tells, kind]) => {
    const { batch } = paged({ tells });
    const { steps } = await batch.preview([named('t7'), remove('/things/t999')]);
    expect(steps.map((step) => step.kind)).toEqual(['change', kind]);
  });
});

test('a list that leads back to a page it has shown is read to its end', async () => {
  const style: Style = {
    pages: urlPages({ items, url: ['next'] }),
    tells: (next) => ({ next: `/things?from=${next ?? 0}` }),
  };
  const { batch, reads } = paged(style);
  const { steps } = await batch.preview([remove('/things/t999')]);
  expect(steps).toMatchObject([{ kind: 'same' }]);
  expect(reads.length).toBeLessThan(8);
});

test('pages that show nothing of what can be read by itself are not turned', async () => {
  const { batch, reads } = paged(styles['a link in the body']!, { read: true });
  const { steps } = await batch.preview([named('t7'), named('t248'), named('t249')]);
  expect(steps.map(({ kind }) => kind)).toEqual(['change', 'change', 'change']);
  expect(reads).toHaveLength(4);
});
