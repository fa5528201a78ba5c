/** What a batch is packed from: an action, or a group that stays together. */
export interface Unit {
  /** Indexes of its actions in the plan. */
  readonly indexes: readonly number[];
  readonly group: boolean;
  readonly name: string | undefined;
}
