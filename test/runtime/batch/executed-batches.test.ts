import { describe, expect, test } from 'vitest';
import type { DraftApi } from '../../../templates/runtime/batch/draft/draft-api.ts';
import { ExecutedBatches } from '../../../templates/runtime/batch/draft/executed-batches.ts';

// Which batch of a server's history is taken for one that a restored journal does not know.

const action = (port: number): object => ({
  resource: `/devices/Q2/switch/ports/${port}`,
  operation: 'update',
  body: { vlan: port },
});

/** What of a history with these batches is taken for one of the run. */
function find(
  history: Readonly<Record<string, readonly number[]>>,
  sent: readonly number[],
  known: { readonly others?: readonly string[]; readonly first?: string; readonly isEarly?: true },
): Promise<string | undefined> {
  const value = Object.entries(history).map(([id, ports]) => ({
    id,
    confirmed: true,
    failed: false,
    actions: ports.map(action),
  }));
  // It asks for the history alone.
  const api = { history: () => Promise.resolve({ ok: true, value }) } as unknown as DraftApi;
  const { others = [], first, isEarly = false } = known;
  return new ExecutedBatches(api, () => false, others, first).find(sent.map(action), isEarly);
}

describe('since the first draft of the run', () => {
  test('one action in common is enough', async () => {
    expect(await find({ 12: [1, 8, 9] }, [1, 2, 3], { first: '10' })).toBe('12');
  });

  test('a batch without one is none of the run', async () => {
    expect(await find({ 12: [7, 8, 9] }, [1, 2, 3], { first: '10' })).toBeUndefined();
  });
});

describe('where the first draft of the run is not known', () => {
  test('a batch that does some of the same is of another run', async () => {
    expect(await find({ 12: [1, 8, 9] }, [1, 2, 3], {})).toBeUndefined();
  });

  test.each([
    ['all that is to be sent', [1, 2, 3]],
    ['a part of it and nothing else', [1, 2]],
    ['the same in another order', [3, 1, 2]],
  ])('a batch that has %s is of the run', async (_, ports) => {
    expect(await find({ 12: ports }, [1, 2, 3], {})).toBe('12');
  });

  test('a batch that does more is of another run', async () => {
    expect(await find({ 12: [1, 2, 3, 8] }, [1, 2, 3], {})).toBeUndefined();
  });

  test('an action that stands twice in a batch counts once', async () => {
    expect(await find({ 12: [1, 1, 8] }, [1, 1, 2], {})).toBeUndefined();
  });

  test('a batch is older than the run that was there before it', async () => {
    expect(await find({ 12: [1, 2] }, [1, 2], { others: ['15'] })).toBeUndefined();
  });
});

test.each([[true, '8'] as const, [undefined, undefined] as const])(
  'before the first known draft a batch counts where the attempt may be as early: %s',
  async (isEarly, expected) => {
    const known = { first: '10', ...(isEarly && { isEarly }) };
    expect(await find({ 8: [1, 2] }, [1, 2], known)).toBe(expected);
  },
);
