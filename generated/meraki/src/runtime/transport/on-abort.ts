// @ts-nocheck
/** What is to be done when a signal aborts, and how it stops listening. */
interface Waiting {
  readonly acts: Set<() => void>;
  readonly end: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls `act` once the signal aborts, and at once where it has. However many wait for a signal, it has one
 * listener: Node warns of more than ten. Gives what ends the waiting.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) {
    act();
    return () => {};
  }
  const { acts, end } = waiting.get(signal) ?? listen(signal);
  // The same function may wait twice.
  const own = (): void => act();
  acts.add(own);
  return () => {
    if (acts.delete(own) && acts.size === 0) end();
  };
}

function listen(signal: AbortSignal): Waiting {
  const acts = new Set<() => void>();
  const all = (): void => {
    for (const act of acts) act();
  };
  const end = (): void => {
    waiting.delete(signal);
    signal.removeEventListener('abort', all);
  };
  const one = { acts, end };
  waiting.set(signal, one);
  signal.addEventListener('abort', all);
  return one;
}

/** Does work with a signal of its own, which aborts with another. */
export async function withLinked<T>(
  signal: AbortSignal,
  work: (own: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const end = onAbort(signal, () => own.abort(signal.reason));
  try {
    return await work(own.signal);
  } finally {
    end();
  }
}
