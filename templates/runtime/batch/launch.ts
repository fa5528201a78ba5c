import type { Client } from '../client.js';
import { Calls } from './calls.js';
import type { Clock } from './clock.js';
import type { DraftDialect } from './dialect.js';
import { DraftLifecycle } from './drafts.js';
import type { Journal, RunEntry } from './journal.js';
import { Log } from './log.js';
import type { SkipReason } from './outcome.js';
import { Poller } from './poll.js';
import { Pace, Smoothed, Window } from './schedule.js';

/** What all runs of a dialect share. */
export interface Environment {
  readonly client: Client;
  readonly dialect: DraftDialect;
  readonly clock: Clock;
}

/** How a run is to behave; a journal keeps it. */
export type Conditions = Omit<RunEntry, 'type' | 'version' | 'dialect'>;

export interface LaunchOptions {
  /** Ends the run at once: what was not begun is `skipped`, what was under way `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Where the run writes down what it does, so that it can be resumed. */
  readonly journal?: Journal | undefined;
  /**
   * Milliseconds after which a batch that has not ended is given up as `unknown`, and a server that does
   * not answer as unreachable. Default: what the dialect says.
   */
  readonly timeout?: number | undefined;
  /** Where the server is to report the end of each batch. */
  readonly callback?: unknown;
}

/** The parts that work together in a run. */
export interface Machine {
  readonly conditions: Conditions;
  readonly log: Log;
  readonly calls: Calls;
  readonly window: Window;
  readonly durations: Smoothed;
  readonly poller: Poller;
  readonly lifecycle: DraftLifecycle;
  /** Aborted with a `SkipReason` when nothing new is to be begun. */
  readonly halt: AbortController;
}

/**
 * Opens the journal, builds the machine under the conditions that `settle` gives, and lets `work` use it.
 * Nothing goes on and the journal is free when this has ended, whatever happened.
 */
export async function launch<T>(
  { client, dialect, clock }: Environment,
  options: LaunchOptions,
  settle: (log: Log) => Conditions | Promise<Conditions>,
  work: (machine: Machine) => Promise<T>,
): Promise<T> {
  const log = await Log.open(options.journal);
  const end = new AbortController();
  const halt = new AbortController();
  const abort = (): void => {
    if (!halt.signal.aborted) halt.abort('aborted' satisfies SkipReason);
    end.abort();
  };
  try {
    const conditions = await settle(log);
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort);
    // A run that was stopped by an error stays stopped.
    if (conditions.onError === 'stop' && log.failed) halt.abort('stopped' satisfies SkipReason);

    const { limits } = dialect;
    const { signal } = end;
    const timeout = options.timeout ?? dialect.timeout;
    const pace = new Pace(clock, limits.perSecond, limits.burst);
    const calls = new Calls(client, dialect, conditions.scope, pace, signal);
    const window = new Window(conditions.concurrency, limits.concurrent);
    const durations = new Smoothed();
    const poller = new Poller({ calls, clock, window, durations, timeout, signal });
    const { callback } = options;
    const setting = { calls, clock, window, poller, log, callback, patience: timeout, signal };
    const lifecycle = new DraftLifecycle({ ...setting, halt: halt.signal });
    for (const id of log.ids()) lifecycle.claim(id);
    return await work({ conditions, log, calls, window, durations, poller, lifecycle, halt });
  } finally {
    options.signal?.removeEventListener('abort', abort);
    end.abort();
    await log.close();
  }
}

/** The first entry of a fresh journal. */
export function runEntry({ dialect }: Environment, conditions: Conditions): RunEntry {
  return { type: 'run', version: 1, dialect: dialect.name, ...conditions };
}
