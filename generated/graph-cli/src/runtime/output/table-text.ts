// @ts-nocheck
import type { Console } from '../terminal/console.js';
import { printable } from '../terminal/printable.js';

const WIDEST_CELL = 60;

/** Rows in columns that line up, as wide as their content, each cell on one line. */
export async function tableText(
  head: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  { stdout }: Console,
): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const widest = stdout.isTTY ? WIDEST_CELL : Infinity;
  const cell = (text: string): string => shorten(printable(text).replaceAll('\n', '\\n'), widest);
  const table = new Table({
    chars: plain,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  // Each by itself: a call has room for so many arguments.
  if (head) table.push(head.map(cell));
  for (const row of rows) table.push(row.map(cell));
  return `${table.toString().replaceAll(/ +$/gm, '')}\n`;
}

function shorten(text: string, widest: number): string {
  const letters = [...text];
  return letters.length > widest ? `${letters.slice(0, widest - 1).join('')}…` : text;
}

const plain = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
