import type { ServerBatch } from '../draft/draft-api.js';
import type { Answer, Created, SkipReason, Unknown } from './outcome.js';

/** What became of a batch that was to be sent. */
export type Verdict =
  | { readonly kind: 'completed'; readonly batchId: string; readonly created: readonly Created[] }
  /** Executed and rolled back. */
  | { readonly kind: 'failed'; readonly batchId: string; readonly errors: readonly string[] }
  /** Not even begun: the server found fault with it. */
  | {
      readonly kind: 'refused';
      readonly status: number | undefined;
      readonly errors: readonly string[];
    }
  /** Not even begun: too many bytes. */
  | { readonly kind: 'tooLarge'; readonly errors: readonly string[] }
  | {
      readonly kind: 'unknown';
      readonly reason: Unknown['reason'];
      readonly batchId: string | undefined;
      readonly message: string;
    }
  /** Certainly not executed. */
  | { readonly kind: 'notSent'; readonly reason: SkipReason; readonly message: string | undefined }
  /** Answered action by action, in the order of the batch. */
  | { readonly kind: 'answered'; readonly results: readonly Result[] };

/** What became of one action of a batch that is answered action by action. */
export type Result =
  | { readonly kind: 'applied'; readonly value: unknown; readonly answer?: Answer | undefined }
  | {
      readonly kind: 'failed';
      readonly status: number | undefined;
      readonly errors: readonly string[];
    }
  | {
      readonly kind: 'rolledBack';
      /** Places in the batch of the actions that may have failed. */
      readonly candidates: readonly number[];
      readonly status: number | undefined;
      readonly errors: readonly string[];
    }
  | {
      readonly kind: 'skipped';
      readonly reason: SkipReason;
      /** Place in the batch. */
      readonly cause?: number | undefined;
      readonly status?: number | undefined;
      readonly message?: string | undefined;
      readonly version?: string | undefined;
    }
  | { readonly kind: 'unknown'; readonly reason: Unknown['reason']; readonly message: string };

/** Whether a verdict is the last word about a batch; others may change when one looks again. */
export function isFinal({ kind }: Verdict): boolean {
  return kind !== 'unknown' && kind !== 'notSent' && kind !== 'answered';
}

/** The verdict that a batch which has ended shows. */
export function verdictOf({ id, failed, errors, created }: ServerBatch): Verdict {
  return failed
    ? { kind: 'failed', batchId: id, errors }
    : { kind: 'completed', batchId: id, created };
}

export function notSent(reason: SkipReason, message?: string): Verdict {
  return { kind: 'notSent', reason, message };
}

/** Not sent, for the reason that `halt` was given when it was aborted. */
export function halted(halt: AbortSignal): Verdict {
  // Whoever aborts it gives a `SkipReason`.
  return notSent(halt.reason as SkipReason);
}

export function unknown(reason: Unknown['reason'], batchId: string, detail?: string): Verdict {
  return { kind: 'unknown', reason, batchId, message: detail ?? texts[reason] };
}

/** Why nobody can tell. */
export function textFor(reason: Unknown['reason']): string {
  return texts[reason];
}

const texts: Readonly<Record<Unknown['reason'], string>> = {
  timeout: 'the batch had not ended when its time was over; it may still end',
  aborted: 'the run was aborted while the batch was under way; it may still end',
  vanished: 'the server does not know the batch any more',
  lost: 'the answer of the server was lost',
  suspect: 'the server says that it has nothing to say, as it also does where an action failed',
};
