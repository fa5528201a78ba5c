// @ts-nocheck
import { open, rename, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { PlanFile, PlanRow } from '../bulk/plan-file.js';
import { isObject } from '../output/select-fields.js';
import type { Outcome } from './client-batch.js';
import type { OldValues } from './old-values.js';

/** What became of a row. */
export interface Result {
  readonly row: string;
  readonly status: string;
  readonly reason: string;
  readonly id: string;
  readonly batch: string;
  /** What there was before, as JSON. */
  readonly old: string;
}

const ownColumns = ['row', 'status', 'reason', 'id', 'batch', 'old'] as const;

/** Where an answer holds what was created: names of members. */
type Created = readonly string[] | undefined;

/** `results.csv` of a run: rows are added as they settle, and put in order when the run ends. */
export class ResultsFile {
  readonly #path: string;
  readonly #plan: PlanFile;
  readonly #old: OldValues | undefined;
  readonly #created: Created;
  #last: Promise<void>;

  constructor(path: string, plan: PlanFile, old?: OldValues, created?: Created) {
    this.#path = path;
    this.#plan = plan;
    this.#old = old;
    this.#created = created;
    this.#last = writeFile(path, stringify([headOf(plan)]), { mode: 0o600 });
  }

  /** Adds rows at the end. */
  add(settled: readonly (readonly [index: number, outcome: Outcome])[]): void {
    const rows = settled.flatMap(([index, outcome]) => {
      const row = this.#plan.rows[index];
      return row ? [this.#line(row, outcome, index)] : [];
    });
    if (rows.length === 0) return;
    this.#last = this.#last.then(async () => {
      const file = await open(this.#path, 'a');
      try {
        await file.appendFile(stringify(rows));
      } finally {
        await file.close();
      }
    });
    // It is for `finish` to say.
    this.#last.catch(() => {});
  }

  /** Writes every row in the order of the input. */
  async finish(outcomes: readonly (Outcome | undefined)[]): Promise<void> {
    await this.#last;
    const rows = this.#plan.rows.map((row, index) => this.#line(row, outcomes[index], index));
    const whole = `${this.#path}.tmp`;
    await writeFile(whole, stringify([headOf(this.#plan), ...rows]), { mode: 0o600 });
    await rename(whole, this.#path);
  }

  #line(row: PlanRow, outcome: Outcome | undefined, index: number): readonly string[] {
    const created = this.#created;
    return lineOf(this.#plan, row, resultOf(row, outcome, { old: this.#old?.of(index), created }));
  }
}

/** What became of a row of a plan. */
export function resultOf(
  { row }: PlanRow,
  outcome: Outcome | undefined,
  { old = '', created = [] }: { readonly old?: string | undefined; readonly created?: Created },
): Result {
  return { row: String(row), ...(outcome ? describe(outcome, created) : pending), old };
}

function headOf({ columns }: PlanFile): readonly string[] {
  return [...columns, ...ownColumns];
}

function lineOf({ columns }: PlanFile, row: PlanRow, result: Result): readonly string[] {
  const own = ownColumns.map((name) => result[name]);
  // A row of JSON has no cells of the columns that came after it.
  const shown = columns.map((_, at) => row.cells[at] ?? '');
  const texts = shown.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell)));
  return [...texts, ...own].map(text);
}

const pending = { status: 'pending', reason: '', id: '', batch: '' };

function describe(
  { status, value, batchId, error, reason, message }: Outcome,
  created: readonly string[],
): Omit<Result, 'row' | 'old'> {
  const made = created.reduce<unknown>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );
  const id = isObject(made) && isName(made['id']) ? String(made['id']) : '';
  return {
    status,
    reason: error?.message ?? message ?? reason ?? '',
    id,
    batch: batchId ?? error?.batchId ?? '',
  };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * What a spreadsheet would take for a formula is made text, whether the server or the input said it:
 * rows of JSON never were in one. A number is a number.
 */
function text(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.,]+(e[+-]?\d+)?%?$/i.test(cell)
    ? `'${cell}`
    : cell;
}
