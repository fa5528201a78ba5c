import type { DialectBase } from '../protocol/protocol.js';
import type { Item, Items } from '../action/group.js';
import type { Journal } from '../journal/journal.js';
import { runEntry, type Environment, type LaunchOptions } from './session.js';
import type { Conditions } from './executor.js';
import {
  concurrencyFor,
  createPlan,
  isPlan,
  modeFor,
  type Plan,
  type PlanOptions,
} from '../plan/plan.js';
import { conditionsOf, recordedIn, resumed } from '../resume.js';
import { Run, type Inspect } from './run.js';
import { StreamRun } from './stream.js';

/** What runs of every dialect can be told, besides the values of the dialect's scope. */
export interface StartOptions extends PlanOptions, LaunchOptions {
  readonly onError?: Conditions['onError'] | undefined;
}

export function isStream(items: object): items is AsyncIterable<Item> {
  return Symbol.asyncIterator in items;
}

/**
 * The plan that was given, or that of the items.
 *
 * @throws TypeError where the plan has decided otherwise.
 */
export function planFor(dialect: DialectBase, items: Plan | Items, options: PlanOptions): Plan {
  // A plan knows that it is one, so the other is a list or record of items.
  if (!isPlan(items)) return createPlan(dialect, items as Items, options);
  const { mode = 'auto', ordered = items.ordered } = options;
  if ((mode === 'auto' || mode === items.mode) && ordered === items.ordered) return items;
  throw new TypeError(
    'The plan has its mode and order already: give these options to batch.plan().',
  );
}

/**
 * How a run is to behave.
 *
 * @throws TypeError where a value of the scope is missing, or the dialect has no such `onError`.
 */
export function conditionsFor(
  { dialect }: Environment,
  options: StartOptions,
  settled: Pick<Conditions, 'mode' | 'ordered' | 'concurrency' | 'stream'>,
): Conditions {
  const given = new Map<string, unknown>(Object.entries(options));
  const scope = Object.fromEntries(
    dialect.scope.map((name) => {
      const value = given.get(name);
      if (typeof value === 'string' && value !== '') return [name, value];
      throw new TypeError(`${name} is missing`);
    }),
  );
  const allowed = dialect.onError ?? ['stop', 'continue'];
  const onError = options.onError ?? allowed[0] ?? 'stop';
  if (!allowed.includes(onError)) {
    throw new TypeError(`onError is "${onError}"; ${dialect.name} has ${allowed.join(', ')}`);
  }
  const { mode, ordered, stream } = settled;
  const { concurrency = settled.concurrency } = options;
  return {
    scope,
    mode,
    ordered,
    onError,
    concurrency: concurrencyFor(dialect, concurrency),
    stream,
  };
}

export function startRun(
  environment: Environment,
  plan: Plan,
  options: StartOptions,
  inspect: Inspect,
): Run<Items, never> {
  const conditions = conditionsFor(environment, options, { ...plan, stream: false });
  return new Run({
    environment,
    options,
    prepare: async (log) => {
      await log.begin(runEntry(environment, conditions));
      return { plan, conditions, complete: true };
    },
    inspect,
  });
}

export function startStream(
  environment: Environment,
  items: AsyncIterable<Item>,
  options: StartOptions,
): StreamRun {
  const { dialect } = environment;
  const conditions = conditionsFor(environment, options, {
    mode: modeFor(dialect, undefined, options.mode),
    ordered: options.ordered ?? false,
    concurrency: dialect.limits.concurrent,
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

export function resumeRun(
  environment: Environment,
  journal: Journal,
  options: LaunchOptions,
  plan: Plan | undefined,
  inspect: Inspect,
): Run<Items, never> {
  return new Run({
    environment,
    options: { ...options, journal },
    prepare: (log) => Promise.resolve(resumed(environment, log, plan)),
    inspect,
  });
}

export function resumeStream(
  environment: Environment,
  journal: Journal,
  options: LaunchOptions,
  items: AsyncIterable<Item>,
): StreamRun {
  const conditions = (log: Parameters<typeof recordedIn>[0]): Promise<Conditions> =>
    Promise.resolve(conditionsOf(recordedIn(log, environment.dialect.name).run));
  return new StreamRun(environment, { ...options, journal }, conditions, items);
}
