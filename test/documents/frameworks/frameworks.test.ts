import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import type { ApiDescription } from '../../../generator/ir/ir.ts';
import { compile } from '../../support/compile.ts';
import { startSteady } from '../mock/steady.ts';
import { readEvery } from './every-answer.ts';
import { callEvery, type Outcome } from './every-function.ts';

/**
 * A document as each framework writes it, against a server that answers as the document says. What
 * Steady cannot read is named: it takes the name of an exploded object for that of a parameter.
 */
const frameworks = [
  { name: 'fastapi', operations: 10, listings: ['listItemsItemsGet'], unread: [] },
  { name: 'spring', operations: 9, listings: ['findAll'], unread: ['findAll'] },
  { name: 'django', operations: 8, listings: ['booksList', 'loansList'], unread: [] },
];

describe.each(frameworks)('A document of $name', ({ name, operations, listings, unread }) => {
  const input = fileURLToPath(new URL(`${name}.yaml`, import.meta.url));
  let output = '';
  let api: ApiDescription | undefined;

  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), 'batchwright-frameworks-'));
    const generated = await generate({ input, output, name: 'example' });
    expect(generated.diagnostics).toEqual([]);
    api = generated.api;
  });
  afterAll(() => rm(output, { recursive: true, force: true }));

  const all = (): ApiDescription['groups'][number]['operations'] =>
    api?.groups.flatMap((group) => group.operations) ?? [];

  test('loses no operation, and has its listings', () => {
    expect(all().length).toBe(operations);
    const paged = all().filter(({ pagination }) => pagination);
    expect(paged.map((operation) => operation.name).toSorted()).toEqual(listings);
  });

  test('has every request accepted and every answer read', { timeout: 60_000 }, async () => {
    await using steady = await startSteady(input, []);
    const outcomes = await callEvery(output, api!, steady.origin);
    const namesOf = (some: (outcome: Outcome) => boolean): readonly string[] => [
      ...new Set(outcomes.filter(some).map(({ operation }) => operation.name)),
    ];
    expect(outcomes.length).toBe(operations * 2);
    expect(namesOf(({ refused }) => refused.length > 0)).toEqual(unread);
    expect(namesOf(({ status = 0 }) => status > 299)).toEqual(unread);
    expect(namesOf(({ rejected }) => rejected !== undefined)).toEqual([]);
    expect(namesOf(({ requests }) => requests !== 1)).toEqual([]);
  });

  test('has each status and media type read as it is declared', async () => {
    const reads = await readEvery(output, api!);
    const declared = all().flatMap(({ responses }) => responses);
    expect(reads.length).toBe(declared.length);
    expect(reads.map(({ operation, status, made }) => ({ operation, status, made }))).toEqual(
      reads.map(({ operation, status, declared: made }) => ({ operation, status, made })),
    );
  });

  test('compiles under strict settings', { timeout: 60_000 }, async () => {
    expect(await compile(output, ['src/**/*.ts'])).toEqual([]);
  });
});

interface Package {
  readonly folder: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the functions are emitted, and so are their types
  load(module: string): Promise<any>;
}

async function packageOf(name: string): Promise<Package> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-frameworks-'));
  const input = fileURLToPath(new URL(`${name}.yaml`, import.meta.url));
  await generate({ input, output: folder, name: 'example' });
  return {
    folder,
    load: (module) => import(pathToFileURL(join(folder, 'src', `${module}.ts`)).href),
  };
}

/** A listing of five things against a server that reads the query as the framework does. */
const walks = [
  {
    name: 'fastapi',
    module: 'items',
    listing: 'listItemsItemsGet',
    input: { size: 2 },
    answer(url: URL, all: readonly object[]) {
      const page = Number(url.searchParams.get('page') ?? 1);
      const size = Number(url.searchParams.get('size') ?? 50);
      const items = all.slice((page - 1) * size, page * size);
      return { items, total: all.length, page, size, pages: Math.ceil(all.length / size) };
    },
  },
  {
    name: 'spring',
    module: 'customerController',
    listing: 'findAll',
    input: { pageable: { size: 2, sort: ['name,asc'] } },
    answer(url: URL, all: readonly object[]) {
      expect(url.searchParams.getAll('sort')).toEqual(['name,asc']);
      const number = Number(url.searchParams.get('page') ?? 0);
      const size = Number(url.searchParams.get('size') ?? 20);
      const content = all.slice(number * size, (number + 1) * size);
      const last = (number + 1) * size >= all.length;
      return { content, number, size, last, totalElements: all.length };
    },
  },
  {
    name: 'django',
    module: 'books',
    listing: 'booksList',
    input: { limit: 2, id__in: [1, 2] },
    answer(url: URL, all: readonly object[]) {
      expect(url.searchParams.get('id__in')).toBe('1,2');
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const limit = Number(url.searchParams.get('limit') ?? 100);
      const following = new URL(url);
      following.searchParams.set('offset', `${offset + limit}`);
      const next = offset + limit < all.length ? following.href : null;
      return {
        count: all.length,
        next,
        previous: null,
        results: all.slice(offset, offset + limit),
      };
    },
  },
] as const;

test.each(walks)('The pages of $name are walked to their end', async (walk) => {
  const { folder, load } = await packageOf(walk.name);
  try {
    const all = Array.from({ length: 5 }, (_, id) => ({ id }));
    const { createClient } = await load('client');
    let requests = 0;
    const client = createClient({
      fetch: async (url: URL) => {
        requests += 1;
        return Response.json(walk.answer(url, all));
      },
    });
    const { [walk.listing]: list } = await load(walk.module);
    const items: unknown[] = [];
    for await (const item of list(client, walk.input)) items.push(item);
    expect([items, requests]).toEqual([all, 3]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What each framework says of a request that it refuses, and what the error says of it. */
const refusals = [
  {
    name: 'fastapi',
    call: ['items', 'createItemItemsPost', { body: { name: '', price: 1 } }],
    status: 422,
    type: 'application/json',
    body: {
      detail: [
        { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: {} },
        { type: 'greater_than', loc: ['body', 'price'], msg: 'Input should be greater than 0' },
      ],
    },
    says: ['name: Field required', 'price: Input should be greater than 0'],
  },
  {
    name: 'spring',
    call: ['customerController', 'create', { body: { name: 'ab' } }],
    status: 409,
    type: 'application/problem+json',
    body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'The name is taken.' },
    says: ['Conflict', 'The name is taken.'],
  },
  {
    name: 'django',
    call: ['books', 'booksCreate', { body: { title: 'a' } }],
    status: 400,
    type: 'application/json',
    body: { isbn: ['This value does not match the required pattern.'] },
    says: ['isbn', 'This value does not match the required pattern.'],
  },
] as const;

test.each(refusals)(
  'What $name refuses reads well',
  async ({ name, call, status, type, body, says }) => {
    const { folder, load } = await packageOf(name);
    try {
      const [module, operation, input] = call;
      const { createClient } = await load('client');
      const { transport } = await load('runtime/transport/transport');
      const headers = { 'Content-Type': type };
      const fetch = async (): Promise<Response> =>
        new Response(JSON.stringify(body), { status, headers });
      const { [operation]: send } = await load(module);
      const client = createClient({ fetch: transport({ fetch }) });
      const error = await send(client, input).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'ApiError', status, body });
      for (const text of says) expect(error.message).toContain(text);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
