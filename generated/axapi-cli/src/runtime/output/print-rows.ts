// @ts-nocheck
import { type Console, emit, isOpen } from '../terminal/console.js';
import { printable } from '../terminal/printable.js';
import { isObject, selectFields } from './select-fields.js';
import { tableText } from './table-text.js';

export type Format = 'table' | 'json' | 'jsonl' | 'csv' | 'yaml';
export const formats: readonly Format[] = ['table', 'json', 'jsonl', 'csv', 'yaml'];

export interface PrintOptions {
  readonly format: Format;
  /** Paths of members; all of them where this is empty. */
  readonly fields: readonly string[];
}

/** How many rows a table or a CSV looks at to find its columns. */
const ROWS_AT_ONCE = 500;

/** The same value, without what controls a terminal or a build service that reads its log. */
function json(value: unknown, indent?: number): string {
  return printable(JSON.stringify(value, null, indent) ?? '');
}

/** Prints items as they come; in JSON they make one list. */
export async function printRows(
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  { format, fields }: PrintOptions,
  console: Console,
): Promise<void> {
  switch (format) {
    case 'json':
      return printList(rows, fields, console);
    case 'jsonl':
      for await (const row of rows) {
        if (!isOpen(console)) return;
        await emit(console, `${json(selectFields(row, fields))}\n`);
      }
      return;
    case 'yaml': {
      const { stringify } = await import('yaml');
      for await (const row of rows) {
        if (!isOpen(console)) return;
        const text = stringify([selectFields(row, fields)], { aliasDuplicateObjects: false });
        await emit(console, text);
      }
      return;
    }
    case 'csv':
    case 'table':
      return printColumns(rows, fields, format, console);
  }
}

/** Prints one value. */
export async function printValue(
  value: unknown,
  { format, fields }: PrintOptions,
  console: Console,
): Promise<void> {
  if (Array.isArray(value)) return printRows(value, { format, fields }, console);
  const selected = selectFields(value, fields);
  switch (format) {
    case 'json':
      return emit(console, `${json(selected, 2)}\n`);
    case 'jsonl':
      return emit(console, `${json(selected)}\n`);
    case 'yaml': {
      const { stringify } = await import('yaml');
      return emit(console, stringify(selected, { aliasDuplicateObjects: false }));
    }
    case 'csv':
      return printColumns([value], fields, format, console);
    case 'table': {
      if (!isObject(selected)) return emit(console, `${cellOf(selected)}\n`);
      const rows = Object.entries(selected).map(([name, each]) => [name, cellOf(each)]);
      return emit(console, await tableText(undefined, rows, console));
    }
  }
}

async function printList(
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  fields: readonly string[],
  console: Console,
): Promise<void> {
  let before = '[';
  for await (const row of rows) {
    if (!isOpen(console)) return;
    const text = json(selectFields(row, fields), 2).replaceAll('\n', '\n  ');
    await emit(console, `${before}\n  ${text}`);
    before = ',';
  }
  await emit(console, before === '[' ? '[]\n' : '\n]\n');
}

/** The columns are those of the first rows: what comes is not kept in memory. */
async function printColumns(
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  fields: readonly string[],
  format: 'csv' | 'table',
  console: Console,
): Promise<void> {
  let columns: readonly string[] | undefined;
  let open: unknown[] = [];
  const flush = async (): Promise<void> => {
    const isFirst = columns === undefined;
    const chosen = columns ?? columnsOf(open, fields);
    columns = chosen;
    const cells = open.map((row) =>
      isObject(row)
        ? Object.values(selectFields(row, chosen) as object).map(cellOf)
        : [cellOf(row)],
    );
    open = [];
    if (format === 'table')
      return emit(console, await tableText(isFirst ? chosen : undefined, cells, console));
    const { stringify } = await import('csv-stringify/sync');
    await emit(console, stringify([...(isFirst ? [chosen] : []), ...cells].map((row) => [...row])));
  };
  for await (const row of rows) {
    if (!isOpen(console)) return;
    open.push(row);
    if (open.length >= ROWS_AT_ONCE) await flush();
  }
  if (open.length > 0) await flush();
}

function columnsOf(rows: readonly unknown[], fields: readonly string[]): readonly string[] {
  if (fields.length > 0) return fields;
  const names = new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])));
  return names.size > 0 ? [...names] : ['value'];
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
