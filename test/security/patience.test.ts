import { describe, expect, test } from 'vitest';
import { createBatch } from '../../templates/runtime/batch/draft/draft-batch.ts';
import { createRequestBatch } from '../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../templates/runtime/client.ts';
import { organizationId, updateNetwork } from '../runtime/batch/builders.ts';
import { meraki } from '../runtime/batch/meraki.ts';
import { axapi, change, graph, journyx, post } from '../runtime/batch/requests/fixtures.ts';
import { VirtualClock } from '../simulators/clock.ts';

// A run ends when its time is over, however long a server asks to wait, and however it is away.

const timeout = 2_000;

const asks = (status: number, seconds: string): Response =>
  Response.json({ errors: ['later'] }, { status, headers: { 'Retry-After': seconds } });

const servers: Readonly<Record<string, () => Response>> = {
  '429, ten minutes': () => asks(429, '600'),
  '429, a second': () => asks(429, '1'),
  '429, a date': () => asks(429, new Date(Date.now() + 600_000).toUTCString()),
  '503, ten minutes': () => asks(503, '600'),
  '503, a minute': () => asks(503, '60'),
  '308, ten minutes': () => asks(308, '600'),
  '400, ten minutes': () => asks(400, '600'),
  'a wait that is no number': () => asks(429, '一'),
  'nothing at all': () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  },
  'half of an answer': () =>
    new Response('{"id":', { headers: { 'Content-Type': 'application/json' } }),
};

const runs = {
  drafts: (client, clock) =>
    createBatch(client, meraki, clock).run(
      [updateNetwork({ networkId: 'N_1', body: { name: 'a' } })],
      { organizationId, timeout },
    ),
  graph: (client, clock) =>
    createRequestBatch(client, graph, clock).run([change('PATCH', '/users/1', { name: 'x' })], {
      timeout,
    }),
  journyx: (client, clock) =>
    createRequestBatch(client, journyx, clock).run([post('/x', {})], { timeout }),
  axapi: (client, clock) =>
    createRequestBatch(client, axapi, clock).run([post('/axapi/v3/x', {})], { timeout }),
} satisfies Record<
  string,
  (client: ReturnType<typeof createClient>, clock: VirtualClock) => PromiseLike<unknown>
>;

describe.each(Object.entries(runs))(
  'a run of %s ends in its time where the server gives',
  (_, run) => {
    test.each(Object.entries(servers))('%s', async (_name, give) => {
      const clock = new VirtualClock();
      const client = createClient({
        baseUrl: 'https://api.example.com/v1',
        fetch: () => clock.during(Promise.resolve().then(give)),
      });
      await run(client, clock);
      expect(clock.now()).toBeLessThanOrEqual(timeout + 500);
    });
  },
);
