// @ts-nocheck
/** Why a journal cannot be used. */
export type JournalReason =
  /** Another run has it. */
  | 'in-use'
  /** It holds a run already, which can be resumed. */
  | 'started'
  /** It holds nothing that could be resumed. */
  | 'empty'
  /** It belongs to another plan, or to another API. */
  | 'different'
  /** It cannot be written; nothing was sent that is not in it. */
  | 'unwritable'
  /** Its changes were neither kept nor all undone; a resume goes on with that. */
  | 'held'
  | 'damaged';

/** A journal that cannot be used. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly reason: JournalReason;

  constructor(reason: JournalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
