/** What comes of `work`, unless the signal ends it first, whatever takes no notice of the signal. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    const done = (): void => signal.removeEventListener('abort', abort);
    work.then(resolve, reject).finally(done);
  });
}
