// @ts-nocheck
import { parse } from 'csv-parse';
import { CommandError } from '../terminal/exit-code.js';
import { CsvQuotes, type QuoteFault } from './csv-quotes.js';
import { faultText } from './fault.js';
import type { Row } from './row.js';

const MOST_RECORD = 10_000_000;
/** Characters within which the line that names the columns ends. */
const MOST_HEAD = 65_536;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file (RFC 4180), as they are read. */
export async function* csvRows(texts: AsyncGenerator<string>): AsyncGenerator<Row> {
  const first = await firstOf(texts);
  const separator = /^sep=([^\r\n"])\r?\n/.exec(first);
  const start = first.slice(separator?.[0].length);
  const skipped = separator ? 1 : 0;
  const delimiter = separator?.[1] ?? delimiterOf(start);
  const quotes = new CsvQuotes(delimiter, MOST_RECORD);
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
    // Found by itself it would be that of the first line alone.
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  void feed(parser, quotes, start, texts);
  let columns: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const line = info.lines + skipped;
      const quoted = quotes.faultIn(record);
      if (!columns) {
        if (quoted) throw new CommandError(`The CSV cannot be read: ${QUOTES} in line ${line}.`);
        columns = headOf(record);
        continue;
      }
      number += 1;
      yield quoted
        ? faultyRow(quoted, columns, number, line)
        : rowOf(record, columns, number, line);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The CSV cannot be read: ${(error as Error).message}`);
  } finally {
    parser.destroy();
  }
}

const QUOTES = 'quotes around a whole cell, and two for each in it';

/** @throws CommandError where it is not certain where the next row begins. */
function faultyRow(
  { cell, value, isLast }: QuoteFault,
  columns: readonly string[],
  number: number,
  line: number,
): Row {
  const column = columns[cell] ?? '';
  if (!isLast) return { number, line, cells: new Map(), fault: QUOTES, column, value };
  const text = faultText({ row: number, line, column, value, expected: QUOTES });
  throw new CommandError(
    `${text}. Where the next row begins cannot be told: nothing after it was read.`,
  );
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
  quotes: CsvQuotes,
  start: string,
  texts: AsyncIterable<string>,
): Promise<void> {
  const write = async (text: string): Promise<void> => {
    if (text === '' || parser.write(text)) return;
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
    await write(quotes.take(start));
    for await (const text of texts) {
      if (parser.destroyed) return;
      await write(quotes.take(text));
      if (quotes.hasEnded) break;
    }
    await write(quotes.end());
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
