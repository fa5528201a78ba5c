import type { Client } from '../client.js';
import type { CreateAction } from './action.js';
import { readCallback, type CallbackBatch, type CallbackOptions } from './callback.js';
import { systemClock, type Clock } from './clock.js';
import type { Dialect, DialectBase, Scope } from './dialect.js';
import { discardDrafts, makeDrafts, type Draft } from './draft.js';
import { atomic, type Item, type Items } from './group.js';
import { memoryJournal, type Journal } from './journal.js';
import { runEntry, type Conditions, type Environment, type LaunchOptions } from './launch.js';
import {
  concurrencyFor,
  createPlan,
  isPlan,
  modeFor,
  type Plan,
  type PlanOptions,
} from './plan.js';
import { ref, type Ref } from './ref.js';
import { conditionsOf, recordedIn, resumed } from './resume.js';
import { Run } from './run.js';
import { StreamRun } from './stream.js';
import { inspect, type Inspection } from './verify.js';

/** How a run behaves. */
export interface Behaviour extends LaunchOptions {
  /**
   * `stop` (default): nothing new is begun after a failure. `continue`: what failed is taken out, and the rest
   * is sent again.
   */
  readonly onError?: 'stop' | 'continue' | undefined;
}

export type RunOptions<D extends DialectBase> = Scope<D> & PlanOptions & Behaviour & Inspection;
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
  run<I extends Items>(plan: Plan<I>, options: RunOptions<D>): Run<I, D['reports']>;
  /** Runs actions as they come. Their number does not matter; their outcomes are not kept. */
  run(items: AsyncIterable<Item>, options: StreamOptions<D>): StreamRun;
  run<const I extends Items>(items: I, options: RunOptions<D>): Run<I, D['reports']>;

  /** Has the server check the actions, without executing anything. */
  draft<I extends Items>(plan: Plan<I>, options: RunOptions<D>): Promise<Draft<I, D['reports']>>;
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
  const environment: Environment = { client, dialect, clock };
  const batch = {
    plan: (items: Items, options?: PlanOptions) => createPlan(dialect, items, options),
    run: (items: Plan | Items | AsyncIterable<Item>, options: RunOptions<Dialect>) =>
      isStream(items)
        ? runStream(environment, items, options)
        : run(environment, planFor(dialect, items, options), options),
    draft: (items: Plan | Items, options: RunOptions<Dialect>) =>
      draft(environment, planFor(dialect, items, options), options),
    resume: (
      journal: Journal,
      options: ResumeOptions & { readonly plan?: Plan; readonly items?: AsyncIterable<Item> } = {},
    ) =>
      options.items
        ? resumeStream(environment, journal, options, options.items)
        : resume(environment, journal, options, options.plan),
    atomic,
    ref,
    parseCallback: (request: Request | string | object, options: CallbackOptions) =>
      readCallback(dialect, request, options),
  };
  // The implementations are those of the overloads, whose types they cannot spell.
  return batch as unknown as Batch<D>;
}

function isStream(items: object): items is AsyncIterable<Item> {
  return Symbol.asyncIterator in items;
}

function planFor(dialect: Dialect, items: Plan | Items, options: PlanOptions): Plan {
  // A plan knows that it is one, so the other is a list or record of items.
  return isPlan(items) ? items : createPlan(dialect, items as Items, options);
}

function conditionsFor(
  { dialect }: Environment,
  options: RunOptions<Dialect>,
  settled: Pick<Conditions, 'mode' | 'ordered' | 'concurrency' | 'stream'>,
): Conditions {
  const scope = Object.fromEntries(
    dialect.scope.map((name) => {
      const value = options[name];
      if (typeof value === 'string' && value !== '') return [name, value];
      throw new TypeError(`${name} is missing`);
    }),
  );
  const { mode, ordered, concurrency, stream } = settled;
  return { scope, mode, ordered, onError: options.onError ?? 'stop', concurrency, stream };
}

function run(
  environment: Environment,
  plan: Plan,
  options: RunOptions<Dialect>,
): Run<Items, never> {
  const conditions = conditionsFor(environment, options, { ...plan, stream: false });
  return new Run({
    environment,
    options,
    prepare: async (log) => {
      await log.begin(runEntry(environment, conditions));
      return { plan, conditions, complete: true };
    },
    inspect: ({ actions }, outcomes) => inspect(environment, options, actions, outcomes),
  });
}

function runStream(
  environment: Environment,
  items: AsyncIterable<Item>,
  options: RunOptions<Dialect>,
): StreamRun {
  const { dialect } = environment;
  const conditions = conditionsFor(environment, options, {
    mode: modeFor(dialect, undefined, options.mode),
    ordered: options.ordered ?? false,
    concurrency: concurrencyFor(dialect, options.concurrency),
    stream: true,
  });
  return new StreamRun(
    environment,
    options,
    async (log) => {
      await log.begin(runEntry(environment, conditions));
      return conditions;
    },
    items,
  );
}

function resume(
  environment: Environment,
  journal: Journal,
  options: ResumeOptions,
  plan: Plan | undefined,
): Run<Items, never> {
  return new Run({
    environment,
    options: { ...options, journal },
    prepare: (log) => Promise.resolve(resumed(environment, log, plan)),
    inspect: ({ actions }, outcomes) => inspect(environment, options, actions, outcomes),
  });
}

function resumeStream(
  environment: Environment,
  journal: Journal,
  options: LaunchOptions,
  items: AsyncIterable<Item>,
): StreamRun {
  const conditions = (log: Parameters<typeof recordedIn>[0]): Promise<Conditions> =>
    Promise.resolve(conditionsOf(recordedIn(log, environment.dialect.name).run));
  return new StreamRun(environment, { ...options, journal }, conditions, items);
}

async function draft(
  environment: Environment,
  plan: Plan,
  options: RunOptions<Dialect>,
): Promise<Draft<Items, never>> {
  const journal = options.journal ?? memoryJournal();
  const conditions = conditionsFor(environment, options, { ...plan, stream: false });
  const drafted = await makeDrafts(environment, plan, conditions, { ...options, journal });
  return {
    plan,
    ...drafted,
    confirm: () => resume(environment, journal, options, plan),
    discard: () => discardDrafts(environment, conditions, { ...options, journal }),
  };
}
