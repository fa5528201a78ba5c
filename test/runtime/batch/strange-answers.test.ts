import { expect, test, vi } from 'vitest';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { bench, organizationId, ports, type Bench } from './fixtures.ts';
import { meraki } from './meraki.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

type Answered = (method: string, path: string, response: Response) => Promise<Response> | Response;

/** What becomes of a run of 300 actions whose answers are exchanged on their way. */
async function runThrough(at: Bench, exchange: Answered): Promise<readonly string[]> {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    return exchange(init?.method ?? 'GET', url.pathname, response);
  };
  const { baseUrl } = at.simulator;
  const client = createClient({ baseUrl, credentials: [bearer('key')], fetch });
  const outcomes = await createBatch(client, meraki, at.clock).run(ports(300), { organizationId });
  return outcomes.map(({ status }) => status);
}

const one = /\/actionBatches\/\d+$/;
const list = /\/actionBatches$/;

test.for([
  ['a read', (method: string, path: string) => method === 'GET' && one.test(path)],
  ['a confirmation', (method: string, path: string) => method === 'PUT' && one.test(path)],
] as const)('an answer about another batch is no answer: %s', async ([, isHit]) => {
  await using at = await bench();
  let last: string | undefined;
  let hits = 0;
  const statuses = await runThrough(at, async (method, path, response) => {
    if (!one.test(path) || method === 'DELETE') return response;
    const text = await response.text();
    const other = last;
    last = text;
    hits += 1;
    const isExchanged = other !== undefined && isHit(method, path) && hits % 2 === 0;
    return new Response(isExchanged ? other : text, {
      status: response.status,
      headers: { 'content-type': 'application/json' },
    });
  });
  expect(new Set(statuses)).toEqual(new Set(['applied']));
  expect(Math.max(...at.counts.values())).toBe(1);
  expect(at.counts.size).toBe(300);
});

test('the draft of another batch is not taken for the one that was made', async () => {
  await using at = await bench();
  const foreign = at.simulator.server.draft([{ resource: '/networks/N_9', operation: 'destroy' }]);
  let posts = 0;
  const statuses = await runThrough(at, (method, path, response) => {
    if (method !== 'POST' || !list.test(path)) return response;
    posts += 1;
    if (posts > 1) return response;
    const actions = [{ resource: '/networks/N_9', operation: 'destroy' }];
    const status = { completed: false, failed: false, errors: [], createdResources: [] };
    return Response.json({ id: foreign, confirmed: false, status, actions }, { status: 201 });
  });
  expect(new Set(statuses)).toEqual(new Set(['applied']));
  expect(at.simulator.seen.filter((line) => line.endsWith(`/${foreign}`))).toEqual([]);
});

test.for(['GET', 'PUT'])('a page of HTML in place of JSON ends no batch: %s', async (method) => {
  await using at = await bench();
  let hits = 0;
  const statuses = await runThrough(at, (asked, _, response) => {
    hits += asked === method ? 1 : 0;
    if (asked !== method || hits % 3 > 0) return response;
    return new Response('<html>', { headers: { 'content-type': 'text/html' } });
  });
  expect(new Set(statuses)).toEqual(new Set(['applied']));
  expect(Math.max(...at.counts.values())).toBe(1);
});

test('a list that is not there once does not end the run', async () => {
  await using at = await bench();
  let hits = 0;
  const statuses = await runThrough(at, (method, path, response) => {
    hits += method === 'POST' && list.test(path) ? 1 : 0;
    if (method !== 'POST' || hits !== 2) return response;
    return Response.json({ errors: ['Not found'] }, { status: 404 });
  });
  expect(new Set(statuses)).toEqual(new Set(['applied']));
});

const html = { headers: { 'content-type': 'text/html' } };
const json = { headers: { 'content-type': 'application/json' } };

/** A run whose first confirmation is carried out, and answered with a refusal. */
async function runRefused(
  at: Bench,
  answer: (method: string, response: Response) => Response,
): Promise<readonly string[]> {
  let refused: string | undefined;
  return runThrough(at, (method, path, response) => {
    if (method === 'PUT' && refused === undefined) {
      refused = path;
      return Response.json({ errors: ['Unprocessable'] }, { status: 422 });
    }
    return path === refused ? answer(method, response) : response;
  });
}

test.for([
  ['a page of HTML', () => new Response('<html>Sign in</html>', html)],
  ['nothing', () => new Response('')],
  ['errors', () => new Response('{"errors":["try again"]}', json)],
] as const)('a success other than 204 deletes no draft: %s', async ([, page]) => {
  await using at = await bench();
  const statuses = await runRefused(at, (method, response) =>
    method === 'DELETE' ? page() : response,
  );
  expect(new Set(statuses)).toEqual(new Set(['applied']));
  expect(Math.max(...at.counts.values())).toBe(1);
  expect(at.counts.size).toBe(300);
});

test.for([
  ['its deletion is refused', 400],
  ['its deletion fails', 503],
  ['its deletion is answered with a page', 200],
] as const)('what is refused and cannot be read is not sent in parts: %s', async ([, status]) => {
  await using at = await bench();
  const statuses = await runRefused(at, (method) =>
    method === 'DELETE'
      ? new Response('<html>Sign in</html>', { ...html, status })
      : Response.json({ errors: ['down'] }, { status: 500 }),
  );
  expect(statuses.filter((one) => one === 'unknown')).toHaveLength(100);
  expect(statuses.filter((one) => one === 'applied')).toHaveLength(200);
  expect(Math.max(...at.counts.values())).toBe(1);
});
