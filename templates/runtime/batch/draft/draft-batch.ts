import type { Client } from '../../client.js';
import { atomic } from '../action/group.js';
import { ref } from '../action/reference.js';
import type { CreateAction, Item, Items, Ref } from '../action/types.js';
import { type Journal, memoryJournal } from '../journal/journal.js';
import { type Clock, systemClock } from '../pace/clock.js';
import { RateLimiter } from '../pace/rate-limiter.js';
import { createPlan, planFor } from '../plan/create-plan.js';
import { type PlanOptions } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { Dialect, Reports, Scope } from '../protocol/protocol.js';
import type { KeepOptions } from '../run/guard.js';
import { type Inspect, Run } from '../run/run.js';
import type { SessionOptions } from '../run/session.js';
import {
  freshRun,
  freshStream,
  isStream,
  resumedRun,
  resumedStream,
  settingsFor,
} from '../run/start.js';
import { StreamRun } from '../run/stream.js';
import type { JournalReport } from '../undo/journal-report.js';
import { type OnDemand, onDemand } from '../undo/on-demand.js';
import type { UndoOptions } from '../undo/safe-batch.js';
import type { Undo } from '../undo/undo.js';
import { inspect, type Inspection } from '../verify/verify.js';
import {
  type CallbackBatch,
  type CallbackOptions,
  checkCallback,
  readCallback,
} from './callback.js';
import { DraftExecutor } from './draft-executor.js';
import { discardDrafts, type Drafted, type DraftEngine, makeDrafts } from './review.js';
import type {
  PlannedRunOptions,
  PreviewOptions,
  ResumeOptions,
  RetryOptions,
  RunOptions,
  SafeguardOptions,
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

/** Binds a dialect to a client. */
export function createBatch<D extends Dialect>(
  client: Client,
  dialect: D,
  clock: Clock = systemClock,
): Batch<D> {
  const engine: DraftEngine = {
    client,
    dialect,
    clock,
    limiter: new RateLimiter(clock, dialect.limits.perSecond, dialect.limits.burst),
    executor: (context) => new DraftExecutor(dialect, context),
  };
  const late = onDemand(engine);
  const look =
    (options: Inspection): Inspect =>
    ({ actions }, outcomes) =>
      inspect(engine, options, actions, outcomes);
  const batch = {
    plan: (items: Items, options?: PlanOptions) => createPlan(dialect, items, options),
    run: (items: Plan | Items | AsyncIterable<Item>, options: RunOptions<Dialect>) => {
      checkCallback(options);
      return isStream(items)
        ? new StreamRun(engine, options, freshStream(engine, options), items)
        : new Run({
            engine,
            options: withJournal(options),
            prepare: freshRun(
              engine,
              planFor(dialect, items, options),
              options,
              late.preflight(options),
            ),
            inspect: look(options),
            guard: late.guard,
          });
    },
    readJournal: (journal: Journal) => late.readJournal(journal),
    retry: (journal: Journal, options: RetryOptions<Dialect> = {}) => {
      checkCallback(options);
      const prepare = late.retriedRun(journal, options);
      return new Run({ engine, options, prepare, inspect: look(options) });
    },
    undo: (journal: Journal, options?: UndoOptions) => late.undo(journal, options),
    keep: (journal: Journal, options?: KeepOptions) => late.keep(journal, options),
    preview: async (items: Plan | Items, options: PreviewOptions<Dialect>) =>
      late.preview(planFor(dialect, items, options), options),
    draft: (items: Plan | Items, options: RunOptions<Dialect>) => {
      checkCallback(options);
      return draft(engine, planFor(dialect, items, options), options, look(options), late);
    },
    resume: (
      journal: Journal,
      options: ResumeOptions & { readonly plan?: Plan; readonly items?: AsyncIterable<Item> } = {},
    ) => {
      checkCallback(options);
      return options.items
        ? new StreamRun(
            engine,
            { ...options, journal },
            resumedStream(engine, options),
            options.items,
          )
        : new Run({
            engine,
            options: { ...options, journal },
            prepare: resumedRun(engine, options.plan, options),
            inspect: look(options),
            guard: late.guard,
          });
    },
    atomic,
    ref,
    parseCallback: (request: Request | string | object, options: CallbackOptions) =>
      readCallback(dialect, request, options),
  };
  // The implementations are those of the overloads, whose types they cannot spell.
  return batch as unknown as Batch<D>;
}

/** What is held needs a journal, if only in memory. */
function withJournal<O extends SessionOptions & SafeguardOptions>(options: O): O {
  if (options.confirmWithin === undefined || options.journal) return options;
  return { ...options, journal: memoryJournal() };
}

async function draft(
  engine: DraftEngine,
  plan: Plan,
  options: RunOptions<Dialect>,
  look: Inspect,
  late: OnDemand,
): Promise<Draft<Items, never>> {
  const journal = options.journal ?? memoryJournal();
  const settings = settingsFor(engine, options, { ...plan, stream: false });
  await late.preflight(options)(plan, settings);
  const drafted = await makeDrafts(engine, plan, settings, { ...options, journal });
  return {
    plan,
    ...drafted,
    confirm: () =>
      new Run({
        engine,
        options: { ...options, journal },
        prepare: resumedRun(engine, plan, settings.scope),
        inspect: look,
        guard: late.guard,
      }),
    discard: () => discardDrafts(engine, settings, { ...options, journal }),
  };
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
