// @ts-nocheck
import type { Clock } from './clock.js';
import { onAbort } from '../../transport/on-abort.js';

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
