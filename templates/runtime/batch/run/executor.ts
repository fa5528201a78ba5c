import type { Client } from '../../client.js';
import type { Callback } from '../draft/callback.js';
import type { Clock } from '../pace/clock.js';
import type { RunEntry } from '../journal/journal.js';
import type { Log } from '../journal/run-state.js';
import type { Pace, Smoothed, Window } from '../pace/limits.js';
import type { Piece, Settled } from '../outcome/outcomes-of.js';
import type { Verdict } from '../outcome/batch-result.js';

/** How a run is to behave; a journal keeps it. */
export type Conditions = Omit<RunEntry, 'type' | 'version' | 'dialect'>;

/** One batch to have executed. */
export interface Task {
  readonly batch: number;
  /** Counts from 0 for each batch; a rest that is sent again is another attempt. */
  readonly attempt: number;
  readonly actions: readonly object[];
  readonly synchronous: boolean;
  /** The path that the action at a place touches, as the plan sees it. */
  readonly touches: (place: number) => string;
  /** The URL that shows what the action at a place has done, if there is one. */
  readonly shows: (place: number) => string | undefined;
  /** Called when the batch begins to run. */
  readonly started?: (id?: string) => void;
}

/** How the batches of a run are executed: what differs between kinds of dialects. */
export interface Lifecycle {
  /** Finds out what is good to know before several batches run. */
  survey(): Promise<void>;
  /** Does whatever is left to do for a batch, and says how it ended. */
  perform(task: Task): Promise<Verdict>;
  /** What a verdict means for the actions. */
  settle(piece: Piece, verdict: Verdict): Settled;
  /** Looks now at what is under way. */
  look(): void;
  /** Leaves nothing behind on the server. */
  tidy(): Promise<void>;
}

/** What a life cycle works with. */
export interface Means {
  readonly client: Client;
  readonly clock: Clock;
  readonly conditions: Conditions;
  readonly log: Log;
  readonly pace: Pace;
  readonly window: Window;
  readonly durations: Smoothed;
  readonly callback: Callback | undefined;
  /** Milliseconds for which a failing request is tried again, and a batch that does not end is waited for. */
  readonly patience: number;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
  /** Nothing new is begun, for the `SkipReason` that is its reason; what runs is waited for. */
  readonly halt: AbortSignal;
}
