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
  /** Why it could not be read: what was expected. */
  readonly fault?: string;
  /** The column and the text of the fault, where it is one cell's. */
  readonly column?: string;
  readonly value?: string;
}

/** The row that a JSON object is. */
export function jsonRow(text: string, number: number, line: number): Row {
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { number, line, cells: new Map(Object.entries(value)), isTyped: true };
  return { number, line, cells: new Map(), fault: 'a JSON object', value: text.trim() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
