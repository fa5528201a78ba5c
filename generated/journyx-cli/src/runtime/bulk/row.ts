// @ts-nocheck
/** A row of a file of changes: its cells by column. */
export interface Row {
  /** From 1, the head not counted. */
  readonly number: number;
  /** Where it ends in the file. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, unknown>;
  /** Whether the cells are values of JSON, which say themselves what they are. */
  readonly isTyped?: true;
  /** Why it could not be read. */
  readonly fault?: string;
}
