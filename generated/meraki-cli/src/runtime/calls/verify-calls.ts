// @ts-nocheck
import type { Client } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Outcome, Verification } from '../run/client-batch.js';
import type { CallAction } from './call-action.js';
import { type CallStep, previewOf } from './call-preview.js';

/** Looks whether what calls have done is there, where their own path can be read. */
export async function verifyCalls(
  api: GeneratedApi,
  client: Client,
  actions: readonly CallAction[],
  outcomes: readonly Outcome[],
): Promise<readonly (Verification | undefined)[]> {
  const applied = [...actions.keys()].filter((index) => outcomes[index]?.status === 'applied');
  const last = new Map(applied.map((index) => [actions[index]?.path, index]));
  const looked = applied.filter((index) => last.get(actions[index]?.path) === index);
  const { steps } = await previewOf(
    api,
    client,
    looked.flatMap((index) => actions[index] ?? []),
  );
  const found = new Map(looked.map((index, at) => [index, steps[at]]));
  return actions.map((action, index) => {
    if (outcomes[index]?.status !== 'applied') return undefined;
    const step = found.get(index);
    if (!step) return { state: 'unverified', reason: 'a later row changes the same' };
    return verificationOf(action, step);
  });
}

function verificationOf({ method }: CallAction, { kind, changes, why }: CallStep): Verification {
  switch (kind) {
    case 'same':
      return { state: 'same' };
    case 'destroy':
      return why === undefined
        ? different([{ pointer: '', intended: 'absent', actual: 'there' }])
        : { state: 'unverified', reason: why };
    case 'change':
      return different(
        (changes ?? []).map(({ member, from, to }) => ({
          pointer: `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          intended: to,
          actual: from,
        })),
      );
    case 'create':
      return method === 'POST'
        ? { state: 'unverified', reason: 'what was created is at a path of its own' }
        : different([{ pointer: '', intended: 'there', actual: 'absent' }]);
    case 'unreadable':
      return { state: 'unverified', reason: why ?? 'it cannot be read' };
  }
}

function different(
  differences: (Verification & { state: 'different' })['differences'],
): Verification {
  return { state: 'different', differences };
}
