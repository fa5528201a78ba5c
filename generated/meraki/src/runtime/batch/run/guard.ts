// @ts-nocheck
import type { AnyAction, Ref } from '../action/types.js';
import type { Outcome } from '../outcome/outcome.js';

/** A batch that is about to be confirmed. */
export interface GuardedBatch {
  readonly batch: number;
  readonly attempt: number;
  /** Its actions in their order, with their indexes in the plan. */
  readonly actions: readonly (readonly [index: number, action: AnyAction])[];
  /** The value that a reference stands for. */
  readonly lookup: (ref: Ref<unknown>) => string | number | boolean | undefined;
}

/** The same, with what became of it. */
export interface GuardedResult extends GuardedBatch {
  readonly outcomes: readonly (readonly [index: number, outcome: Outcome])[];
}

/**
 * What became of changes that had to be confirmed in time. `partly`: they were not kept, and something of them
 * could not be undone, or the server refused to; `batch.undo(journal)` says what is left.
 */
export type Held = 'kept' | 'undone' | 'partly';

/**
 * How far a run is undone; `partly` where nothing undoes the rest, `refused` where the server refuses to undo
 * some of it, `failed` where that is not known.
 */
export type Undone = 'undone' | 'partly' | 'refused' | 'failed';

/** What a run is asked besides to run. */
export interface SafeguardOptions {
  /** Writes before-images into the journal, so that `undo` can take the run back. */
  readonly capture?: boolean | undefined;
  /** Sends nothing unless all of it can be taken back. */
  readonly requireReversible?: boolean | undefined;
  /** Milliseconds after which the changes are undone, unless `run.keep()` comes first. */
  readonly confirmWithin?: number | undefined;
}

/** The options of `keep`. */
export interface KeepOptions {
  /** Milliseconds by which it has to be said again, in place of keeping the changes for good. */
  readonly confirmWithin?: number | undefined;
}

/** Watches over a run: what there is before it is changed, and whether the changes stay. */
export interface Guard {
  /** Before a batch is confirmed. */
  before(batch: GuardedBatch): Promise<void>;
  /** When a batch has ended, before anything that touches the same begins. */
  after(batch: GuardedResult): Promise<void>;
  /** When each action has its outcome. */
  end(): Promise<void>;
  /** When the journal is free again: waits until the changes are kept or undone. */
  hold(): Promise<Held>;
  /** Says that the changes stay. */
  keep(options: KeepOptions): Promise<void>;
}
