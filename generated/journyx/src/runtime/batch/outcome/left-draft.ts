// @ts-nocheck
/** A draft that a run leaves on the server. It does nothing unless somebody confirms it. */
export interface LeftDraft {
  /** Undefined where the list of drafts could not be read, or showed none: there may be one all the same. */
  readonly id: string | undefined;
  /** Index in the plan of its batch. */
  readonly batch: number;
  /**
   * Whether it is certainly the run's own: it could not be thrown away. Else the answer that had its id was
   * lost; another application may have made a draft with the same actions.
   */
  readonly isOurs: boolean;
}
