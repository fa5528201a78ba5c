// @ts-nocheck
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Console } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { csvRows } from './csv-rows.js';
import { decode, linesOf } from './decode.js';
import type { Row } from './row.js';

export type RowFormat = 'csv' | 'json' | 'jsonl';

/** Reads the rows of a file, `-` for standard input, without keeping them. */
export async function* readRows(
  path: string,
  format: RowFormat,
  console: Console,
): AsyncGenerator<Row> {
  const source = path === '-' ? console.stdin : await openFile(path);
  const texts = withoutMark(decode(source));
  switch (format) {
    case 'csv':
      return yield* csvRows(texts);
    case 'jsonl':
      return yield* lineRows(texts);
    case 'json':
      return yield* jsonRows(texts);
  }
}

async function openFile(path: string): Promise<Readable> {
  const file = await open(path).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CommandError(`${path} cannot be read${reason}.`, exitCode.failed);
  });
  return file.createReadStream();
}

/** A decoder takes the first mark away; some programs write two. */
async function* withoutMark(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const text of texts) {
    if (text === '') continue;
    yield isFirst ? text.replace(/^\uFEFF/, '') : text;
    isFirst = false;
  }
}

async function* lineRows(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  let line = 0;
  let number = 0;
  for await (const text of linesOf(texts)) {
    line += 1;
    if (text.trim() === '') continue;
    number += 1;
    yield rowOf(parsed(text), number, line);
  }
}

async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  const parts: string[] = [];
  for await (const text of texts) parts.push(text);
  const rows = parsed(parts.join(''));
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
  return { number, line, cells: new Map(Object.entries(value)), isTyped: true };
}
