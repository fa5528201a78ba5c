import type { PlanOptions } from '../plan/plan.js';
import type { DialectBase, Scope } from '../protocol/protocol.js';
import type { SafeguardOptions } from '../run/guard.js';
import type { SessionOptions } from '../run/session.js';
import type { Inspection } from '../verify/verify.js';

/** How a run behaves. */
export interface Behaviour extends SessionOptions {
  /**
   * `stop` (default): nothing new is begun after a failure. `continue`: what failed is taken out, and the rest
   * is sent again.
   */
  readonly onError?: 'stop' | 'continue' | undefined;
  /** Takes up the run that the journal holds, if it holds one; else begins. */
  readonly resume?: boolean | undefined;
}

/** Options without `callback` where the server sends none. */
type Callable<D extends DialectBase, Options> = D extends { readonly hook: object }
  ? Options
  : Omit<Options, 'callback'>;

/** How a preview is made. */
export type PreviewOptions<D extends DialectBase> = Scope<D> &
  PlanOptions &
  Pick<SessionOptions, 'signal'>;

export type RunOptions<D extends DialectBase> = Scope<D> &
  PlanOptions &
  Callable<D, Behaviour> &
  Inspection &
  SafeguardOptions;
/** As `RunOptions`, without what the plan has decided. */
export type PlannedRunOptions<D extends DialectBase> = Scope<D> &
  Pick<PlanOptions, 'concurrency'> &
  Callable<D, Behaviour> &
  Inspection &
  SafeguardOptions;
export type StreamOptions<D extends DialectBase> = Scope<D> &
  Omit<PlanOptions, 'batchMs'> &
  Callable<D, Behaviour>;
/** The scope may be named: a journal of another is refused. */
export type ResumeOptions<D extends DialectBase = DialectBase> = Partial<Scope<D>> &
  Omit<SessionOptions, 'journal'> &
  Inspection;

/** How what is left of a run is sent. */
export type RetryOptions<D extends DialectBase> = Callable<D, Omit<Behaviour, 'resume'>> &
  Inspection &
  Pick<SafeguardOptions, 'capture' | 'confirmWithin'>;
