import type { AnyAction, Ref } from '../action/types.js';

/** A batch that is about to be confirmed. */
export interface GuardedBatch {
  readonly batch: number;
  readonly attempt: number;
  /** Its actions in their order, with their indexes in the plan. */
  readonly actions: readonly (readonly [index: number, action: AnyAction])[];
  /** The value that a reference stands for. */
  readonly lookup: (ref: Ref<unknown>) => string | number | boolean | undefined;
}

/** What became of changes that had to be confirmed in time. */
export type Held = 'kept' | 'undone';

/** What `keep` can be told. */
export interface KeepOptions {
  /** Milliseconds by which it has to be said again, in place of keeping the changes for good. */
  readonly confirmWithin?: number | undefined;
}

/** Watches over a run: what there is before it is changed, and whether the changes stay. */
export interface Guard {
  /** Before a batch is confirmed. */
  before(batch: GuardedBatch): Promise<void>;
  /** When each action has its outcome. */
  end(): Promise<void>;
  /** When the journal is free again: waits until the changes are kept or undone. */
  hold(): Promise<Held>;
  /** Says that the changes stay. */
  keep(options: KeepOptions): Promise<void>;
}
