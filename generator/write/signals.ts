import { setImmediate } from 'node:timers/promises';

/** Signals that end a process, held back for a while. */
export interface HeldSignals {
  /** Whether one came; one that is on its way is waited for. */
  readonly heard: () => Promise<boolean>;
  /** Lets go, and sends on what came. */
  readonly release: () => Promise<void>;
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds back Ctrl-C and its like, so that nothing is left half done. */
export function holdSignals(): HeldSignals {
  let received: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  for (const name of names) process.on(name, listener);

  // Signals arrive when the event loop polls. The first turn may be the rest of one that has polled.
  const heard = async (): Promise<boolean> => {
    await setImmediate();
    await setImmediate();
    return received !== undefined;
  };
  return {
    heard,
    async release() {
      await heard();
      for (const name of names) process.off(name, listener);
      // Other listeners have already seen the signal.
      if (received && process.listenerCount(received) === 0) process.kill(process.pid, received);
    },
  };
}
