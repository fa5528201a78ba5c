// @ts-nocheck
import { onAbort } from './on-abort.js';

/** What comes of `work`, unless the signal ends it first, whatever takes no notice of the signal. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const done = onAbort(signal, () => reject(signal.reason as Error));
    work.then(resolve, reject).finally(done);
  });
}
