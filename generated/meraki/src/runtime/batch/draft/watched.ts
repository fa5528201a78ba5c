// @ts-nocheck
import type { ServerBatch } from '../outcome/batch-result.js';

/** Why looking at a batch ended without its result. */
export type GivenUp = 'timeout' | 'vanished' | 'aborted';

/** A confirmed batch that is waited for; times are those of the clock, in milliseconds. */
export interface Watched {
  readonly id: string;
  readonly since: number;
  /** Until when it ran: a look that showed it was asked for, or somebody said that something ends just now. */
  seen?: number;
  /** When it is worth to look. */
  due: number;
  /** When the first look is due, but for an early one. */
  usual: number;
  /** Looks that failed since the last good one. */
  misses: number;
  /** When a look failed for the first time after its time was over. */
  late?: number;
  /** How often in sequence the server did not know the batch, and since when. */
  gone: number;
  goneSince?: number;
  /** When the next look was due before any failed. */
  planned: number;
  readonly end: (result: ServerBatch | GivenUp) => void;
  readonly fail: (error: unknown) => void;
}

/** Whether a look that was asked for at `asked` is the early one at a batch. */
export function isEarly({ due, usual }: Watched, asked: number): boolean {
  return due <= asked && asked < usual;
}

/** Whether a batch is due, or will be after a pause: one that takes longer than usual may be looked at with others. */
export function isSoon({ due, usual }: Watched, now: number, pause: number): boolean {
  return due - usual > 2 * pause ? due <= now + pause : due <= now;
}
