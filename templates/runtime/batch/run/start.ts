import { memberAt } from '../action/members.js';
import type { Item } from '../action/types.js';
import { JournalError, memoryJournal } from '../journal/journal.js';
import { restore } from '../journal/restore-plan.js';
import type { Recorded } from '../journal/journal.js';
import type { RunState } from '../journal/run-state.js';
import { concurrencyFor, modeFor, planOf, type PlanOptions } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { RunSettings } from './executor.js';
import type { Preflight } from './guard-maker.js';
import { runEntry } from './run-entry.js';
import type { Engine, Prepare, PreparedRun, SessionOptions } from './session.js';

/** The options of the runs of every dialect, besides the values of the dialect's scope. */
export interface StartOptions extends PlanOptions, SessionOptions {
  readonly onError?: RunSettings['onError'] | undefined;
  readonly resume?: boolean | undefined;
  readonly capture?: boolean | undefined;
  readonly requireReversible?: boolean | undefined;
  readonly confirmWithin?: number | undefined;
}

/** What a retry can be asked. Scope, mode and order are those of the run. */
export type RetryOptions = SessionOptions &
  Pick<StartOptions, 'onError' | 'capture' | 'confirmWithin'>;

/** What is held needs a journal, if only in memory. */
export function withJournal<O extends StartOptions>(options: O): O {
  if (options.confirmWithin === undefined || options.journal) return options;
  return { ...options, journal: memoryJournal() };
}

export function isStream(items: object): items is AsyncIterable<Item> {
  return Symbol.asyncIterator in items;
}

/**
 * The values of the scope.
 *
 * @throws TypeError where one is missing.
 */
export function scopeFor(
  { dialect }: { readonly dialect: Pick<DialectBase, 'scope'> },
  options: object,
): Readonly<Record<string, string>> {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    dialect.scope.map((name) => {
      const value = given.get(name);
      if (typeof value === 'string' && value !== '') return [name, value];
      throw new TypeError(`${name} is missing`);
    }),
  );
}

/**
 * How a run is to behave.
 *
 * @throws TypeError where a value of the scope is missing, or the dialect has no such `onError`.
 */
export function settingsFor(
  engine: { readonly dialect: DialectBase },
  options: StartOptions,
  decided: Pick<RunSettings, 'mode' | 'ordered' | 'concurrency' | 'stream'>,
): RunSettings {
  const { dialect } = engine;
  const scope = scopeFor(engine, options);
  const allowed = dialect.onError ?? ['stop', 'continue'];
  const onError = options.onError ?? allowed[0] ?? 'stop';
  if (!allowed.includes(onError)) {
    throw new TypeError(`onError is "${onError}"; ${dialect.name} has ${allowed.join(', ')}`);
  }
  const { mode, ordered, stream } = decided;
  const { concurrency = decided.concurrency } = options;
  return {
    scope,
    mode,
    ordered,
    onError,
    concurrency: concurrencyFor(dialect, concurrency),
    stream,
    ...safeguardsIn(options, stream),
  };
}

/** @throws TypeError for what makes no sense. */
function safeguardsIn(
  { capture = false, requireReversible = false, confirmWithin, journal }: StartOptions,
  stream: boolean,
): Pick<RunSettings, 'safeguards'> {
  if (!capture && !requireReversible && confirmWithin === undefined) return {};
  if (stream) throw new TypeError('A stream cannot be captured: plan its actions.');
  if (capture && !journal) throw new TypeError('capture needs a journal: it is what undo() reads');
  if (confirmWithin !== undefined && !(confirmWithin > 0)) {
    throw new RangeError(`confirmWithin is ${confirmWithin}; it is a number of milliseconds`);
  }
  const isCapturing = capture || confirmWithin !== undefined;
  return {
    safeguards: {
      capture: isCapturing,
      requireReversible,
      ...(confirmWithin !== undefined && { confirmWithin }),
    },
  };
}

/** A run of a plan: one that has not begun yet, or with `resume` the one that the journal may hold. */
export function freshRun(
  engine: Engine,
  plan: Plan,
  options: StartOptions,
  preflight?: Preflight,
): Prepare<PreparedRun> {
  const settings = settingsFor(engine, options, { ...plan, stream: false });
  const resumed = resumes(options) ? resumedRun(engine, plan, settings.scope) : undefined;
  return async (state) => {
    if (resumed && state.recorded) return resumed(state);
    // A journal that holds a run already is refused first.
    if (!state.recorded) await preflight?.(plan, settings);
    await state.begin(runEntry(engine, settings));
    return { plan, settings, complete: true };
  };
}

/** @throws TypeError where there is nothing that could be resumed. */
function resumes({ resume = false, journal }: StartOptions): boolean {
  if (resume && !journal) throw new TypeError('resume needs a journal: it is what the run resumes');
  return resume;
}

/** As `freshRun`, for a stream. */
export function freshStream(engine: Engine, options: StartOptions): Prepare<RunSettings> {
  const { dialect } = engine;
  const settings = settingsFor(engine, options, {
    mode: modeFor(dialect, undefined, options.mode),
    ordered: options.ordered ?? false,
    concurrency: dialect.limits.concurrent,
    stream: true,
  });
  const resumed = resumes(options) ? resumedStream(engine, settings.scope) : undefined;
  return async (state) => {
    if (resumed && state.recorded) return resumed(state);
    await state.begin(runEntry(engine, settings));
    return settings;
  };
}

/**
 * The rest of a run: the journal's own plan, or `plan`, which must be the same. What `named` has of the
 * scope must be the journal's.
 *
 * @throws JournalError where there is nothing to resume, or not with this plan or scope.
 */
export function resumedRun(
  { dialect }: Engine,
  plan: Plan | undefined,
  named: object,
): Prepare<PreparedRun> {
  return async (state) => {
    const { run, batches, planned } = recordedIn(state, dialect, named);
    const settings = settingsOf(run);
    if (plan) {
      if (plan.mode === run.mode && plan.ordered === run.ordered) {
        return { plan, settings, complete: true };
      }
      throw new JournalError(
        'different',
        `The journal belongs to another plan: one of mode "${run.mode}".`,
      );
    }
    if (!planned && !run.stream) {
      throw new JournalError(
        'empty',
        'The journal ends before the plan was written down; nothing was sent. Resume it with the plan, or ' +
          'delete it and run the plan anew.',
      );
    }
    // Of a stream, the rest may come when it is resumed with its source.
    return { plan: restoredPlan(dialect, settings, batches), settings, complete: planned };
  };
}

/** The rest of a stream. */
export function resumedStream({ dialect }: Engine, named: object): Prepare<RunSettings> {
  return async (state) => settingsOf(recordedIn(state, dialect, named).run);
}

function restoredPlan(
  dialect: DialectBase,
  { mode, ordered, concurrency }: RunSettings,
  batches: Recorded['batches'],
): Plan {
  const { items, actions } = restored(batches);
  return planOf(dialect, {
    items,
    actions,
    mode,
    ordered,
    concurrency,
    batches: batches.map(({ batch, after, wave, bytes, units }) => {
      const plain = units.map((unit) => ({
        indexes: unit.actions.map(({ index }) => index),
        group: unit.group,
        name: unit.name,
      }));
      return {
        index: batch,
        actions: plain.flatMap(({ indexes }) => indexes),
        units: plain,
        after,
        wave,
        bytes,
      };
    }),
  });
}

function restored(batches: Recorded['batches']): ReturnType<typeof restore> {
  try {
    return restore(batches.flatMap(({ units }) => units));
  } catch (cause) {
    throw new JournalError('damaged', 'The actions in the journal are damaged.', { cause });
  }
}

/** What an open journal holds. */
function recordedIn(
  { recorded, isRetried }: RunState,
  dialect: DialectBase,
  named: object,
): Recorded {
  if (!recorded)
    throw new JournalError('empty', 'The journal is empty: there is nothing to resume.');
  const { run } = recorded;
  if (run.dialect !== dialect.name) {
    throw new JournalError(
      'different',
      `The journal is one of ${run.dialect}, not of ${dialect.name}.`,
    );
  }
  for (const name of dialect.scope) {
    if (!Object.hasOwn(run.scope, name))
      throw new JournalError('damaged', `The journal is damaged: its run has no ${name}.`);
    const value = memberAt(named, [name]);
    if (value === undefined || value === run.scope[name]) continue;
    throw new JournalError(
      'different',
      `The journal belongs to another ${name} than ${String(value)}: ${run.scope[name]}.`,
    );
  }
  if (isRetried) {
    throw new JournalError(
      'different',
      'What was left of the run was sent by a retry: resume the journal of that.',
    );
  }
  return recorded;
}

function settingsOf(run: Recorded['run']): RunSettings {
  const { scope, mode, ordered, onError, concurrency, stream, safeguards } = run;
  const settings = { scope, mode, ordered, onError, concurrency, stream };
  return safeguards ? { ...settings, safeguards } : settings;
}
