import type { Client } from '../../client.js';
import type { Journal } from '../journal/journal.js';
import { RunState } from '../journal/run-state.js';
import type { SkipReason } from '../outcome/batch-result.js';
import { BatchSlots } from '../pace/batch-slots.js';
import type { Clock } from '../pace/clock.js';
import { DurationEstimate } from '../pace/duration-estimate.js';
import { onAbort } from '../../transport/on-abort.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { ReadLag } from '../pace/read-lag.js';
import { Shown } from '../pace/shown.js';
import { Silence } from '../pace/silence.js';
import { Standstill } from '../pace/standstill.js';
import type { Plan } from '../plan/units.js';
import type { Callback, DialectBase } from '../protocol/protocol.js';
import type { BatchExecutor, RunContext, RunParts, RunSettings } from './executor.js';

/** What all runs of a dialect share. */
export interface Engine<
  E extends BatchExecutor = BatchExecutor,
  D extends DialectBase = DialectBase,
> {
  readonly client: Client;
  readonly dialect: D;
  readonly clock: Clock;
  /** Spaces out the requests of all runs, and those that look at what they did. */
  readonly limiter: RateLimiter;
  /** Loads what makes the executor of a run: what only plans does without. */
  readonly executor: () => Promise<(context: RunContext) => E>;
  /** Waits until the server executes nothing that writes certain resources, where batches take their time. */
  readonly quiet?: ((asked: Quiet) => Promise<void>) | undefined;
}

/** What is to be at rest before it is looked at. */
export interface Quiet {
  readonly scope: Readonly<Record<string, string>>;
  /** Whether a path is one of its resources, or is above or below one. */
  readonly touches: (path: string) => boolean;
  readonly signal: AbortSignal | undefined;
}

export interface SessionOptions {
  /** Ends the run at once: what was not begun is `skipped`, what was under way `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Where the run writes down what it does, so that it can be resumed. */
  readonly journal?: Journal | undefined;
  /**
   * Milliseconds after which a batch that has not ended is given up as `unknown`, and a server that does
   * not answer as unreachable, or whose places for batches others hold all the time. Default: what the
   * dialect says, and six hours for a place.
   */
  readonly timeout?: number | undefined;
  /** Where the server is to report the end of each batch. */
  readonly callback?: Callback | undefined;
}

/**
 * What a run holds from its first look at the journal to its end. The code that opens it closes it: then
 * nothing goes on, and the journal is free.
 */
export class Session<E extends BatchExecutor = BatchExecutor> {
  readonly state: RunState;
  readonly #engine: Engine<E>;
  readonly #options: SessionOptions;
  readonly #executor: (context: RunContext) => E;
  readonly #end = new AbortController();
  readonly #stop = new AbortController();
  #ignore: () => void = () => {};

  private constructor(
    engine: Engine<E>,
    options: SessionOptions,
    executor: (context: RunContext) => E,
    state: RunState,
  ) {
    this.#engine = engine;
    this.#options = options;
    this.#executor = executor;
    this.state = state;
  }

  /** @throws JournalError where the journal cannot be used. */
  static async open<E extends BatchExecutor>(
    engine: Engine<E>,
    options: SessionOptions,
  ): Promise<Session<E>> {
    const executor = await engine.executor();
    return new Session(engine, options, executor, await RunState.open(options.journal));
  }

  /** Builds the parts of the run, now that it is known how it is to behave. */
  begin(settings: RunSettings): RunParts<E> {
    const { client, dialect, clock, limiter } = this.#engine;
    const { signal, callback, timeout = dialect.timeout } = this.#options;
    const state = this.state;
    const stop = this.#stop;
    if (signal) this.#ignore = onAbort(signal, this.#abort);
    // A run that was stopped by an error stays stopped.
    if (settings.onError !== 'continue' && state.failed) stop.abort('stopped' satisfies SkipReason);

    const durations = new DurationEstimate();
    const slots = new BatchSlots(settings.concurrency, dialect.limits.concurrent);
    const silence = new Silence(clock, timeout);
    const standstill = new Standstill({ clock, limiter, slots, silence });
    const context: RunContext = {
      client,
      clock,
      settings,
      state,
      limiter,
      slots,
      durations,
      lag: new ReadLag(),
      silence,
      shown: new Shown(secretsOf(callback)),
      callback,
      timeout,
      placeTimeout: this.#options.timeout ?? longestForPlace,
      abortSignal: this.#end.signal,
      stopSignal: stop.signal,
    };
    return { settings, state, durations, executor: this.#executor(context), standstill, stop };
  }

  async close(): Promise<void> {
    this.#ignore();
    this.#end.abort();
    await this.state.close();
  }

  readonly #abort = (): void => {
    if (!this.#stop.signal.aborted) this.#stop.abort('aborted' satisfies SkipReason);
    this.#end.abort();
  };
}

/** A callback that the server keeps has its secret there. */
function secretsOf(callback: Callback | undefined): readonly string[] {
  return callback && 'sharedSecret' in callback ? [callback.sharedSecret] : [];
}

/** Milliseconds that a run waits while others hold all places: their batches may be many, and slow. */
const longestForPlace = 21_600_000;

/** What is to be done, and how. */
export interface PreparedRun {
  readonly plan: Plan;
  readonly settings: RunSettings;
  /** Whether no batch is missing from the plan. */
  readonly complete: boolean;
}

/** Works out what is to be done from what the journal holds. */
export type Prepare<T> = (state: RunState) => Promise<T>;
