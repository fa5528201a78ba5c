// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation } from '../operations/table.js';
import type { Types } from '../schema/shape.js';
import { CommandError } from '../terminal/exit-code.js';
import type { ChangeOperations } from './change-operations.js';
import type { Fault } from './fault.js';
import { Layout } from './layout.js';
import type { PlanColumns, PlanHead, PlanRow } from './plan-file.js';
import { readChange } from './read-change.js';
import type { Row } from './row.js';

export interface PlanRowsOptions {
  readonly head: Omit<PlanHead, 'columns'>;
  readonly fixed: Operation | undefined;
  readonly operations: ChangeOperations;
  readonly types: Types;
  /** Pairs of an input and its column. */
  readonly map: readonly (readonly [input: string, column: string])[];
  /** Rows without these values are left out. */
  readonly where: readonly (readonly [column: string, value: string])[];
  readonly maxRows: number;
}

/** What becomes of the rows: lines of a plan, what is wrong with them, and columns that go nowhere. */
export interface PlanSink {
  write(line: PlanHead | PlanColumns | PlanRow): Promise<void>;
  fault(fault: Fault): Promise<void>;
  unused(columns: readonly string[]): void;
}

export interface PlannedRows {
  readonly planned: number;
  readonly faults: number;
}

/** Turns rows into the lines of a plan, one by one. */
export async function planRows(
  rows: AsyncIterable<Row>,
  options: PlanRowsOptions,
  sink: PlanSink,
): Promise<PlannedRows> {
  const { head, where, maxRows } = options;
  const layout = new Layout(options);
  let planned = 0;
  let faults = 0;
  for await (const row of rows) {
    if (planned >= maxRows) break;
    if (row.fault !== undefined && row.cells.size === 0) {
      await sink.fault(faultOf(row, row.fault));
      faults += 1;
      planned += 1;
      continue;
    }
    const isFirst = layout.columns.length === 0;
    const before = layout.columns.length;
    const unused = layout.add(row);
    if (unused.length > 0) sink.unused(unused);
    if (isFirst) await sink.write({ ...head, columns: [...layout.columns] });
    else if (layout.columns.length > before) await sink.write({ columns: [...layout.columns] });
    if (!where.every(([column, value]) => textOf(row.cells.get(column)) === value)) continue;
    const found: Fault[] = [];
    const change = await changeOf(row, layout, options, found);
    for (const fault of found) await sink.fault(fault);
    faults += found.length;
    planned += 1;
    if (change && faults === 0) await sink.write(change);
  }
  return { planned, faults };
}

function faultOf({ number, line, column = '', value = '' }: Row, expected: string): Fault {
  return { row: number, line, column, value, expected };
}

async function changeOf(
  row: Row,
  layout: Layout,
  { fixed, operations, types }: PlanRowsOptions,
  faults: Fault[],
): Promise<PlanRow | undefined> {
  const { number, line, cells, fault } = row;
  if (fault !== undefined) {
    faults.push(faultOf(row, fault));
    return undefined;
  }
  const named = textOf(cells.get('operation'));
  const operation = fixed ?? (await operations.known(named));
  const group = operations.moduleOf(operation);
  if (!operation || group === undefined) {
    const expected = `${operations.expected}${didYouMean(named, await operations.names())}`;
    faults.push({ row: number, line, column: 'operation', value: named, expected });
    return undefined;
  }
  const input = readChange(row, operation, types, layout.inputs, faults);
  const destroys = operation.method === 'DELETE' || operation.verb === 'destroy';
  return {
    row: number,
    group,
    operation: operation.name,
    ...(destroys && { destroys: true as const }),
    input,
    cells: layout.columns.map((column) => cells.get(column) ?? ''),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

/** A pair such as `--map input=Column`. */
export function pairOf(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new CommandError(`${pair} must be name=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
