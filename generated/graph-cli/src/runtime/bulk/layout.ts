// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation } from '../operations/table.js';
import type { Types } from '../schema/shape.js';
import { CommandError } from '../terminal/exit-code.js';
import { type ColumnMap, targetOf } from './read-change.js';
import type { Row } from './row.js';

export interface LayoutOptions {
  /** Pairs of an input and its column. */
  readonly map: readonly (readonly [input: string, column: string])[];
  /** The operation of every row; undefined where each row says it. */
  readonly fixed: Operation | undefined;
  readonly types: Types;
}

/** Which column goes where. Rows of JSON may have columns that those before them have not. */
export class Layout {
  readonly #options: LayoutOptions;
  readonly #columns: string[] = [];
  readonly #inputs = new Map<string, string>();
  /** Inputs that the user gives a column of another name. */
  readonly #taken: ReadonlySet<string>;

  constructor(options: LayoutOptions) {
    this.#options = options;
    this.#taken = new Set(options.map.map(([input]) => input));
    for (const [input, column] of options.map) this.#inputs.set(column, input);
  }

  /** The columns so far, in the order in which they came. */
  get columns(): readonly string[] {
    return this.#columns;
  }

  get inputs(): ColumnMap {
    return this.#inputs;
  }

  /**
   * Takes up the columns of a row. Gives those that go nowhere.
   *
   * @throws CommandError where one goes nowhere and the user did not choose columns by `--map`.
   */
  add({ cells, isTyped }: Row): readonly string[] {
    const { fixed, map, types } = this.#options;
    if (!isTyped && this.#columns.length === 0) this.#requireMapped([...cells.keys()]);
    const left: string[] = [];
    for (const column of cells.keys()) {
      if (this.#columns.includes(column)) continue;
      this.#columns.push(column);
      if (this.#inputs.has(column) || this.#taken.has(column)) continue;
      if (fixed ? 'path' in targetOf(fixed, types, column) : column !== 'operation')
        this.#inputs.set(column, column);
      else if (column !== 'operation') left.push(column);
    }
    if (left.length === 0 || map.length > 0) return left;
    throw new CommandError(
      `${fixed?.name} has no input ${left.join(', ')}: say with --map which columns are meant.`,
    );
  }

  #requireMapped(columns: readonly string[]): void {
    for (const [, column] of this.#options.map)
      if (!columns.includes(column))
        throw new CommandError(`There is no column ${column}.${didYouMean(column, columns)}`);
  }
}
