import type { Client } from '../../client.js';
import type { CreateAction } from '../action/action.js';
import { readCallback, type CallbackBatch, type CallbackOptions } from './callback.js';
import { systemClock, type Clock } from '../pace/clock.js';
import type { Dialect, DialectBase, Scope } from '../protocol/protocol.js';
import { discardDrafts, makeDrafts, type Draft, type DraftEnvironment } from './review.js';
import { DraftLifecycle } from './draft-executor.js';
import { atomic, type Item, type Items } from '../action/group.js';
import { memoryJournal, type Journal } from '../journal/journal.js';
import type { LaunchOptions } from '../run/session.js';
import { createPlan, type Plan, type PlanOptions } from '../plan/plan.js';
import { ref, type Ref } from '../action/reference.js';
import type { Inspect, Run } from '../run/run.js';
import {
  conditionsFor,
  isStream,
  planFor,
  resumeRun,
  resumeStream,
  startRun,
  startStream,
} from '../run/start.js';
import type { StreamRun } from '../run/stream.js';
import { inspect, type Inspection } from '../verify/verify.js';

/** How a run behaves. */
export interface Behaviour extends LaunchOptions {
  /**
   * `stop` (default): nothing new is begun after a failure. `continue`: what failed is taken out, and the rest
   * is sent again.
   */
  readonly onError?: 'stop' | 'continue' | undefined;
}

export type RunOptions<D extends DialectBase> = Scope<D> & PlanOptions & Behaviour & Inspection;
/** As `RunOptions`, without what the plan has decided. */
export type PlannedRunOptions<D extends DialectBase> = Scope<D> &
  Pick<PlanOptions, 'concurrency'> &
  Behaviour &
  Inspection;
export type StreamOptions<D extends DialectBase> = Scope<D> &
  Omit<PlanOptions, 'batchMs'> &
  Behaviour;
export type ResumeOptions = Omit<LaunchOptions, 'journal'> & Inspection;

/** Runs batches of one API. What the API's dialect cannot do is not there. */
export interface Batch<D extends Dialect> {
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
  resume(journal: Journal, options?: ResumeOptions): Run<readonly Item[], D['reports']>;
  resume<I extends Items>(
    journal: Journal,
    options: ResumeOptions & { readonly plan: Plan<I> },
  ): Run<I, D['reports']>;
  /** Takes up a stream; `items` gives the same actions again, from the first. */
  resume(
    journal: Journal,
    options: Omit<LaunchOptions, 'journal'> & { readonly items: AsyncIterable<Item> },
  ): StreamRun;

  /** Actions that are applied together or not at all. */
  readonly atomic: typeof atomic;
  /** Stands for what the server will tell of a resource that an action creates: its id, or its path. */
  ref(action: CreateAction, field?: 'id' | 'uri'): Ref<string>;

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
  const environment: DraftEnvironment = {
    client,
    dialect,
    clock,
    lifecycle: (means) => new DraftLifecycle(dialect, means),
  };
  const look =
    (options: Inspection): Inspect =>
    ({ actions }, outcomes) =>
      inspect(environment, options, actions, outcomes);
  const batch = {
    plan: (items: Items, options?: PlanOptions) => createPlan(dialect, items, options),
    run: (items: Plan | Items | AsyncIterable<Item>, options: RunOptions<Dialect>) =>
      isStream(items)
        ? startStream(environment, items, options)
        : startRun(environment, planFor(dialect, items, options), options, look(options)),
    draft: (items: Plan | Items, options: RunOptions<Dialect>) =>
      draft(environment, planFor(dialect, items, options), options, look(options)),
    resume: (
      journal: Journal,
      options: ResumeOptions & { readonly plan?: Plan; readonly items?: AsyncIterable<Item> } = {},
    ) =>
      options.items
        ? resumeStream(environment, journal, options, options.items)
        : resumeRun(environment, journal, options, options.plan, look(options)),
    atomic,
    ref,
    parseCallback: (request: Request | string | object, options: CallbackOptions) =>
      readCallback(dialect, request, options),
  };
  // The implementations are those of the overloads, whose types they cannot spell.
  return batch as unknown as Batch<D>;
}

async function draft(
  environment: DraftEnvironment,
  plan: Plan,
  options: RunOptions<Dialect>,
  look: Inspect,
): Promise<Draft<Items, never>> {
  const journal = options.journal ?? memoryJournal();
  const conditions = conditionsFor(environment, options, { ...plan, stream: false });
  const drafted = await makeDrafts(environment, plan, conditions, { ...options, journal });
  return {
    plan,
    ...drafted,
    confirm: () => resumeRun(environment, journal, options, plan, look),
    discard: () => discardDrafts(environment, conditions, { ...options, journal }),
  };
}
