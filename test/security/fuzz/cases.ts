import fc from 'fast-check';
import { type CallbackCase, callbackCases, judgeCallback } from './callbacks.ts';
import { type Call, calls, judgeCall } from './calls.ts';
import { type DraftsCase, draftsCases, judgeDrafts } from './drafts.ts';
import { type JournalCase, journalCases, judgeJournal } from './journals.ts';
import { judgeRequests, type RequestsCase, requestsCases } from './requests.ts';
import { judgeStream, type StreamCase, streamCases } from './streams.ts';
import { judgeWire, type WireCase, wireCases } from './wire-calls.ts';

/** What a hostile server, sender or store does to the client once. */
export type Case =
  Call | CallbackCase | DraftsCase | JournalCase | RequestsCase | StreamCase | WireCase;

export const cases: fc.Arbitrary<Case> = fc.oneof(
  { weight: 3, arbitrary: calls },
  { weight: 1, arbitrary: streamCases },
  { weight: 2, arbitrary: wireCases },
  { weight: 1, arbitrary: draftsCases },
  { weight: 1, arbitrary: requestsCases },
  { weight: 1, arbitrary: callbackCases },
  { weight: 2, arbitrary: journalCases },
);

/** What is wrong with the client; nothing where the list is empty. */
export function judge(one: Case): Promise<readonly string[]> {
  switch (one.kind) {
    case 'call':
      return judgeCall(one);
    case 'stream':
      return judgeStream(one);
    case 'wire':
      return judgeWire(one);
    case 'drafts':
      return judgeDrafts(one);
    case 'requests':
      return judgeRequests(one);
    case 'callback':
      return judgeCallback(one);
    case 'journal':
    case 'journal file':
      return judgeJournal(one);
  }
}
