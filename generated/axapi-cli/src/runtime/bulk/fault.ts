// @ts-nocheck
/** What is wrong with a cell of a file. */
export interface Fault {
  readonly row: number;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly expected: string;
}

const LONGEST_VALUE = 80;

/** A fault as a line for people. */
export function faultText({ row, line, column, value, expected }: Fault): string {
  const shown = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
  const place = column === '' ? '' : `, column ${column}`;
  return `row ${row} (line ${line})${place}: ${JSON.stringify(shown)}; expected ${expected}`;
}
