// @ts-nocheck
/** What a run was asked besides to run. */
export interface Safeguards {
  /** Before-images are written down. */
  readonly capture: boolean;
  /** Nothing is sent unless all of it can be taken back. */
  readonly requireReversible: boolean;
  /** Milliseconds after which the changes are undone unless they are kept. */
  readonly confirmWithin?: number | undefined;
}
