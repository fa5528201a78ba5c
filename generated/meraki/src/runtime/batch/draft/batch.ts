// @ts-nocheck
import type { atomic } from '../action/group.js';
import type { CreateAction, Item, Items, Ref } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { PlanOptions } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { Dialect, Reports, Scope } from '../protocol/protocol.js';
import type { KeepOptions } from '../run/guard.js';
import type { Run } from '../run/run.js';
import type { SessionOptions } from '../run/session.js';
import type { StreamRun } from '../run/stream.js';
import type { JournalReport, Undo, UndoOptions } from '../undo/types.js';
import type { CallbackBatch, CallbackOptions } from './check-callback.js';
import type { Drafted } from './review.js';
import type {
  PlannedRunOptions,
  PreviewOptions,
  ResumeOptions,
  RetryOptions,
  RunOptions,
  StreamOptions,
} from './run-options.js';

/** Runs batches of one API. What the API's dialect cannot do is not there. */
export type Batch<D extends Dialect> = Runs<D> &
  (D extends { readonly hook: object } ? Callbacks : unknown);

interface Runs<D extends Dialect> {
  /**
   * Distributes actions over batches, without sending anything.
   *
   * @throws PlanError where they cannot be planned, with what to do about it.
   */
  plan<const I extends Items>(items: I, options?: PlanOptions): Plan<I>;

  /**
   * Runs a plan, or actions that it plans first.
   *
   * @throws PlanError where they cannot be planned.
   */
  run<I extends Items>(plan: Plan<I>, options: PlannedRunOptions<D>): Run<I, D['reports']>;
  /** Runs actions as they come. Their number does not matter; their outcomes are not kept. */
  run(items: AsyncIterable<Item>, options: StreamOptions<D>): StreamRun;
  run<const I extends Items>(items: I, options: RunOptions<D>): Run<I, D['reports']>;

  /**
   * Reads what the actions touch, and says what each will do: a plan with old and new values. Run it, and
   * it is refused if a touched value has changed since.
   */
  preview<I extends Items>(
    plan: Plan<I>,
    options: Scope<D> & Pick<SessionOptions, 'signal'>,
  ): Promise<Preview<I>>;
  preview<const I extends Items>(items: I, options: PreviewOptions<D>): Promise<Preview<I>>;

  /**
   * Works out what takes a run back that wrote before-images: a plan, to be run like any other. What
   * somebody else has changed since stays as it is, unless `force` is given.
   *
   * @throws JournalError where the journal holds no run.
   */
  undo(journal: Journal, options?: UndoOptions): Promise<Undo>;
  /**
   * Says that the changes of a run with `confirmWithin` stay, from another process than the run's.
   *
   * @throws JournalError where they are undone already, or the run has not ended.
   */
  keep(journal: Journal, options?: KeepOptions): Promise<void>;

  /** Has the server check the actions, without executing anything. */
  draft<I extends Items>(
    plan: Plan<I>,
    options: PlannedRunOptions<D>,
  ): Promise<Draft<I, D['reports']>>;
  draft<const I extends Items>(items: I, options: RunOptions<D>): Promise<Draft<I, D['reports']>>;

  /**
   * Takes up a run that a crash or an abort has ended. With the plan, outcomes come in its shape, and a
   * journal of another plan is refused; without it they come in a list, in the order of the plan.
   */
  resume(journal: Journal, options?: ResumeOptions<D>): Run<readonly Item[], D['reports']>;
  resume<I extends Items>(
    journal: Journal,
    options: ResumeOptions<D> & { readonly plan: Plan<I> },
  ): Run<I, D['reports']>;
  /** Takes up a stream; `items` gives the same actions again, from the first. */
  resume(
    journal: Journal,
    options: Partial<Scope<D>> &
      Omit<SessionOptions, 'journal'> & { readonly items: AsyncIterable<Item> },
  ): StreamRun;

  /** Reads what a journal says of its run: outcomes, a summary, a table. Nothing is sent. */
  readJournal(journal: Journal): Promise<JournalReport>;
  /**
   * Sends what failed, was rolled back or was skipped, as a run of its own. Outcomes come under the index that the
   * action, or the first of its group, has in the plan of the journal. What touches something unknown is not sent.
   * The run rejects with a JournalError where the journal's run has not ended, or was retried before.
   */
  retry(
    journal: Journal,
    options?: RetryOptions<D>,
  ): Run<{ readonly [index: string]: Item }, D['reports']>;

  /** Actions that are applied together or not at all. */
  readonly atomic: typeof atomic;
  /** Stands for what the server will tell of a resource that an action creates: its id, or its path. */
  ref(action: CreateAction, field?: 'id' | 'uri'): Ref<string>;
}

interface Callbacks {
  /**
   * Reads a callback: a `Request`, its text, or what was parsed from it.
   *
   * @throws CallbackError where the secret differs or the payload makes no sense.
   */
  parseCallback(
    request: Request | string | object,
    options: CallbackOptions,
  ): Promise<CallbackBatch>;
}

/** Batches that are on the server and do nothing until they are confirmed. */
export interface Draft<I extends Items, R extends Reports> extends Drafted {
  readonly plan: Plan<I>;
  /**
   * Runs the drafts, and what could not be drafted. With `onError: 'stop'` a draft that has problems is
   * thrown away as a whole.
   */
  confirm(): Run<I, R>;
  /** Throws the drafts away. */
  discard(): Promise<void>;
}
