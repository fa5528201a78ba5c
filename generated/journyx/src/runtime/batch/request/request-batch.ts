// @ts-nocheck
import type { Client } from '../../client.js';
import { atomic } from '../action/group.js';
import { ref } from '../action/reference.js';
import type { Items, RequestAction } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import { RateLimiter } from '../pace/rate-limiter.js';
import { systemClock } from '../pace/system-clock.js';
import { createPlan, planFor } from '../plan/create-plan.js';
import { type Plan, PlanError } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { GuardMaker } from '../run/guard-maker.js';
import type { KeepOptions } from '../run/guard.js';
import { loadRun, Run, type RunPlan } from '../run/run.js';
import type { Engine, SessionOptions } from '../run/session.js';
import {
  freshRun,
  freshStream,
  isStream,
  resumedRun,
  resumedStream,
  type RetryOptions,
  type StartOptions,
  withJournal,
} from '../run/start.js';
import { StreamRun } from '../run/stream.js';
import { type LoadSafeBatch, onDemand } from '../undo/on-demand.js';
import type { UndoOptions } from '../undo/types.js';
import type { RequestBatch, RequestPlanOptions } from './batch.js';
import { anyRequest } from './any-request.js';
import type { RequestDialect, Traits } from './request-protocol.js';
import type { Version } from './version.js';

const loadSafeBatch: LoadSafeBatch = () => import('../undo/safe-batch.js');

/** Binds a dialect to a client. */
export function createRequestBatch<T extends Traits>(
  client: Client,
  dialect: RequestDialect<T>,
  clock: Clock = systemClock,
): RequestBatch<T> {
  if (client.batchOf) return client.batchOf((plain) => createRequestBatch(plain, dialect, clock));
  // Whoever makes batches runs some soon; what fails to load is loaded again, and reported, by the run.
  Promise.all([loadRun(), import('./request-executor.js')]).catch(() => {});
  const limiter = new RateLimiter(clock, dialect.limits.perSecond, dialect.limits.burst);
  const late = onDemand(engineOf(client, dialect, clock, limiter, {}), loadSafeBatch);
  const previews = {
    preview: async (items: Plan | Items, options: StartOptions = {}): Promise<Preview> =>
      late.preview(planFor(dialect, items, options), options),
    undo: (journal: Journal, options?: UndoOptions) => late.undo(journal, options),
    keep: (journal: Journal, options?: KeepOptions) => late.keep(journal, options),
  };
  // A run that is undone when its time is over has outdated the version that it was given.
  const guardFor = (options: object): GuardMaker => {
    const engine = engineOf(client, dialect, clock, limiter, renewable(dialect, options));
    return onDemand(engine, loadSafeBatch).guard;
  };
  const begin = (
    engine: Engine,
    options: SessionOptions,
    prepare: RunPlan['prepare'],
  ): Run<Items, never> =>
    new Run({ engine, options, prepare, inspect: nothing, guard: guardFor(options) });
  const batch = {
    plan: (items: Items, options?: RequestPlanOptions) => createPlan(dialect, items, options),
    run: (items: Plan | Items, options: StartOptions = {}) => {
      const engine = engineOf(client, dialect, clock, limiter, options);
      if (isStream(items))
        return new StreamRun(engine, options, freshStream(engine, options), items);
      const plan = planFor(dialect, items, options);
      checkGroups(plan, options.onError ?? dialect.onError[0]);
      return begin(
        engine,
        withJournal(options),
        freshRun(engine, plan, options, late.preflight(options)),
      );
    },
    request: anyRequest,
    readJournal: (journal: Journal) => late.readJournal(journal),
    retry: (journal: Journal, options: RetryOptions = {}) => {
      const engine = engineOf(client, dialect, clock, limiter, options);
      const prepare = onDemand(engine, loadSafeBatch).retriedRun(journal, options);
      return begin(engine, withJournal(options), prepare);
    },
    resume: (journal: Journal, options: Resumed = {}) => {
      const engine = engineOf(client, dialect, clock, limiter, options);
      return options.items
        ? new StreamRun(
            engine,
            { ...options, journal },
            resumedStream(engine, options),
            options.items,
          )
        : begin(engine, { ...options, journal }, resumedRun(engine, options.plan, options));
    },
    ...((dialect.previews ?? dialect.readBack) ? previews : {}),
    ...(dialect.atomic === false ? {} : { atomic }),
    ...(dialect.references.verbs.length === 0 ? {} : { ref }),
  };
  // The implementations are those of the overloads, whose types they cannot spell.
  return batch as unknown as RequestBatch<T>;
}

type Resumed = SessionOptions & {
  readonly plan?: Plan;
  readonly items?: AsyncIterable<RequestAction>;
};

/** Each action's own result came with its batch. */
function nothing(): Promise<void> {
  return Promise.resolve();
}

function engineOf(
  client: Client,
  dialect: RequestDialect,
  clock: Clock,
  limiter: RateLimiter,
  options: object,
): Engine {
  const version = versionIn(dialect, options);
  return {
    client,
    dialect,
    clock,
    limiter,
    executor: async () => {
      const { RequestExecutor } = await import('./request-executor.js');
      return (context) => new RequestExecutor(dialect, context, version);
    },
  };
}

/** The options without a version that others, or the run itself, have outdated. */
function renewable({ endpoints }: RequestDialect, options: object): object {
  const names = new Set(
    endpoints.flatMap(({ fence }) => (fence?.kind === 'version' ? [fence.option] : [])),
  );
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => !names.has(name) || typeof value === 'function',
    ),
  );
}

/** @throws TypeError for what is not a version. */
function versionIn({ endpoints }: RequestDialect, options: object): Version | undefined {
  const fence = endpoints.map((endpoint) => endpoint.fence).find((one) => one?.kind === 'version');
  if (fence?.kind !== 'version') return undefined;
  const given = new Map<string, unknown>(Object.entries(options)).get(fence.option);
  if (given === undefined || given === fence.none) return undefined;
  if (typeof given === 'number' && Number.isFinite(given)) return given;
  if (typeof given === 'string' && /^[\w.-]{1,64}$/.test(given)) return given;
  // What the function gives is made a text.
  if (typeof given === 'function') return given as Version;
  throw new TypeError(`${fence.option} is a number, a text, or a function that gives one`);
}

function checkGroups(plan: Plan, onError: StartOptions['onError']): void {
  if (onError === 'rollback' || !plan.batches.some(({ units }) => units.some(isGroup))) return;
  throw new PlanError(
    `With onError: '${onError}' nothing is undone, so the plan cannot have groups.`,
  );
}

function isGroup({ group }: Plan['batches'][number]['units'][number]): boolean {
  return group;
}
