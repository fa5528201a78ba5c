import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Console } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** A row of a file of changes: its cells by column. Cells of JSON may be other values than text. */
export interface Row {
  /** From 1, the head not counted. */
  readonly number: number;
  /** Where it ends in the file. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, unknown>;
  /** Why it could not be read. */
  readonly fault?: string;
}

export type RowFormat = 'csv' | 'json' | 'jsonl';

const MOST_RECORD = 10_000_000;

/** Reads the rows of a file, `-` for standard input, without keeping them. */
export async function* readRows(
  path: string,
  format: RowFormat,
  console: Console,
): AsyncGenerator<Row> {
  const source = path === '-' ? console.stdin : await openFile(path);
  switch (format) {
    case 'csv':
      return yield* csvRows(source);
    case 'jsonl':
      return yield* lineRows(source);
    case 'json':
      return yield* jsonRows(source);
  }
}

async function openFile(path: string): Promise<Readable> {
  const file = await open(path).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CommandError(`${path} cannot be read${reason}.`, exitCode.failed);
  });
  return file.createReadStream();
}

async function* csvRows(source: Readable): AsyncGenerator<Row> {
  const [start, rest] = await peek(source);
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
  });
  void feed(parser, rest);
  let columns: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (!columns) {
        columns = headOf(record);
        continue;
      }
      number += 1;
      const fault =
        record.length === columns.length
          ? undefined
          : `${columns.length} cells, and not ${record.length}`;
      const cells = new Map(columns.map((column, index) => [column, record[index] ?? '']));
      yield { number, line: info.lines, cells, ...(fault !== undefined && { fault }) };
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The CSV cannot be read: ${(error as Error).message}`);
  }
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function feed(
  parser: ReturnType<typeof parse>,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (parser.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        parser.once('drain', resolve);
        parser.once('close', resolve);
      });
      if (parser.destroyed) return;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** The first piece of a stream, and all of it. */
async function peek(
  source: Readable,
): Promise<readonly [start: string, all: AsyncIterable<Uint8Array>]> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>;
  const first = await chunks.next();
  const bytes = first.done ? new Uint8Array() : Buffer.from(first.value);
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      yield Buffer.from(next.value);
  };
  return [new TextDecoder().decode(bytes.subarray(0, 65_536)), all()];
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
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new CommandError(`The column ${twice || '""'} is there twice.`);
  return columns;
}

async function* lineRows(source: Readable): AsyncGenerator<Row> {
  const { createInterface } = await import('node:readline');
  let line = 0;
  let number = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
    line += 1;
    const plain = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (plain.trim() === '') continue;
    number += 1;
    yield rowOf(parsed(plain), number, line);
  }
}

async function* jsonRows(source: Readable): AsyncGenerator<Row> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(Buffer.from(part as Uint8Array));
  const rows = parsed(
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  if (!Array.isArray(rows)) throw new CommandError('The JSON must be a list of objects.');
  for (const [index, row] of rows.entries()) yield rowOf(row, index + 1, index + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function rowOf(value: unknown, number: number, line: number): Row {
  const isRow = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isRow) return { number, line, cells: new Map(), fault: 'a JSON object' };
  return { number, line, cells: new Map(Object.entries(value)) };
}
