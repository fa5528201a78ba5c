import fc from 'fast-check';
import { expect, test } from 'vitest';
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
    expect([...kinds].toSorted()).toEqual([
      'call',
      'callback',
      'drafts',
      'journal',
      'journal file',
      'requests',
      'stream',
      'wire',
    ]);
  },
);
