import fc from 'fast-check';
import {
  type CallbackError,
  readCallback,
} from '../../../templates/runtime/batch/draft/callback.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import type { Journal, JournalEntry } from '../../../templates/runtime/batch/journal/journal.ts';
import { createRequestBatch } from '../../../templates/runtime/batch/request/request-batch.ts';
import { type Client, createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { type Mutation, mutated, mutations } from '../../documents/fuzz/mutate.ts';
import { organizationId, updateNetwork } from '../../runtime/batch/builders.ts';
import { meraki } from '../../runtime/batch/meraki.ts';
import { change, get, graph } from '../../runtime/batch/requests/fixtures.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { type HostileAnswer, hostileAnswers, junk, mostly } from './answers.ts';
import { hostileServer, internalErrors, key, type Server, timeout, watched } from './watch.ts';

/** A batch as the server reports it. */
const record: fc.Arbitrary<unknown> = fc.record(
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
      fc.constant([{ resource: '/networks/N_1', operation: 'update', body: { name: 'a' } }]),
    ),
    errors: junk,
  },
  { requiredKeys: ['status'] },
);

const result: fc.Arbitrary<unknown> = fc.record(
  {
    id: mostly('1', '2'),
    status: mostly<unknown>(200, 204, 404, 429),
    body: junk,
    headers: fc.oneof(junk, fc.record({ 'Retry-After': junk, ETag: junk })),
  },
  { requiredKeys: ['id'] },
);

const report = fc.record({ responses: fc.oneof(fc.array(result, { maxLength: 4 }), junk) });

export type BatchCase =
  | { readonly kind: 'drafts'; readonly sync: boolean; readonly answers: readonly HostileAnswer[] }
  | { readonly kind: 'requests'; readonly answers: readonly HostileAnswer[] }
  | { readonly kind: 'callback'; readonly payload: unknown; readonly text: boolean }
  | {
      readonly kind: 'journal';
      readonly mutations: readonly Mutation[];
      readonly answers: readonly HostileAnswer[];
    };

function answersOf(body: fc.Arbitrary<unknown>): fc.Arbitrary<readonly HostileAnswer[]> {
  return fc.array(hostileAnswers(fc.oneof({ weight: 8, arbitrary: body }, junk)), {
    minLength: 1,
    maxLength: 4,
  });
}

const records = answersOf(
  fc.oneof({ weight: 5, arbitrary: record }, fc.array(record, { maxLength: 2 })),
);

export const batchCases: fc.Arbitrary<BatchCase> = fc.oneof(
  fc.record({ kind: fc.constant('drafts' as const), sync: fc.boolean(), answers: records }),
  fc.record({ kind: fc.constant('requests' as const), answers: answersOf(report) }),
  fc.record({
    kind: fc.constant('callback' as const),
    payload: fc.oneof(
      { weight: 1, arbitrary: junk },
      {
        weight: 9,
        arbitrary: fc.record({ sharedSecret: mostly(key), message: fc.oneof(record, junk) }),
      },
    ),
    text: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('journal' as const), mutations, answers: records }),
);

/** What is wrong with how a batch takes the answers. */
export async function judgeBatch(one: BatchCase): Promise<readonly string[]> {
  switch (one.kind) {
    case 'drafts': {
      const server = hostileServer(one.answers);
      const { batch } = drafts(server);
      const mode = one.sync ? 'sync' : 'async';
      return judged(server, () => batch.run(actions, { organizationId, mode }), saysCompleted);
    }
    case 'requests': {
      const server = hostileServer(one.answers);
      const { client, clock } = clientOf(server);
      const batch = createRequestBatch(client, graph, clock);
      const items = [change('PATCH', '/users/1', { name: 'x' }), get('/users/1')];
      return judged(server, () => batch.run(items, { onError: 'continue' }), saysSuccess);
    }
    case 'callback':
      return judgeCallback(one.payload, one.text);
    case 'journal':
      return judgeJournal(mutated(recorded, one.mutations), one.answers);
  }
}

/** What is wrong with how a run is taken up that a store may have changed. */
async function judgeJournal(
  entries: unknown,
  answers: readonly HostileAnswer[],
): Promise<readonly string[]> {
  const server = hostileServer(answers);
  const { batch } = drafts(server);
  const resume = (): PromiseLike<unknown> => batch.resume(journalOf(entries));
  // What a changed journal says was applied may stay so.
  return judged(server, resume, () => true);
}

const actions = [
  updateNetwork({ networkId: 'N_1', body: { name: 'a' } }),
  updateNetwork({ networkId: 'N_2', body: { name: 'b' } }),
];

function clientOf(server: Server): { readonly client: Client; readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  const client = createClient({
    baseUrl: 'https://api.example.com/v1',
    credentials: [bearer(key)],
    timeout,
    retry: { attempts: 1 },
    fetch: server.fetch,
  });
  return {
    clock,
    // Time stands still until an answer has come.
    client: {
      request: (request, options) =>
        clock.during(client.request(request, { ...options, timeout, retry: { attempts: 1 } })),
    },
  };
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- what `createBatch` gives
function drafts(server: Server): { readonly batch: ReturnType<typeof createBatch<typeof meraki>> } {
  const { client, clock } = clientOf(server);
  return { batch: createBatch(client, meraki, clock) };
}

async function judged(
  server: Server,
  run: () => PromiseLike<unknown>,
  isSuccess: (body: unknown) => boolean,
): Promise<readonly string[]> {
  const { ended, faults } = await watched(async () => run());
  // What `run` resolves to, unless it hangs.
  const outcomes = Array.isArray(ended.value)
    ? (ended.value as readonly { readonly status: string }[])
    : [];
  const isApplied = outcomes.some(({ status }) => status === 'applied');
  const isTold = server.successes.some((text) => isSuccess(parsed(text)));
  return [
    ...server.faults,
    ...faults,
    ...internalErrors(outcomes),
    ...(isApplied && !isTold ? [`applied without a success: ${JSON.stringify(outcomes)}`] : []),
  ];
}

function saysCompleted(body: unknown): boolean {
  return [body].flat().some((one) => memberOf(memberOf(one, 'status'), 'completed') === true);
}

function saysSuccess(body: unknown): boolean {
  return [memberOf(body, 'responses')].flat().some((one) => {
    const status = memberOf(one, 'status');
    return typeof status === 'number' && status >= 200 && status < 300;
  });
}

function memberOf(value: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(Object(value))).get(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function judgeCallback(payload: unknown, asText: boolean): Promise<readonly string[]> {
  const isForged = memberOf(payload, 'sharedSecret') !== key;
  const given = asText ? (JSON.stringify(payload) ?? '') : Object(payload);
  const { ended, faults } = await watched(() => readCallback(meraki, given, { sharedSecret: key }));
  const { reason } = (ended.error ?? {}) as Partial<CallbackError>;
  const isRead = ended.error === undefined;
  return [
    ...faults,
    ...(isForged && isRead ? ['a forged callback is read'] : []),
    ...(!isForged && reason === 'secret' ? ['the right secret is refused'] : []),
  ];
}

/** What a run writes down that ends while its draft is open. */
const recorded: readonly JournalEntry[] = [
  {
    type: 'run',
    version: 1,
    dialect: 'meraki',
    scope: { organizationId },
    mode: 'async',
    ordered: false,
    onError: 'stop',
    concurrency: 5,
    stream: false,
  },
  {
    type: 'batch',
    batch: 0,
    after: [],
    wave: 0,
    bytes: 200,
    units: ['N_1', 'N_2'].map((id, index) => ({
      group: false,
      actions: [
        {
          index,
          operationId: 'updateNetwork',
          wire: { resource: `/networks/${id}`, operation: 'update', body: { name: 'a' } },
        },
      ],
    })),
  },
  { type: 'planned' },
  { type: 'others', ids: ['7'] },
  { type: 'submit', batch: 0, attempt: 0 },
  { type: 'draft', batch: 0, attempt: 0, id: '12' },
  { type: 'confirm', batch: 0, attempt: 0 },
];

/** A store that somebody else can write. */
function journalOf(entries: unknown): Journal {
  return {
    // That is what hostile means here.
    open: () => Promise.resolve(entries as readonly JournalEntry[]),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
