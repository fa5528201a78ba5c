// @ts-nocheck
import { Command } from 'commander';
import { addAccountOptions } from '../call/call-command.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { OperationTable } from '../operations/table.js';
import { addScopeOptions, scopeOf } from '../access/scope.js';
import type { AccountFlags } from '../access/settings.js';
import { type Console, say, tell } from '../terminal/console.js';
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type ChangeKind, ChangeOperations } from './change-operations.js';
import { faultText } from './fault.js';
import { pairOf, planRows } from './plan-rows.js';
import { PlanWriter } from './plan-writer.js';
import { type RowFormat, readRows } from './rows.js';

interface PlanFlags extends AccountFlags {
  readonly op?: string;
  readonly map?: readonly string[];
  readonly where?: readonly string[];
  readonly maxRows?: number;
  readonly format?: RowFormat;
  readonly out: string;
  readonly detailedExitcode?: boolean;
}

/** How plans are made. */
export interface PlanMaking {
  readonly name: ChangeKind;
  readonly hasDrafts: boolean;
  /** What the changes belong to. */
  readonly scope: readonly string[];
}

/** `batch plan FILE`: reads the rows of a file, says all that is wrong with them, and sends nothing. */
export function planCommand(
  api: GeneratedApi,
  table: OperationTable,
  making: PlanMaking,
  console: Console,
): Command {
  const command = new Command('plan')
    .description('read changes from a CSV, JSON or JSON lines file; nothing is sent')
    .argument('<file>', 'the file; - for standard input')
    .option('--op <operation>', 'the operation of every row; else the column "operation" says it')
    .option('--map <input=column,…>', 'which column holds which input', pairs)
    .option('--where <column=value>', 'only rows with this value', pairs)
    .option('--max-rows <count>', 'only the first rows', rowCount)
    .option('--format <format>', 'csv, json or jsonl; else the name of the file says it')
    .option('--out <file>', 'the plan', 'plan.jsonl')
    .option('--detailed-exitcode', 'end with 6 where there are changes');
  addScopeOptions(command, api, making.scope);
  addAccountOptions(command, api);
  return command.action(async (file: string, flags: PlanFlags & Record<string, unknown>) => {
    const scope = await scopeOf(api, making.scope, flags, console);
    const planned = await writePlan(file, flags, scope, { api, table, making, console });
    say(console, `${count(planned, 'change')} in ${flags.out}; nothing was sent.`);
    const next = making.name === 'bulk' || making.hasDrafts ? 'preview' : 'apply';
    say(console, `Next: ${api.bin} ${making.name} ${next} ${flags.out}`);
    if (flags.detailedExitcode && planned > 0) throw new CommandError('', exitCode.changes);
  });
}

/** Writes the plan of a file; gives how many changes it has. */
async function writePlan(
  file: string,
  flags: PlanFlags,
  scope: Readonly<Record<string, string>>,
  { api, table, making, console }: World,
): Promise<number> {
  const operations = new ChangeOperations(table, making.name);
  const options = {
    head: {
      plan: 1 as const,
      bin: api.bin,
      ...(making.name === 'bulk' && { calls: true as const }),
      scope,
    },
    fixed: flags.op === undefined ? undefined : await operations.changing(flags.op),
    operations,
    types: await table.types(),
    map: (flags.map ?? []).map(pairOf),
    where: (flags.where ?? []).map(pairOf),
    maxRows: flags.maxRows ?? Infinity,
  };
  await using writer = await PlanWriter.open(flags.out);
  const rows = readRows(file, flags.format ?? formatOf(file), console);
  const { planned, faults } = await planRows(rows, options, {
    write: (line) => writer.write(line),
    fault: (fault) => tell(console, faultText(fault)),
    unused: (columns) => say(console, `Columns that are not used: ${columns.join(', ')}.`),
  });
  if (faults > 0)
    throw new CommandError(`${count(faults, 'fault')} in ${file}; nothing was planned.`);
  if (planned === 0) throw new CommandError(`${file} has no rows to plan.`);
  await writer.commit();
  return planned;
}

interface World {
  readonly api: GeneratedApi;
  readonly table: OperationTable;
  readonly making: PlanMaking;
  readonly console: Console;
}

function formatOf(file: string): RowFormat {
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return 'jsonl';
  return /\.json$/i.test(file) ? 'json' : 'csv';
}

function pairs(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',')];
}

function rowCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandError('--max-rows must be a whole number.');
  return Number(text);
}
