// @ts-nocheck
import type { Client } from '../../client.js';
import { atomic } from '../action/group.js';
import { ref } from '../action/reference.js';
import type { Item, Items } from '../action/types.js';
import { type Journal, memoryJournal } from '../journal/journal.js';
import type { Clock } from '../pace/clock.js';
import { RateLimiter } from '../pace/rate-limiter.js';
import { systemClock } from '../pace/system-clock.js';
import { createPlan, planFor } from '../plan/create-plan.js';
import type { PlanOptions } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import type { Dialect } from '../protocol/protocol.js';
import type { KeepOptions } from '../run/guard.js';
import { type Inspect, loadRun, Run, type RunPlan } from '../run/run.js';
import type { SessionOptions } from '../run/session.js';
import {
  freshRun,
  freshStream,
  isStream,
  resumedRun,
  resumedStream,
  settingsFor,
  withJournal,
} from '../run/start.js';
import { StreamRun } from '../run/stream.js';
import { type OnDemand, type LoadSafeBatch, onDemand } from '../undo/on-demand.js';
import type { UndoOptions } from '../undo/types.js';
import type { Inspection } from '../verify/verify.js';
import type { Batch, Draft } from './batch.js';
import { type CallbackOptions, checkCallback } from './check-callback.js';
import type { DraftEngine } from './review.js';
import type { PreviewOptions, ResumeOptions, RetryOptions, RunOptions } from './run-options.js';

const loadSafeBatch: LoadSafeBatch = () => import('../undo/safe-batch.js');

/** Binds a dialect to a client. */
export function createBatch<D extends Dialect>(
  client: Client,
  dialect: D,
  clock: Clock = systemClock,
): Batch<D> {
  if (client.batchOf) return client.batchOf((plain) => createBatch(plain, dialect, clock));
  const engine: DraftEngine = {
    client,
    dialect,
    clock,
    limiter: new RateLimiter(clock, dialect.limits.perSecond, dialect.limits.burst),
    executor: async () => {
      const { DraftExecutor } = await import('./draft-executor.js');
      return (context) => new DraftExecutor(dialect, context);
    },
    quiet: async (asked) => (await import('./running-batches.js')).awaitRunning(engine, asked),
  };
  // Whoever makes batches runs some soon; what fails to load is loaded again, and reported, by the run.
  Promise.all([loadRun(), engine.executor()]).catch(() => {});
  const late = onDemand(engine, loadSafeBatch);
  const look =
    (options: Inspection): Inspect =>
    async ({ actions }, outcomes) => {
      if (!options.verify && !options.hydrate) return;
      const { inspect } = await import('../verify/verify.js');
      await inspect(engine, options, actions, outcomes);
    };
  const begin = (
    options: SessionOptions & Inspection,
    prepare: RunPlan['prepare'],
  ): Run<Items, never> =>
    new Run({ engine, options, prepare, inspect: look(options), guard: late.guard });
  const batch = {
    plan: (items: Items, options?: PlanOptions) => createPlan(dialect, items, options),
    run: (items: Plan | Items | AsyncIterable<Item>, options: RunOptions<Dialect>) => {
      checkCallback(options);
      return isStream(items)
        ? new StreamRun(engine, options, freshStream(engine, options), items)
        : begin(
            withJournal(options),
            freshRun(engine, planFor(dialect, items, options), options, late.preflight(options)),
          );
    },
    readJournal: (journal: Journal) => late.readJournal(journal),
    retry: (journal: Journal, options: RetryOptions<Dialect> = {}) => {
      checkCallback(options);
      return begin(withJournal(options), late.retriedRun(journal, options));
    },
    undo: (journal: Journal, options?: UndoOptions) => late.undo(journal, options),
    keep: (journal: Journal, options?: KeepOptions) => late.keep(journal, options),
    preview: async (items: Plan | Items, options: PreviewOptions<Dialect>) =>
      late.preview(planFor(dialect, items, options), options),
    draft: (items: Plan | Items, options: RunOptions<Dialect>) => {
      checkCallback(options);
      return draft(engine, planFor(dialect, items, options), options, late, begin);
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
        : begin({ ...options, journal }, resumedRun(engine, options.plan, options));
    },
    atomic,
    ref,
    parseCallback: async (request: Request | string | object, options: CallbackOptions) =>
      (await import('./callback.js')).readCallback(dialect, request, options),
  };
  // The implementations are those of the overloads, whose types they cannot spell.
  return batch as unknown as Batch<D>;
}

async function draft(
  engine: DraftEngine,
  plan: Plan,
  options: RunOptions<Dialect>,
  late: OnDemand,
  begin: (options: SessionOptions & Inspection, prepare: RunPlan['prepare']) => Run<Items, never>,
): Promise<Draft<Items, never>> {
  const journal = options.journal ?? memoryJournal();
  const settings = settingsFor(engine, options, { ...plan, stream: false });
  await late.preflight(options)(plan, settings);
  const { discardDrafts, makeDrafts } = await import('./review.js');
  const drafted = await makeDrafts(engine, plan, settings, { ...options, journal });
  return {
    plan,
    ...drafted,
    confirm: () => begin({ ...options, journal }, resumedRun(engine, plan, settings.scope)),
    discard: () => discardDrafts(engine, settings, { ...options, journal }),
  };
}
