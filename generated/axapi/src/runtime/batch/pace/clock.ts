import { onAbort } from './on-abort.js';

/** Where time comes from. Tests bring a faster one. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Ends after `ms` milliseconds, or when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds since 1970, the same for all processes; by default the system's. */
  date?(): number;
}

/** The longest delay that a timer can keep. */
const maxDelay = 0x7fffffff;

/** The system's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      let ignore: (() => void) | undefined;
      const wake = (): void => {
        clearTimeout(timer);
        ignore?.();
        resolve();
      };
      const timer = setTimeout(wake, Math.min(ms, maxDelay));
      ignore = signal && onAbort(signal, wake);
    }),
};
