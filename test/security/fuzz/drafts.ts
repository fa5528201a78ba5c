import fc from 'fast-check';
import { createMeraki } from '../../../generated/meraki/src/index.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import { type Client, createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { organizationId, updateNetwork } from '../../runtime/batch/builders.ts';
import { meraki } from '../../runtime/batch/meraki.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { type HostileAnswer, hostileAnswers, junk, mostly } from './answers.ts';
import { hostileServer, judged, key, memberOf, type Server, timeout } from './watch.ts';

/** A batch as the server reports it. */
export const record: fc.Arbitrary<unknown> = fc.record(
  {
    id: mostly<unknown>('12', 12),
    confirmed: mostly(true, false),
    status: fc.oneof(
      { weight: 1, arbitrary: junk },
      {
        weight: 8,
        arbitrary: fc.record(
          {
            completed: mostly(true, false),
            failed: mostly(false, true),
            errors: mostly<unknown>([], ['Error occurred while executing update networks with x']),
            createdResources: mostly<unknown>([], [{ id: 'N_1', uri: '/networks/N_1' }]),
          },
          { requiredKeys: [] },
        ),
      },
    ),
    actions: fc.oneof(
      junk,
      fc.array(
        fc.record({
          resource: mostly('/networks/N_1'),
          operation: mostly('update'),
          body: mostly({ name: 'a' }),
        }),
        { maxLength: 2 },
      ),
    ),
    errors: junk,
  },
  { requiredKeys: ['status'] },
);

export function answersOf(body: fc.Arbitrary<unknown>): fc.Arbitrary<readonly HostileAnswer[]> {
  return fc.array(hostileAnswers(fc.oneof({ weight: 8, arbitrary: body }, junk)), {
    minLength: 1,
    maxLength: 4,
  });
}

export const records: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: record },
  fc.array(record, { maxLength: 2 }),
);

/** A run over drafts, through either size of client. */
export interface DraftsCase {
  readonly kind: 'drafts';
  readonly client: 'client' | 'meraki';
  readonly sync: boolean;
  readonly answers: readonly HostileAnswer[];
}

export const draftsCases: fc.Arbitrary<DraftsCase> = fc.record({
  kind: fc.constant('drafts' as const),
  client: fc.constantFrom('client', 'meraki'),
  sync: fc.boolean(),
  answers: answersOf(records),
});

const actions = [
  updateNetwork({ networkId: 'N_1', body: { name: 'a' } }),
  updateNetwork({ networkId: 'N_2', body: { name: 'b' } }),
];

/** What is wrong with how a run takes the answers. */
export function judgeDrafts({ client, sync, answers }: DraftsCase): Promise<readonly string[]> {
  const server = hostileServer(answers);
  const { batch, clock } = draftsOf(server, client);
  const mode = sync ? 'sync' : 'async';
  const run = (): PromiseLike<unknown> =>
    batch.run(actions, { organizationId, mode, timeout: runTime });
  return judged(server, clock, run, saysCompleted);
}

/** Milliseconds of virtual time that a run waits for a server. */
export const runTime = 60_000;

/** A client that asks each question once, and for which time stands still until it is answered. */
export function clientOf(
  server: Server,
  kind: 'client' | 'meraki' = 'client',
): { readonly client: Client; readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  const settings = { timeout, retry: { attempts: 1 }, fetch: server.fetch };
  const { request } =
    kind === 'meraki'
      ? createMeraki({ ...settings, apiKey: key, userAgent: 'Fuzz/1.0 Acme', limiter: undefined })
          .client
      : createClient({
          ...settings,
          baseUrl: 'https://api.example.com/v1',
          credentials: [bearer(key)],
        });
  return {
    clock,
    client: {
      request: (one, options) =>
        clock.during(request(one, { ...options, timeout, retry: { attempts: 1 } })),
    },
  };
}

export function draftsOf(
  server: Server,
  kind?: 'client' | 'meraki',
): {
  readonly batch: ReturnType<typeof createBatch<typeof meraki>>;
  readonly clock: VirtualClock;
} {
  const { client, clock } = clientOf(server, kind);
  return { batch: createBatch(client, meraki, clock), clock };
}

/** Whether a batch, or one of a list, says that it has been executed. */
export function saysCompleted(body: unknown): boolean {
  return [body].flat().some((one) => memberOf(memberOf(one, 'status'), 'completed') === true);
}
