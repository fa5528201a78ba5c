// @ts-nocheck
import { parse } from 'csv-parse';
import { CommandError } from '../terminal/exit-code.js';
import type { Row } from './row.js';

const MOST_RECORD = 10_000_000;
/** Characters within which the line that names the columns ends. */
const MOST_HEAD = 65_536;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file (RFC 4180), as they are read. */
export async function* csvRows(texts: AsyncGenerator<string>): AsyncGenerator<Row> {
  const first = await firstOf(texts);
  const separator = /^sep=([^\r\n"])\r?\n/.exec(first);
  const start = first.slice(separator?.[0].length);
  const skipped = separator ? 1 : 0;
  const parser = parse({
    delimiter: separator?.[1] ?? delimiterOf(start),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
    // Found by itself it would be that of the first line alone.
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  void feed(parser, start, texts);
  let columns: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (!columns) {
        columns = headOf(record);
        continue;
      }
      number += 1;
      yield rowOf(record, columns, number, info.lines + skipped);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The CSV cannot be read: ${(error as Error).message}`);
  } finally {
    parser.destroy();
  }
}

function rowOf(
  record: readonly string[],
  columns: readonly string[],
  number: number,
  line: number,
): Row {
  const cells = new Map<string, string>();
  let fault =
    record.length === columns.length
      ? undefined
      : `${columns.length} cells, and not ${record.length}`;
  for (const [index, column] of columns.entries()) {
    const cell = record[index] ?? '';
    if (column !== '') cells.set(column, cell);
    else if (cell !== '')
      fault ??= `no cell without the name of a column: ${JSON.stringify(cell.slice(0, 80))}`;
  }
  return { number, line, cells, ...(fault !== undefined && { fault }) };
}

/** The start of a text, long enough to hold its head. */
async function firstOf(texts: AsyncGenerator<string>): Promise<string> {
  let start = '';
  let isQuoted = false;
  while (start.length < MOST_HEAD) {
    const { value = '', done } = await texts.next();
    if (done) break;
    start += value;
    for (const letter of value) {
      if (letter === '"') isQuoted = !isQuoted;
      else if (!isQuoted && (letter === '\n' || letter === '\r')) return start;
    }
  }
  return start;
}

async function feed(
  parser: ReturnType<typeof parse>,
  start: string,
  texts: AsyncIterable<string>,
): Promise<void> {
  const write = async (text: string): Promise<void> => {
    if (parser.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        parser.off('drain', go);
        parser.off('close', go);
        resolve();
      };
      parser.on('drain', go);
      parser.on('close', go);
    });
  };
  try {
    await write(start);
    for await (const text of texts) {
      if (parser.destroyed) return;
      await write(text);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** What separates the cells of the head: spreadsheets write `;` where a comma is decimal. */
function delimiterOf(start: string): string {
  const counts = new Map([',', ';', '\t'].map((each) => [each, 0]));
  let isQuoted = false;
  for (const letter of start) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else if (counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function headOf(record: readonly string[]): readonly string[] {
  const columns = record.map((name) => name.trim());
  const seen = new Set<string>();
  for (const name of columns) {
    if (name !== '' && seen.has(name)) throw new CommandError(`The column ${name} is there twice.`);
    seen.add(name);
  }
  return columns;
}
