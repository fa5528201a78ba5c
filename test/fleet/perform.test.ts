import { describe, expect, test } from 'vitest';
import { Lease } from '../../templates/runtime/fleet/lease.ts';
import type { OnTheWire } from '../../templates/runtime/fleet/on-the-wire.ts';
import { type FleetBatch, perform, type Turn } from '../../templates/runtime/fleet/perform.ts';
import type { Row } from '../../templates/runtime/fleet/postgres.ts';
import { recordingStore } from './recording-pool.ts';

/** A turn of a run that ends as `end` does; `answer` is the store's. */
async function turnOf(
  end: () => Promise<object>,
  answer: (text: string) => readonly Row[] | Promise<readonly Row[]>,
): Promise<{ readonly turn: Turn; readonly begun: () => number }> {
  const { store } = recordingStore((text) =>
    text.startsWith('insert') ? [{ epoch: '1' }] : answer(text),
  );
  const { signal } = new AbortController();
  const lease = await Lease.take(store, { unit: '7', worker: 'w', ms: 10_000, signal });
  let begun = 0;
  const batch: FleetBatch = {
    resume: () => {
      begun += 1;
      const ended = end();
      return {
        // oxlint-disable-next-line unicorn/no-thenable -- a run is one
        then: ended.then.bind(ended),
        stop: () => Promise.resolve(),
        [Symbol.asyncIterator]: async function* () {
          await ended;
          yield* [];
        },
      };
    },
    run: () => {
      throw new Error('It is taken up here.');
    },
  };
  const turn: Turn = {
    store,
    run: {
      id: 'run',
      kind: 'run',
      of: undefined,
      unit: '7',
      priority: 0,
      state: 'running',
      actions: 1,
      settled: 0,
      counts: {},
      owner: undefined,
      error: undefined,
      created: new Date(),
      started: undefined,
      ended: undefined,
    },
    scope: { organizationId: '7' },
    lease,
    client: () => ({ request: () => Promise.reject(new Error('Nothing is sent here.')) }),
    makeBatch: () => batch,
    yields: new AbortController().signal,
    metrics: { request: () => {}, outcomes: () => {}, turn: () => {}, watchPlaces: () => {} },
    // What is used of it.
    wire: { guard: () => {} } as unknown as OnTheWire,
    send: () => Promise.reject(new Error('Nothing is sent here.')),
  };
  return { turn, begun: () => begun };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

describe('a turn of a run', () => {
  // What nobody waits for ends the process; here it fails the test.
  test.each([0, 1, 30])(
    'rejects with what ends the run at once, while the store takes %d ms for each answer',
    async (ms) => {
      const ended = (): Promise<object> => Promise.reject(new RangeError('The journal is away.'));
      const { turn } = await turnOf(ended, async () => {
        await pause(ms);
        return [];
      });
      await expect(perform(turn)).rejects.toThrow('The journal is away.');
      await pause(ms);
      await turn.lease.release();
    },
  );

  test('begins nothing where the store does not say what is known', async () => {
    const { turn, begun } = await turnOf(
      () => Promise.resolve([]),
      (text) => {
        if (text.includes('outcomes')) throw new Error('Connection terminated');
        return [];
      },
    );
    await expect(perform(turn)).rejects.toThrow('Connection terminated');
    expect(begun()).toBe(0);
    await turn.lease.release();
  });
});
