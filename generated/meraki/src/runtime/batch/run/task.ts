// @ts-nocheck
/** One batch to have executed. */
export interface Task {
  readonly batch: number;
  /** Counts from 0 for each batch; a rest that is sent again is another attempt. */
  readonly attempt: number;
  readonly actions: readonly object[];
  readonly synchronous: boolean;
  /** The path that the action at a place touches, as the plan sees it. */
  readonly effectPath: (place: number) => string;
  /** The URL that shows what the action at a place has done, if there is one. */
  readonly readUrl: (place: number) => string | undefined;
  /** Called before the batch is confirmed or sent for the first time. */
  readonly before?: (() => Promise<void>) | undefined;
  /** Called when the batch begins to run. */
  readonly started?: (id?: string) => void;
  /** Called when the batch has failed, before it is known what has become of its actions. */
  readonly failed?: () => void;
}
