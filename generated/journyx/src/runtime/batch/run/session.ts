import type { Client } from '../../client.js';
import type { Callback } from '../draft/callback.js';
import type { Clock } from '../pace/clock.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { Journal, RunEntry } from '../journal/journal.js';
import type { Conditions, Lifecycle, Means } from './executor.js';
import { Log } from '../journal/run-state.js';
import type { SkipReason } from '../outcome/outcome.js';
import { Pace, Smoothed, Window } from '../pace/limits.js';

/** What all runs of a dialect share. */
export interface Environment<L extends Lifecycle = Lifecycle, D extends DialectBase = DialectBase> {
  readonly client: Client;
  readonly dialect: D;
  readonly clock: Clock;
  /** Makes what executes the batches of a run. */
  readonly lifecycle: (means: Means) => L;
}

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
  readonly callback?: Callback | undefined;
}

/** The parts that work together in a run. */
export interface Machine<L extends Lifecycle = Lifecycle> {
  readonly conditions: Conditions;
  readonly log: Log;
  readonly durations: Smoothed;
  readonly lifecycle: L;
  /** Aborted with a `SkipReason` when nothing new is to be begun. */
  readonly halt: AbortController;
}

/**
 * Opens the journal, builds the machine under the conditions that `settle` gives, and lets `work` use it.
 * Nothing goes on and the journal is free when this has ended, whatever happened.
 */
export async function launch<T, L extends Lifecycle>(
  { client, dialect, clock, lifecycle }: Environment<L>,
  options: LaunchOptions,
  settle: (log: Log) => Conditions | Promise<Conditions>,
  work: (machine: Machine<L>) => Promise<T>,
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
    if (conditions.onError !== 'continue' && log.failed) halt.abort('stopped' satisfies SkipReason);

    const { limits } = dialect;
    const durations = new Smoothed();
    const means: Means = {
      client,
      clock,
      conditions,
      log,
      pace: new Pace(clock, limits.perSecond, limits.burst),
      window: new Window(conditions.concurrency, limits.concurrent),
      durations,
      callback: options.callback,
      patience: options.timeout ?? dialect.timeout,
      signal: end.signal,
      halt: halt.signal,
    };
    return await work({ conditions, log, durations, lifecycle: lifecycle(means), halt });
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
