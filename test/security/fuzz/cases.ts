import fc from 'fast-check';
import { type BatchCase, batchCases, judgeBatch } from './batches.ts';
import { type Call, calls, judgeCall } from './calls.ts';

/** What a hostile server, sender or store does to the client once. */
export type Case = Call | BatchCase;

export const cases: fc.Arbitrary<Case> = fc.oneof(calls, batchCases);

/** What is wrong with the client; nothing where the list is empty. */
export function judge(one: Case): Promise<readonly string[]> {
  return one.kind === 'call' ? judgeCall(one) : judgeBatch(one);
}
