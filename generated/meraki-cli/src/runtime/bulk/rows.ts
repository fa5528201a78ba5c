// @ts-nocheck
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Console } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { csvRows } from './csv-rows.js';
import { decode, linesOf } from './decode.js';
import { jsonRows } from './json-rows.js';
import { jsonRow, type Row } from './row.js';

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
    yield jsonRow(text, number, line);
  }
}
