import fc from 'fast-check';
import { readCallback } from '../../../templates/runtime/batch/draft/callback.ts';
import type { CallbackError } from '../../../templates/runtime/batch/draft/check-callback.ts';
import { meraki } from '../../runtime/batch/meraki.ts';
import { junk, mostly } from './answers.ts';
import { record } from './drafts.ts';
import { key, memberOf, watched } from './watch.ts';

/** What somebody sends to where callbacks are expected. */
export interface CallbackCase {
  readonly kind: 'callback';
  readonly payload: unknown;
  readonly as: 'object' | 'text' | 'bytes' | 'request';
}

export const callbackCases: fc.Arbitrary<CallbackCase> = fc.record({
  kind: fc.constant('callback' as const),
  payload: fc.oneof(
    { weight: 1, arbitrary: junk },
    {
      weight: 9,
      arbitrary: fc.record({ sharedSecret: mostly(key), message: fc.oneof(record, junk) }),
    },
  ),
  as: fc.constantFrom('object', 'text', 'bytes', 'request'),
});

/** What is wrong with how a callback is read. */
export async function judgeCallback({ payload, as }: CallbackCase): Promise<readonly string[]> {
  const isForged = memberOf(payload, 'sharedSecret') !== key;
  const { ended, faults } = await watched(() =>
    readCallback(meraki, given(payload, as), { sharedSecret: key }),
  );
  const { reason } = (ended.error ?? {}) as Partial<CallbackError>;
  const isRead = ended.error === undefined;
  return [
    ...faults,
    ...(isForged && isRead ? ['a forged callback is read'] : []),
    ...(!isForged && reason === 'secret' ? ['the right secret is refused'] : []),
  ];
}

function given(payload: unknown, as: CallbackCase['as']): Request | string | object {
  const text = JSON.stringify(payload) ?? '';
  switch (as) {
    case 'object':
      return Object(payload);
    case 'text':
      return text;
    case 'bytes':
      return new TextEncoder().encode(text);
    case 'request':
      return new Request('https://me.example/', { method: 'POST', body: text });
  }
}
