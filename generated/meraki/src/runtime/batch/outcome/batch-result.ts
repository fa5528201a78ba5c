// @ts-nocheck
/** What became of a batch that was to be sent. */
export type BatchResult =
  | {
      readonly kind: 'completed';
      readonly batchId: string;
      readonly created: readonly Created[];
      /** For each of `created`, the place in the batch of the action that made it; null where nothing tells. */
      readonly owners?: readonly (number | null)[] | undefined;
    }
  /** Executed and rolled back. */
  | {
      readonly kind: 'failed';
      readonly batchId: string;
      readonly errors: readonly string[];
      /** Places in the batch of actions that may have taken effect all the same. */
      readonly kept?: readonly number[] | undefined;
    }
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
      readonly reason: UnknownReason;
      readonly batchId: string | undefined;
      readonly message: string;
    }
  /** Certainly not executed. */
  | { readonly kind: 'notSent'; readonly reason: SkipReason; readonly message: string | undefined }
  /** Answered action by action, in the order of the batch. */
  | { readonly kind: 'answered'; readonly results: readonly ActionResult[] };

/** What became of one action of a batch that is answered action by action. */
export type ActionResult =
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
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly message: string };

/** Whether a result is the last word about a batch; others may change when one looks again. */
export function isFinal({ kind }: BatchResult): boolean {
  return kind !== 'unknown' && kind !== 'notSent' && kind !== 'answered';
}

/** The result of a batch that has ended. */
export function resultOf({ id, completed, failed, errors, created }: ServerBatch): BatchResult {
  if (failed && completed)
    return unknown('suspect', id, 'the batch is shown as completed and as failed');
  return failed
    ? { kind: 'failed', batchId: id, errors }
    : { kind: 'completed', batchId: id, created };
}

export function notSent(reason: SkipReason, message?: string): BatchResult {
  return { kind: 'notSent', reason, message };
}

/** Not sent, for the reason that `halt` was given when it was aborted. */
export function halted(halt: AbortSignal): BatchResult {
  // It is aborted with a `SkipReason`.
  return notSent(halt.reason as SkipReason);
}

/** Why it is not known whether an action took effect. */
export type UnknownReason = 'timeout' | 'aborted' | 'vanished' | 'lost' | 'suspect';

export function unknown(reason: UnknownReason, batchId: string, detail?: string): BatchResult {
  return { kind: 'unknown', reason, batchId, message: detail ?? texts[reason] };
}

/** Why it is not known. */
export function textFor(reason: UnknownReason): string {
  return texts[reason];
}

const texts: Readonly<Record<UnknownReason, string>> = {
  timeout: 'the batch had not ended when its time was over; it may still end',
  aborted: 'the run was aborted while the batch was under way; it may still end',
  vanished: 'the server does not know the batch any more',
  lost: 'the answer of the server was lost',
  suspect: 'the server says that it has nothing to say, as it also does where an action failed',
};

/** What a server tells of a resource that an action created. */
export interface Created {
  readonly id: string;
  /** Path of the new resource, without the base URL. */
  readonly uri: string;
}

/** How a server answered an action by itself. */
export interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why an action was not sent. */
export type SkipReason =
  /** An action that it needs did not take effect: `cause`. */
  | 'dependency'
  /** The server refused its batch before executing anything, because of `cause`. */
  | 'refused'
  /** The run stopped at an error, as `onError: 'stop'` asks. */
  | 'stopped'
  /** The run's signal was aborted. */
  | 'aborted'
  /** The server did not let the client in, as with a wrong key: `error`. */
  | 'denied'
  /** The server could not be reached, or not used: `error`. */
  | 'unreachable'
  /** The journal could not be written: `error`. */
  | 'journal'
  /** Somebody else made changes: the version is not the one that the run was given, see `error`. */
  | 'stale';

/** A batch as the server shows it. */
export interface ServerBatch {
  readonly id: string;
  readonly confirmed: boolean;
  readonly completed: boolean;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly created: readonly { readonly id: string; readonly uri: string }[];
  readonly actions: readonly unknown[];
}

/** Whether a batch has ended. */
export function hasEnded(batch: ServerBatch): boolean {
  return batch.completed || batch.failed;
}
