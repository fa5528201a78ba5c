import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { addAccountOptions } from '../call/call-command.js';
import { didYouMean } from '../operations/closest.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Operation, OperationTable } from '../operations/table.js';
import { type AccountFlags, readSettings, variableOf } from '../access/settings.js';
import type { Types } from '../schema/shape.js';
import { type Console, say } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type Fault, faultText } from './fault.js';
import type { PlanHead, PlanRow } from './plan-file.js';
import { type ColumnMap, readChange, targetOf } from './read-change.js';
import { type Row, type RowFormat, readRows } from './rows.js';

interface PlanFlags extends AccountFlags {
  readonly op?: string;
  readonly map?: readonly string[];
  readonly where?: readonly string[];
  readonly maxRows?: number;
  readonly format?: RowFormat;
  readonly out: string;
  readonly detailedExitcode?: boolean;
}

/** `batch plan FILE`: reads the rows of a file, says all that is wrong with them, and sends nothing. */
export function planCommand(api: GeneratedApi, table: OperationTable, console: Console): Command {
  const command = new Command('plan')
    .description('read changes from a CSV, JSON or JSON lines file; nothing is sent')
    .argument('<file>', 'the file; - for standard input')
    .option('--op <operation>', 'the operation of every row; else the column "operation" says it')
    .option('--map <input=column,…>', 'which column holds which input', pairs)
    .option('--where <column=value>', 'only rows with this value', pairs)
    .option('--max-rows <count>', 'only the first rows', count)
    .option('--format <format>', 'csv, json or jsonl; else the name of the file says it')
    .option('--out <file>', 'the plan', 'plan.jsonl')
    .option('--detailed-exitcode', 'end with 6 where there are changes');
  for (const name of api.batch?.scope ?? [])
    command.option(`--${name} <value>`, `what the batches belong to; or ${variableOf(api, name)}`);
  addAccountOptions(command, api);
  return command.action(async (file: string, flags: PlanFlags & Record<string, unknown>) => {
    const scope = await scopeOf(api, flags, console);
    const planned = await planRows(file, flags, scope, { api, table, console });
    say(console, `${planned} changes in ${flags.out}; nothing was sent.`);
    if (flags.detailedExitcode && planned > 0) throw new CommandError('', exitCode.changes);
  });
}

async function scopeOf(
  api: GeneratedApi,
  flags: AccountFlags & Readonly<Record<string, unknown>>,
  console: Console,
): Promise<Readonly<Record<string, string>>> {
  const settings = await readSettings(api, flags, console);
  const names = api.batch?.scope ?? [];
  const entries = names.map((name) => {
    const given = flags[name];
    const value = typeof given === 'string' ? given : settings(name);
    if (value === undefined)
      throw new CommandError(`--${name} is missing; ${variableOf(api, name)} sets it too.`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

interface World {
  readonly api: GeneratedApi;
  readonly table: OperationTable;
  readonly console: Console;
}

/** Writes the plan beside its place, and puts it there when every row is right. */
async function planRows(
  file: string,
  flags: PlanFlags,
  scope: Readonly<Record<string, string>>,
  { api, table, console }: World,
): Promise<number> {
  const types = await table.types();
  const finder = new Operations(table);
  const fixed = flags.op === undefined ? undefined : await finder.batchable(flags.op);
  const unfinished = `${flags.out}.${process.pid}.tmp`;
  const output = createWriteStream(unfinished, { mode: 0o600, flags: 'wx' });
  // Each write says it too.
  output.on('error', () => {});
  const write = (value: object): Promise<void> =>
    new Promise((resolve, reject) => {
      output.write(`${JSON.stringify(value)}\n`, (error) => (error ? reject(error) : resolve()));
    });
  const where = (flags.where ?? []).map(split);
  let faulty = 0;
  let planned = 0;
  let layout: Layout | undefined;
  try {
    for await (const row of readRows(file, flags.format ?? formatOf(file), console)) {
      if (planned >= (flags.maxRows ?? Infinity)) break;
      if (!layout) {
        layout = layoutOf([...row.cells.keys()], flags, fixed, types, console);
        await write({ plan: 1, bin: api.bin, scope, columns: layout.columns } satisfies PlanHead);
      }
      if (!where.every(([column, value]) => String(row.cells.get(column) ?? '') === value))
        continue;
      const faults: Fault[] = [];
      const change = await changeOf(row, { fixed, finder, types, layout }, faults);
      for (const fault of faults) say(console, faultText(fault));
      faulty += faults.length;
      planned += 1;
      if (change && faulty === 0) await write(change);
    }
    await new Promise<void>((resolve) => output.end(resolve));
    if (faulty > 0) throw new CommandError(`${faulty} faults in ${file}; nothing was planned.`);
    if (planned === 0) throw new CommandError(`${file} has no rows to plan.`);
    await rename(unfinished, flags.out);
    return planned;
  } finally {
    output.destroy();
    await rm(unfinished, { force: true });
  }
}

interface Layout {
  readonly columns: readonly string[];
  readonly inputs: ColumnMap;
}

/** Which column goes where. A column that goes nowhere is a fault, unless the user says what to map. */
function layoutOf(
  columns: readonly string[],
  flags: PlanFlags,
  fixed: Operation | undefined,
  types: Types,
  console: Console,
): Layout {
  const mapped = new Map((flags.map ?? []).map(split).map(([input, column]) => [column, input]));
  for (const column of mapped.keys())
    if (!columns.includes(column))
      throw new CommandError(`There is no column ${column}.${didYouMean(column, columns)}`);
  const named = new Set(mapped.values());
  const inputs = new Map(mapped);
  const left: string[] = [];
  for (const column of columns) {
    if (inputs.has(column) || named.has(column)) continue;
    if (!fixed) {
      if (column !== 'operation') inputs.set(column, column);
    } else if ('path' in targetOf(fixed, types, column)) inputs.set(column, column);
    else if (column !== 'operation') left.push(column);
  }
  if (left.length > 0 && mapped.size === 0)
    throw new CommandError(
      `${fixed?.name} has no input ${left.join(', ')}: say with --map which columns are meant.`,
    );
  if (left.length > 0) say(console, `Columns that are not used: ${left.join(', ')}.`);
  return { columns, inputs };
}

interface Reading {
  readonly fixed: Operation | undefined;
  readonly finder: Operations;
  readonly types: Types;
  readonly layout: Layout;
}

async function changeOf(
  row: Row,
  { fixed, finder, types, layout }: Reading,
  faults: Fault[],
): Promise<PlanRow | undefined> {
  const { number, line, cells, fault } = row;
  if (fault !== undefined) {
    faults.push({ row: number, line, column: '', value: '', expected: fault });
    return undefined;
  }
  const named = String(cells.get('operation') ?? '');
  const operation = fixed ?? (await finder.known(named));
  if (!operation?.builder) {
    const expected = `an operation that goes into batches${didYouMean(named, await finder.names())}`;
    faults.push({ row: number, line, column: 'operation', value: named, expected });
    return undefined;
  }
  const input = readChange(row, operation, types, layout.inputs, faults);
  const destroys = operation.method === 'DELETE' || operation.verb === 'destroy';
  return {
    row: number,
    group: operation.builder,
    operation: operation.name,
    ...(destroys && { destroys: true as const }),
    input,
    cells: layout.columns.map((column) => cells.get(column) ?? ''),
  };
}

/** Operations by name, each read once. */
class Operations {
  readonly #table: OperationTable;
  readonly #known = new Map<string, Promise<Operation | undefined>>();

  constructor(table: OperationTable) {
    this.#table = table;
  }

  known(name: string): Promise<Operation | undefined> {
    const found = this.#known.get(name) ?? this.#table.find(name);
    if (this.#known.size < 1_000) this.#known.set(name, found);
    return found;
  }

  async names(): Promise<readonly string[]> {
    return (await this.#table.index()).flatMap(({ name, batch }) => (batch ? [name] : []));
  }

  async batchable(name: string): Promise<Operation> {
    const found = await this.known(name);
    if (found?.builder) return found;
    const reason = found ? `${name} does not go into batches.` : `There is no operation ${name}.`;
    throw new CommandError(`${reason}${didYouMean(name, await this.names())}`);
  }
}

function formatOf(file: string): RowFormat {
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return 'jsonl';
  return /\.json$/i.test(file) ? 'json' : 'csv';
}

function pairs(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',')];
}

function split(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new CommandError(`${pair} must be name=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandError('--max-rows must be a whole number.');
  return Number(text);
}
