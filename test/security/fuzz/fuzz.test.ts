import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeJournal, recorded } from './batches.ts';
import { cases, judge } from './cases.ts';

test(
  'whatever a server, a sender or a store does, the client keeps its promises: 2,000 times',
  { timeout: 300_000 },
  async () => {
    const kinds = new Set<string>();
    const property = fc.asyncProperty(cases, async (one) => {
      kinds.add(one.kind);
      expect(await judge(one)).toEqual([]);
    });
    await fc.assert(property, { seed: 20_260_101, numRuns: 2000 });
    expect([...kinds].toSorted()).toEqual(['call', 'callback', 'drafts', 'journal', 'requests']);
  },
);

const silent = [
  { status: 500, statusText: '', headers: [], chunks: ['{}'], ending: 'end' },
] as const;

// A known fault: the store's answer is taken apart before it is checked to be a list.
test.fails('a journal that is no list is damaged', async () => {
  expect(await judgeJournal({ 0: recorded[0] }, silent)).toEqual([]);
});

// A known fault: the wire form of an action is not checked.
test.fails('a journal with an action that names no resource is damaged', async () => {
  const text = JSON.stringify(recorded).replaceAll('"resource":', '"other":');
  expect(await judgeJournal(JSON.parse(text), silent)).toEqual([]);
});
