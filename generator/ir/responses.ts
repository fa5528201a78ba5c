import type { Response, ResponseStatus } from './ir.ts';

/** Whether a call that is answered so has succeeded. */
export function isSuccess(status: ResponseStatus): boolean {
  return typeof status === 'number' ? status >= 200 && status < 300 : status === '2XX';
}

/** The responses of calls that succeed; the default one where no other does. */
export function successesOf(responses: readonly Response[]): readonly Response[] {
  const found = responses.filter(({ status }) => isSuccess(status));
  return found.length > 0 ? found : responses.filter(({ status }) => status === 'default');
}
