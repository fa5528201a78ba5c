import type { Response, ResponseStatus } from './ir.ts';

/** Whether a call that is answered so has succeeded. */
export function isSuccess(status: ResponseStatus): boolean {
  return typeof status === 'number' ? status >= 200 && status < 300 : status === '2XX';
}

/** Whether an answer leads elsewhere: 304 does not. */
export function isRedirect(status: ResponseStatus): boolean {
  return status === '3XX' || [301, 302, 303, 307, 308].includes(Number(status));
}

/**
 * The responses of calls that succeed; where no other does, the default one, or that which says
 * where to look: a download whose URL is for a while.
 */
export function successesOf(responses: readonly Response[]): readonly Response[] {
  const found = responses.filter(({ status }) => isSuccess(status));
  if (found.length > 0) return found;
  const fallback = responses.filter(({ status }) => status === 'default');
  return fallback.length > 0 ? fallback : responses.filter(({ status }) => isRedirect(status));
}

/** Statuses that have no content anyway. */
const EMPTY_STATUSES: ReadonlySet<unknown> = new Set([204, 205]);

/** Whether an answer is JSON, or a status without content: what the run-time expects by itself. */
export function isPlainResponse({ status, reading, mediaType }: Response): boolean {
  return reading === 'none'
    ? EMPTY_STATUSES.has(status)
    : reading === 'json' && mediaType === 'application/json';
}
