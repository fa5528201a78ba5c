import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../templates/runtime/batch/journal/journal.ts';
import { bench } from '../runtime/batch/fixtures.ts';

const run = {
  type: 'run',
  version: 1,
  dialect: 'meraki',
  scope: { organizationId: '1' },
  mode: 'async',
  ordered: false,
  onError: 'stop',
  concurrency: 1,
  stream: false,
};

const wire = { resource: '/networks/N_1', operation: 'update', body: { name: 'a' } };

function entriesWith(sent: object): readonly unknown[] {
  const units = [
    { group: false, actions: [{ index: 0, operationId: 'updateNetwork', wire: sent }] },
  ];
  return [
    run,
    { type: 'batch', batch: 0, after: [], wave: 0, bytes: 1, units },
    { type: 'planned' },
  ];
}

async function refusal(entries: unknown): Promise<unknown> {
  await using at = await bench();
  let closed = 0;
  const resumed = at.batch.resume({
    // A store that somebody else can write gives anything.
    open: () => Promise.resolve(entries as readonly JournalEntry[]),
    append: () => Promise.resolve(),
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
  });
  const error: unknown = await resumed.then(
    (outcomes) => outcomes,
    (reason: unknown) => reason,
  );
  expect({ requests: at.simulator.seen, closed }).toEqual({ requests: [], closed: 1 });
  return error;
}

const damaged = { name: 'JournalError', reason: 'damaged' };

describe('a journal is damaged whose store gives', () => {
  test.for([
    ['an object', { 0: run }],
    ['nothing', undefined],
    ['a text', 'run'],
    ['a list that begins with null', [null, run]],
    ['a list of texts', ['run']],
    ['an entry whose type becomes no text', [run, { type: { toString: 1, valueOf: 1 } }]],
  ] as const)('%s', async ([, entries]) => {
    expect(await refusal(entries)).toMatchObject(damaged);
  });
});

describe('a journal is damaged that has an action', () => {
  test.for([
    ['without a resource', { operation: 'update' }],
    ['whose resource is an object', { ...wire, resource: { a: 1 } }],
    ['whose verb is a list', { ...wire, operation: ['update'] }],
    ['with a method and no URL', { method: 'PUT', resource: '/networks/N_1' }],
    ['that refers to itself', { ...wire, body: { id: { '\u0000ref': [0, 'id'] } } }],
  ] as const)('%s', async ([, sent]) => {
    expect(await refusal(entriesWith(sent))).toMatchObject(damaged);
  });
});

test.for(['\ud800', '..', '%2e%2e'])('a journal with the scope %j is damaged', async (value) => {
  const [first, ...rest] = entriesWith(wire);
  const entries = [{ ...Object(first), scope: { organizationId: value } }, ...rest];
  expect(await refusal(entries)).toMatchObject(damaged);
});

test('a run is not sent again from a store that gives no list', async () => {
  await using at = await bench();
  const store = {
    open: () => Promise.resolve({ 0: run } as never),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const sent = at.batch.retry(store).then((outcomes) => outcomes);
  await expect(sent).rejects.toMatchObject(damaged);
  expect(at.simulator.seen).toEqual([]);
});
