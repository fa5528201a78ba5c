// @ts-nocheck
/** Waits; ends early, without an error, where `signal` aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    // A timer takes no longer delay than 2^31 - 1, and fires at once.
    const timer = setTimeout(end, Math.min(ms, 2e9));
    signal.addEventListener('abort', end);
  });
}
