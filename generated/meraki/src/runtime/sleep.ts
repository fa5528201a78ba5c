/**
 * Waits; ends early, without an error, where `signal` aborts. One at a time for each signal: the next
 * listens in place of the last, so that a call that waits often does not gather listeners.
 */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A timer takes no longer delay than 2^31 - 1, and fires at once.
    const timer = setTimeout(resolve, Math.min(ms, 2e9));
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- replacing is what is meant
    signal.onabort = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
