// @ts-nocheck
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { ChangeKind } from './change-operations.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** What a plan says of itself. */
export interface PlanHead {
  readonly plan: 1;
  readonly bin: string;
  /** Whether its rows are sent call by call, and not in batches. */
  readonly calls?: true | undefined;
  readonly scope: Readonly<Record<string, string>>;
  /** The columns of the rows, in their order. */
  readonly columns: readonly string[];
}

/** Stands between rows where further columns came: all columns from there on. */
export interface PlanColumns {
  readonly columns: readonly string[];
}

/** A row of a plan: an operation with its input, and the cells that it was read from. */
export interface PlanRow {
  readonly row: number;
  readonly group: string;
  readonly operation: string;
  readonly destroys?: true | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly cells: readonly unknown[];
}

export interface PlanFile extends PlanHead {
  readonly rows: readonly PlanRow[];
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly text: string;
}

/** Reads a plan that `plan` wrote. */
export async function readPlanFile(
  path: string,
  { bin, batch }: Pick<GeneratedApi, 'bin' | 'batch'>,
  kind: ChangeKind | 'any' = 'batch',
): Promise<PlanFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommandError(`${path} cannot be read.`, exitCode.failed);
  });
  const refuse = (): never => {
    throw new CommandError(
      `${path} is not a plan of ${bin}: \`${bin} ${kind === 'any' ? 'batch' : kind} plan\` makes one.`,
    );
  };
  try {
    const [head, ...lines]: unknown[] = JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`);
    if (!isHead(head, batch?.scope ?? []) || head.bin !== bin) return refuse();
    const made: ChangeKind = head.calls ? 'bulk' : 'batch';
    if (made !== kind && kind !== 'any')
      throw new CommandError(`${path} is a plan of \`${bin} ${made}\`, not of \`${bin} ${kind}\`.`);
    const columns = lines.findLast(isColumns)?.columns ?? head.columns;
    const rows = lines.filter((line) => !isColumns(line));
    if (!rows.every(isRow)) return refuse();
    return { ...head, columns, rows, hash: createHash('sha256').update(text).digest('hex'), text };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    return refuse();
  }
}

/** The text of a plan with some of the rows of another. */
export function planText(
  { plan, bin, calls, scope, columns }: PlanFile,
  rows: readonly PlanRow[],
): string {
  const head: PlanHead = { plan, bin, calls, scope, columns };
  return [JSON.stringify(head), ...rows.map((row) => JSON.stringify(row)), ''].join('\n');
}

/** Whether it is the head of a plan. What else a scope held would be options of its run. */
function isHead(value: unknown, names: readonly string[]): value is PlanHead {
  if (!isObject(value) || value['plan'] !== 1 || !isObject(value['scope'])) return false;
  return (
    isTexts(value['columns']) &&
    (value['calls'] === undefined || value['calls'] === true) &&
    Object.entries(value['scope']).every(
      ([name, text]) => names.includes(name) && typeof text === 'string',
    )
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isColumns(value: unknown): value is PlanColumns {
  return isObject(value) && isTexts(value['columns']) && value['row'] === undefined;
}

function isRow(value: unknown): value is PlanRow {
  return (
    isObject(value) &&
    typeof value['row'] === 'number' &&
    typeof value['operation'] === 'string' &&
    typeof value['group'] === 'string' &&
    isObject(value['input']) &&
    Array.isArray(value['cells'])
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
