// @ts-nocheck
import type { Client } from '../../client.js';
import type { AttemptLog, RunEntry } from '../journal/journal.js';
import type { BatchResult } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { BatchOutcomes, SentBatch } from '../outcome/outcome.js';
import type { BatchSlots } from '../pace/batch-slots.js';
import type { Clock } from '../pace/clock.js';
import type { DurationEstimate } from '../pace/duration-estimate.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import type { ReadLag } from '../pace/read-lag.js';
import type { Shown } from '../pace/shown.js';
import type { Silence } from '../pace/silence.js';
import type { Standstill } from '../pace/standstill.js';
import type { Callback } from '../protocol/protocol.js';
import type { Task } from './task.js';

/** How a run is to behave; a journal keeps it. */
export type RunSettings = Omit<RunEntry, 'type' | 'version' | 'dialect'>;

/** How the batches of a run are executed: what differs between kinds of dialects. */
export interface BatchExecutor {
  /** Finds out what is good to know before several batches run. */
  countOthers(): Promise<void>;
  /** Does whatever is left to do for a batch, and says how it ended. */
  execute(task: Task): Promise<BatchResult>;
  /** What its result means for the actions. */
  outcomesOf(sentBatch: SentBatch, result: BatchResult): BatchOutcomes;
  /** Looks now at what is under way. */
  look(): void;
  /** Leaves as little behind on the server as it can, and gives what is left. */
  cleanUp(): Promise<readonly LeftDraft[]>;
}

/** What an executor works with. */
export interface RunContext {
  readonly client: Client;
  readonly clock: Clock;
  readonly settings: RunSettings;
  readonly state: AttemptLog;
  readonly limiter: RateLimiter;
  readonly slots: BatchSlots;
  readonly durations: DurationEstimate;
  /** How far the server's reads lag behind. */
  readonly lag: ReadLag;
  /** How long the server has been away. */
  readonly silence: Silence;
  /** What the server says, without secrets. */
  readonly shown: Shown;
  readonly callback: Callback | undefined;
  /** Milliseconds for which a failing request is tried again, and a batch that does not end is waited for. */
  readonly timeout: number;
  /** Milliseconds for which a place is waited for that others hold. */
  readonly placeTimeout: number;
  /** Ends everything at once. */
  readonly abortSignal: AbortSignal;
  /** Nothing new is begun, for the `SkipReason` that is its reason; what runs is waited for. */
  readonly stopSignal: AbortSignal;
}

/** The parts that work together in a run. */
export interface RunParts<E extends BatchExecutor = BatchExecutor> {
  readonly settings: RunSettings;
  readonly state: AttemptLog;
  readonly durations: DurationEstimate;
  readonly executor: E;
  readonly standstill: Standstill;
  /** Aborted with a `SkipReason` when nothing new is to be begun. */
  readonly stop: AbortController;
}
