import { readFileSync } from 'node:fs';

/** A line of a table: its cells by what stands above them. */
export type Row = Readonly<Record<string, string>>;

const page = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8');

/**
 * The rows of a table of docs/conformance.md: the first below a heading. The page is what the tests
 * run, so that it cannot say anything else than they do.
 */
export function readTable(heading: string): readonly Row[] {
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [lines = ''] = /(^\|.*\n)+/m.exec(section) ?? [];
  const [head = [], , ...rows] = lines.trim().split('\n').map(cellsOf);
  if (rows.length === 0) throw new Error(`docs/conformance.md has no table below ${heading}.`);
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What stands in a cell as code, without the quotes; a cell without code is no text at all. */
export function codeIn(cell: string): string {
  const [, , text = ''] = /(`+) ?(.*?) ?\1/.exec(cell) ?? [];
  return text;
}

/** All the codes of a cell. */
export function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/(`+) ?(.*?) ?\1/g)].map(([, , text = '']) => text);
}
