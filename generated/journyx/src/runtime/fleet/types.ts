// @ts-nocheck
import type { Transmit } from '../call.js';
import type { Client } from '../client.js';
import type { Items } from '../batch/action/types.js';
import type { Outcome } from '../batch/outcome/outcome.js';
import type { Plan } from '../batch/plan/units.js';
import type { OnError } from '../batch/protocol/protocol.js';
import type { FleetMeter } from './meter.js';
import type { PostgresConnection } from './postgres.js';

/** What a fleet needs to know, on the machines that submit and on those that work. */
export interface FleetOptions {
  /** How PostgreSQL is reached: a connection string, or the settings of a pool of `pg`. */
  readonly connection: PostgresConnection;
  /**
   * Makes the client of a unit: an organization, a device, a tenant. Give it the `fetch` that comes with it:
   * that one sends nothing once another worker may act for the unit.
   */
  readonly client: (unit: string, context: ClientContext) => FleetClient | Promise<FleetClient>;
  /** The schema of the tables; that of pg-boss has `_boss` at its end. Default `batchwright`. */
  readonly schema?: string | undefined;
  /**
   * Milliseconds after which a worker that gives no sign of life has lost its units. At least 10,000, which
   * is the default.
   */
  readonly lease?: number | undefined;
  /**
   * Requests a second that may come from one source address; what the vendor of the API says, where it says
   * something. An address then has places for so many units as keep it busy. `Infinity`: no such limit.
   */
  readonly addressRate?: number | undefined;
  /** What sends the requests of workers: `undiciFetch(undici)`, say. Default: the platform's `fetch`. */
  readonly fetch?: Transmit | undefined;
  /** A meter of OpenTelemetry: `metrics.getMeter('fleet')`. Default: nothing is measured. */
  readonly meter?: FleetMeter | undefined;
  /** Encrypts what is stored of actions and outcomes; `open` is its inverse. Default: stored as it is. */
  readonly seal?: ((text: string) => string | Promise<string>) | undefined;
  readonly open?: ((sealed: string) => string | Promise<string>) | undefined;
  /** Takes errors that no call can throw, as of a database that is away for a while. Default: none. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What comes with a unit. */
export interface ClientContext {
  readonly fetch: typeof fetch;
  /** How often the unit has changed its owner so far: a later owner has a higher one. */
  readonly epoch: string;
}

/** A client object, or what has one. */
export type FleetClient = Client | { readonly client: Client };

/** How a run is to behave. */
export interface FleetRunOptions {
  /** What happens after a failure. Default: that of the dialect's runs. */
  readonly onError?: OnError | undefined;
  /** Batches at a time; at most what the server allows. */
  readonly concurrency?: number | undefined;
  /** Writes down what there was before, so that the run can be undone. Default false. */
  readonly capture?: boolean | undefined;
}

/** What is submitted, besides the scope. */
export type Work =
  | { readonly actions: Items; readonly plan?: undefined }
  | { readonly plan: Plan; readonly actions?: undefined };

/** When and how it is done. */
export interface Ordering {
  readonly options?: FleetRunOptions | undefined;
  /** Not before this time. */
  readonly startAfter?: Date | undefined;
  /** Runs of a higher one go first. Default 0. */
  readonly priority?: number | undefined;
  /** Submitting again under the same key gives the run that is there, and stores nothing. */
  readonly key?: string | undefined;
}

/** The values of the scope say which unit; where there are none, `unit` does. */
export type Submission<ScopeName extends string> = Work &
  Ordering &
  ([ScopeName] extends [never]
    ? { readonly unit: string }
    : { readonly [Name in ScopeName]: string });

/** How far a run has come. */
export type RunState =
  /** It waits for a worker, for its time, or for other runs of its unit. */
  | 'queued'
  | 'running'
  | 'done'
  /** `cancel` ended it before its end. */
  | 'cancelled'
  /** It could not be run; `error` says why. */
  | 'failed';

/** A run, as the store knows it. */
export interface RunStatus {
  readonly id: string;
  readonly kind: 'run' | 'undo';
  readonly unit: string;
  readonly state: RunState;
  /** Actions of its plan, and how many of them have an outcome. */
  readonly actions: number;
  readonly settled: number;
  /** Outcomes by their status. */
  readonly counts: Readonly<Partial<Record<Outcome['status'], number>>>;
  /** The worker that has it now, and under which epoch of the unit. */
  readonly owner: { readonly worker: string; readonly epoch: string } | undefined;
  readonly error: string | undefined;
  readonly created: Date;
  readonly started: Date | undefined;
  readonly ended: Date | undefined;
}

/** What became of one action. */
export interface StoredOutcome {
  /** Index in the plan. */
  readonly index: number;
  readonly outcome: Outcome;
}

/** How a worker works. */
export interface WorkOptions {
  /** Units that it acts for at a time, at most. Default 10. */
  readonly organizations?: number | undefined;
  /**
   * The source address that its requests come from, by any name: workers that give the same share what `addressRate`
   * allows. Default: this machine, and the address under which it reaches the database.
   */
  readonly address?: string | undefined;
  /** What it is called in `status`. Default: host name and process id. */
  readonly name?: string | undefined;
  /**
   * Milliseconds after which a run makes way where others wait for a place; it goes on behind them. Default
   * 60,000.
   */
  readonly slice?: number | undefined;
}

/** A worker that is at work. */
export interface Worker {
  readonly name: string;
  /**
   * Takes nothing new, ends what it has begun in order, and resolves when others may go on with the rest: for
   * SIGTERM.
   */
  drain(): Promise<void>;
  /** Resolves once it has ended, by `drain` here or that of a fleet. */
  readonly drained: Promise<void>;
}

/** What waits in the queue. */
export interface QueueDepth {
  readonly queued: number;
  readonly running: number;
  /** Seconds for which the oldest run waits that could have begun. */
  readonly oldest: number;
}

/** How a fleet fares. */
export interface FleetHealth extends QueueDepth {
  /** Runs that wait while all workers have gone are `without-workers`. */
  readonly state: 'ok' | 'without-workers' | 'without-database';
  /** Those that have given a sign of life. */
  readonly workers: readonly WorkerHealth[];
}

export interface WorkerHealth {
  readonly name: string;
  readonly address: string;
  /** Units that it may act for at a time, and those that it acts for. */
  readonly places: number;
  readonly busy: number;
  readonly isDraining: boolean;
  readonly started: Date;
}

/** Runs for many units, on many machines. */
export interface Fleet<ScopeName extends string> {
  /** Stores a run, durably, and gives its id. A worker takes it up. */
  submit(submission: Submission<ScopeName>): Promise<string>;
  /** Begins to work, in this process. */
  work(options?: WorkOptions): Promise<Worker>;
  /** @throws RangeError where there is no such run. */
  status(run: string): Promise<RunStatus>;
  /** How the run goes, whenever something has changed, until it has ended. */
  watch(run: string): AsyncGenerator<RunStatus, void>;
  /** What became of its actions, in the order of the plan; those that have an outcome. */
  outcomes(run: string): AsyncGenerator<StoredOutcome, void>;
  /** Ends a run: nothing new is begun. What was not begun is `skipped`. False where it had ended. */
  cancel(run: string): Promise<boolean>;
  /** Takes up a run that was cancelled or has failed. False where there is nothing to take up. */
  resume(run: string): Promise<boolean>;
  /** Takes back a run that was captured, as a run of its own, whose id it gives. */
  undo(run: string, ordering?: Omit<Ordering, 'options'>): Promise<string>;
  /** How the fleet fares: never rejects because the database is away. */
  health(): Promise<FleetHealth>;
  /** Has workers of any machine end in order: those of a name, or all. Gives their number. */
  drain(worker?: string): Promise<number>;
  /** Forgets runs that ended before a time: their journals and outcomes. Gives their number. */
  forget(before: Date): Promise<number>;
  /** Lets go of the database. Workers are drained. */
  close(): Promise<void>;
}
