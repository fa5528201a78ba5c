import { describe, expect, test } from 'vitest';
import { createBatch } from '../../templates/runtime/batch/draft/draft-batch.ts';
import { createClient } from '../../templates/runtime/client.ts';
import { organizationId, updateNetwork } from '../runtime/batch/builders.ts';
import { meraki } from '../runtime/batch/meraki.ts';
import { VirtualClock } from '../simulators/clock.ts';

type Answer = readonly [status: number, body?: unknown];

const draft = { id: '12', confirmed: false, status: { completed: false, failed: false } };
const drafted: Answer = [201, { ...draft, actions: [] }];
const busy: Answer = [429, { errors: ['Too many executing batches'] }];

/** Ends what would go on for ever: hours of virtual time are over long before. */
const mostRequests = 20_000;

interface Answers {
  readonly post: Answer;
  readonly list: Answer;
  /** After the first list. */
  readonly listLater?: Answer;
  readonly read: Answer;
  readonly confirm: Answer;
}

/** All places, taken by another application. */
const foreign = Array.from({ length: 5 }, (_, index) => ({
  ...draft,
  id: `9${index}`,
  confirmed: true,
  actions: [],
}));

const usual: Answers = { post: drafted, list: busy, read: [200, draft], confirm: busy };

async function outcomeOf(answers: Answers): Promise<unknown> {
  const clock = new VirtualClock();
  const control = new AbortController();
  let requests = 0;
  let lists = 0;
  const client = createClient({
    baseUrl: 'https://api.example.com/v1',
    retry: { attempts: 1 },
    fetch: ({ pathname }, { method }) => {
      requests += 1;
      if (requests === mostRequests) control.abort();
      const isOne = pathname.endsWith('/12');
      const [status, body = {}] =
        method === 'POST'
          ? answers.post
          : method === 'PUT'
            ? answers.confirm
            : method === 'DELETE'
              ? ([204] as const)
              : isOne
                ? answers.read
                : (lists += 1) > 1
                  ? (answers.listLater ?? answers.list)
                  : answers.list;
      return clock.during(
        Promise.resolve(
          status === 204 ? new Response(null, { status }) : Response.json(body, { status }),
        ),
      );
    },
  });
  const batch = createBatch(client, meraki, clock);
  const actions = [updateNetwork({ networkId: 'N_1', body: { name: 'a' } })];
  const [outcome] = await batch.run(actions, {
    organizationId,
    timeout: 60_000,
    signal: control.signal,
  });
  return outcome;
}

describe('a run ends where the server', () => {
  test.for([
    ['is full for ever, and no list tells why', { list: [500] }],
    ['is full for ever, and lists what is no list', { list: [200, { items: 1 }] }],
    ['is full for ever, and its list shows room', { list: [200, []] }],
    [
      'is full for ever, and its list shows one batch of another application',
      {
        list: [200, [{ ...draft, id: '99', confirmed: true, actions: [] }]],
      },
    ],
    ['shows batches of others in all places for ever', { list: [200, foreign] }],
    [
      'shows batches of others in all places, and then no list any more',
      { list: [200, foreign], listLater: [500] },
    ],
    [
      'shows batches of others in all places, and then what is no list',
      { list: [200, foreign], listLater: [200, 'none'] },
    ],
    [
      'gives each new draft the id of one that is gone',
      { list: [200, []], confirm: [404], read: [404] },
    ],
  ] satisfies readonly (readonly [string, Partial<Answers>])[])('%s', async ([, answers]) => {
    expect(await outcomeOf({ ...usual, ...answers })).toMatchObject({
      status: 'skipped',
      reason: 'unreachable',
    });
  });
});
