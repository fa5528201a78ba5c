/** Signals that end a process, held back for a while. */
export interface HeldSignals {
  /** Whether one came; one that is on its way is waited for. */
  readonly heard: () => Promise<boolean>;
  /** Lets go, and sends on what came. */
  readonly release: () => Promise<void>;
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How many hold signals back now. They share one listener: Node.js warns of more than ten. */
let holders = 0;
let received: NodeJS.Signals | undefined;

function receive(signal: NodeJS.Signals): void {
  received ??= signal;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Holds back Ctrl-C and its like, so that nothing is left half done. */
export function holdSignals(): HeldSignals {
  if (holders === 0) for (const name of names) process.on(name, receive);
  holders += 1;

  // Signals arrive when the event loop polls. The first turn may be the rest of one that has polled.
  const heard = async (): Promise<boolean> => {
    await turn();
    await turn();
    return received !== undefined;
  };
  return {
    heard,
    async release() {
      await heard();
      holders -= 1;
      if (holders > 0) return;
      for (const name of names) process.off(name, receive);
      const signal = received;
      received = undefined;
      // Other listeners have already seen the signal.
      if (signal && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    },
  };
}
