// @ts-nocheck
import type { AnyRequest } from './any-request.js';
import type { atomic } from '../action/group.js';
import type { AtomicGroup, Ref, RequestAction } from '../action/types.js';
import type { Journal } from '../journal/journal.js';
import type { PlanOptions } from '../plan/plan.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/types.js';
import type { KeepOptions, SafeguardOptions } from '../run/guard.js';
import type { Run } from '../run/run.js';
import type { SessionOptions } from '../run/session.js';
import type { StreamRun } from '../run/stream.js';
import type { JournalReport, Undo, UndoOptions } from '../undo/types.js';
import type { Traits } from './request-protocol.js';
import type { Version } from './version.js';

/** Runs batches of one API. What the API's dialect cannot do is not there. */
export type RequestBatch<T extends Traits> = Runs<T> &
  AnyRequests &
  (T['previews'] extends true ? Previews<T> : unknown) &
  (Rolls<T> extends true ? Groups : unknown) &
  (T['references'] extends true ? References<T> : unknown);

/** How actions are distributed over batches. */
export type RequestPlanOptions = Omit<PlanOptions, 'mode'>;

type Behaviour = Omit<SessionOptions, 'callback'>;

/** The version that the configuration must have, under the name that the dialect gives to the option. */
type Versioned<T extends Traits> = { readonly [Name in T['version']]?: Version | undefined };

type Scoped<T extends Traits> = { readonly [Name in T['scope']]: string };

/** How a run behaves. */
export type RequestRunOptions<T extends Traits> = Scoped<T> &
  Versioned<T> &
  RequestPlanOptions &
  Behaviour & {
    /** What happens when an action fails. */
    readonly onError?: T['onError'] | undefined;
    /** Takes up the run that the journal holds, if it holds one; else begins. */
    readonly resume?: boolean | undefined;
  } & (T['previews'] extends true ? SafeguardOptions : unknown);

/** Optional where nothing in it is required. */
type Given<T extends Traits> = [T['scope']] extends [never]
  ? [options?: RequestRunOptions<T>]
  : [options: RequestRunOptions<T>];

/** The same, without what the plan has decided. */
type GivenWithPlan<T extends Traits> = [T['scope']] extends [never]
  ? [options?: Undecided<T>]
  : [options: Undecided<T>];

type Undecided<T extends Traits> = Omit<RequestRunOptions<T>, 'ordered' | 'batchMs'>;

/** The scope may be named: a journal of another is refused. */
export type RequestResumeOptions<T extends Traits> = Partial<Scoped<T>> &
  Versioned<T> &
  Omit<Behaviour, 'journal'>;

/** How what is left of a run is sent. */
export type RequestRetryOptions<T extends Traits> = Versioned<T> &
  Behaviour & { readonly onError?: T['onError'] | undefined } & (T['previews'] extends true
    ? Pick<SafeguardOptions, 'capture' | 'confirmWithin'>
    : unknown);

type Rolls<T extends Traits> = 'rollback' extends T['onError'] ? true : false;

/** What a batch can hold. */
export type RequestItem<T extends Traits> =
  RequestAction | (Rolls<T> extends true ? AtomicGroup<readonly RequestAction[]> : never);

/** What a plan is made of. */
export type RequestItems<T extends Traits> =
  readonly RequestItem<T>[] | { readonly [name: string]: RequestItem<T> };

type ReportsOf<T extends Traits> = Rolls<T> extends true ? 'resultsOrRollback' : 'results';

interface Runs<T extends Traits> {
  /**
   * Distributes actions over batches, without sending anything.
   *
   * @throws PlanError where they cannot be planned, with what to do about it.
   */
  plan<const I extends RequestItems<T>>(items: I, options?: RequestPlanOptions): Plan<I>;

  /**
   * Runs a plan, or actions that it plans first.
   *
   * @throws PlanError where they cannot be planned.
   */
  run<I extends RequestItems<T>>(plan: Plan<I>, ...options: GivenWithPlan<T>): Run<I, ReportsOf<T>>;
  /** Runs actions as they come. Their number does not matter; their outcomes are not kept. */
  run(items: AsyncIterable<RequestItem<T>>, ...options: Given<T>): StreamRun;
  run<const I extends RequestItems<T>>(items: I, ...options: Given<T>): Run<I, ReportsOf<T>>;

  /**
   * Takes up a run that a crash or an abort has ended. With the plan, outcomes come in its shape, and a
   * journal of another plan is refused; without it they come in a list, in the order of the plan.
   */
  resume(
    journal: Journal,
    options?: RequestResumeOptions<T>,
  ): Run<readonly RequestItem<T>[], ReportsOf<T>>;
  resume<I extends RequestItems<T>>(
    journal: Journal,
    options: RequestResumeOptions<T> & { readonly plan: Plan<I> },
  ): Run<I, ReportsOf<T>>;
  /** Takes up a stream; `items` gives the same actions again, from the first. */
  resume(
    journal: Journal,
    options: RequestResumeOptions<T> & { readonly items: AsyncIterable<RequestItem<T>> },
  ): StreamRun;

  /**
   * Reads what a journal says of its run: the outcomes, a summary, a table. Nothing is sent.
   *
   * @throws JournalError where it holds no run, or not all of its plan.
   */
  readJournal(journal: Journal): Promise<JournalReport>;
  /**
   * Sends what failed, was rolled back or was skipped, as a run of its own. Outcomes come under the index that the
   * action, or the first of its group, has in the plan of the journal. What touches something unknown is not sent.
   * The run rejects with a JournalError where the journal's run has not ended, or was retried before.
   */
  retry(
    journal: Journal,
    options?: RequestRetryOptions<T>,
  ): Run<{ readonly [index: string]: RequestItem<T> }, ReportsOf<T>>;
}

interface AnyRequests {
  /**
   * The action of any request, for what has no builder: its outcomes, journal and fence are those of others.
   *
   * @throws TypeError for a URL that is none below the base URL. What the dialect refuses, `plan` refuses.
   */
  request<Value = unknown>(request: AnyRequest): RequestAction<Value>;
}

interface Groups {
  /** Actions that are applied together or not at all. Not with `onError: 'continue'`. */
  readonly atomic: typeof atomic;
}

/** What is inside a value, at a path of names. */
type Inner<Value, Within extends readonly string[]> = Within extends readonly [
  infer Name,
  ...infer Rest extends readonly string[],
]
  ? Name extends keyof Value
    ? Inner<NonNullable<Value[Name]>, Rest>
    : Value
  : Value;

interface References<T extends Traits> {
  /** Stands for a member of what an action of an earlier batch will return: its `id`, or the one named. */
  ref<
    Value,
    Field extends keyof Inner<Value, T['within']> & string = keyof Inner<Value, T['within']> & 'id',
  >(
    action: RequestAction<Value>,
    field?: Field,
  ): Ref<NonNullable<Inner<Value, T['within']>[Field]>>;
}

interface Previews<T extends Traits> {
  /**
   * Reads what the actions touch, and says what each will do: a plan with old and new values. Run it, and
   * it is refused if a touched value has changed since.
   */
  preview<I extends RequestItems<T>>(
    plan: Plan<I>,
    ...options: PreviewGiven<T, RequestPreviewOptions<T>>
  ): Promise<Preview<I>>;
  preview<const I extends RequestItems<T>>(
    items: I,
    ...options: PreviewGiven<T, RequestPreviewOptions<T> & RequestPlanOptions>
  ): Promise<Preview<I>>;

  /**
   * Works out what takes a run back that wrote before-images: a plan, to be run like any other. What
   * somebody else has changed since stays as it is, unless `force` is given.
   *
   * @throws JournalError where the journal holds no run.
   */
  undo(journal: Journal, options?: UndoOptions): Promise<Undo<readonly RequestAction[]>>;
  /**
   * Says that the changes of a run with `confirmWithin` stay, from another process than the run's.
   *
   * @throws JournalError where they are undone already, or the run has not ended.
   */
  keep(journal: Journal, options?: KeepOptions): Promise<void>;
}

/** How a preview is made. */
export type RequestPreviewOptions<T extends Traits> = Scoped<T> & Pick<SessionOptions, 'signal'>;

type PreviewGiven<T extends Traits, Options> = [T['scope']] extends [never]
  ? [options?: Options]
  : [options: Options];
