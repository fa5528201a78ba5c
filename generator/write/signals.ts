/** Signals that end a process, held back for a while. */
export interface HeldSignals {
  /** The first that came. */
  readonly received: NodeJS.Signals | undefined;
  /** Lets go, and sends on what was received. */
  readonly release: () => void;
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds back Ctrl-C and its like, so that nothing is left half done. */
export function holdSignals(): HeldSignals {
  let received: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  for (const name of names) process.on(name, listener);

  return {
    get received() {
      return received;
    },
    release() {
      for (const name of names) process.off(name, listener);
      // Whoever else listens has had the signal already.
      if (received && process.listenerCount(received) === 0) process.kill(process.pid, received);
    },
  };
}
