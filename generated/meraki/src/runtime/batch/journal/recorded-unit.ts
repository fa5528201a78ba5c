// @ts-nocheck
/** A unit as it stands in a journal. */
export interface RecordedUnit {
  readonly group: boolean;
  readonly name?: string | undefined;
  readonly actions: readonly RecordedAction[];
}

export interface RecordedAction {
  /** In the plan. */
  readonly index: number;
  readonly operationId: string;
  /** Set where it adds to a collection: the place of what it adds, or null where the server names it. */
  readonly adds?: unknown;
  /** The wire form, with marks where references stand. */
  readonly wire: Readonly<Record<string, unknown>>;
}
