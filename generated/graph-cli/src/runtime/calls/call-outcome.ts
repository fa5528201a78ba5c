// @ts-nocheck
import type { Outcome } from '../run/client-batch.js';
import type { CallAction } from './call-action.js';

/** The parts of the client's errors that say what became of a call. */
interface CallFailure {
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
  readonly outcome?: 'unknown';
}

/** What became of a call. `isAgain`: it may have arrived before. */
export async function outcomeOf(
  call: PromiseLike<unknown>,
  { method }: CallAction,
  isAgain: boolean,
): Promise<Outcome> {
  try {
    return { status: 'applied', value: idOf(await call) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The client's errors have these; others have none of them.
    const { message, status, code, outcome } = error as CallFailure;
    const isGone = status === 404 || status === 410;
    if (isAgain && method === 'DELETE' && isGone) return { status: 'applied', value: {} };
    if (outcome === 'unknown') return { status: 'unknown', reason: 'lost', message };
    // What says nothing of the change itself proves nothing of what arrived before.
    if (isAgain && (status === undefined || isPassing(status)))
      return { status: 'unknown', reason: 'lost', message };
    return { status: 'failed', error: { message }, ...reasonOf(status, code) };
  }
}

function isPassing(status: number): boolean {
  return [401, 403, 407, 408, 425, 429].includes(status) || status >= 500;
}

function reasonOf(status: number | undefined, code: string | undefined): Pick<Outcome, 'reason'> {
  if (status === 401) return { reason: 'denied' };
  return code === 'network' ? { reason: 'unreachable' } : {};
}

/** Of what was created, its name: the rest may hold secrets. */
function idOf(value: unknown): { readonly id?: string | number } {
  if (typeof value !== 'object' || value === null || !('id' in value)) return {};
  const { id } = value;
  return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}
