import type { PlanOptions } from '../plan/plan.js';
import type { SafeguardOptions } from '../run/guard.js';
import type { SessionOptions } from '../run/session.js';
import type { Traits } from './request-protocol.js';
import type { Version } from './version.js';

export type RequestPlanOptions = Omit<PlanOptions, 'mode'>;

type Behaviour = Omit<SessionOptions, 'callback'>;

/** The version that the configuration must have, under the name that the dialect gives to the option. */
type Versioned<T extends Traits> = { readonly [Name in T['version']]?: Version | undefined };

type Scoped<T extends Traits> = { readonly [Name in T['scope']]: string };

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
export type Given<T extends Traits> = [T['scope']] extends [never]
  ? [options?: RequestRunOptions<T>]
  : [options: RequestRunOptions<T>];

/** The same, without what the plan has decided. */
export type GivenWithPlan<T extends Traits> = [T['scope']] extends [never]
  ? [options?: Undecided<T>]
  : [options: Undecided<T>];

type Undecided<T extends Traits> = Omit<RequestRunOptions<T>, 'ordered' | 'batchMs'>;

/** The scope may be named: a journal of another is refused. */
export type RequestResumeOptions<T extends Traits> = Partial<Scoped<T>> &
  Versioned<T> &
  Omit<Behaviour, 'journal'>;

/** How what is left of a run is sent. */
export type RequestRetryOptions<T extends Traits> = Versioned<T> &
  Behaviour & { readonly onError?: T['onError'] | undefined };

export type RequestPreviewOptions<T extends Traits> = Scoped<T> & Pick<SessionOptions, 'signal'>;

export type PreviewGiven<T extends Traits, Options> = [T['scope']] extends [never]
  ? [options?: Options]
  : [options: Options];
