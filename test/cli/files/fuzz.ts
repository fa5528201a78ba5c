import { Readable } from 'node:stream';
import type { Row } from '../../../templates/cli-runtime/bulk/row.ts';
import { type RowFormat, readRows } from '../../../templates/cli-runtime/bulk/rows.ts';
import { CommandError } from '../../../templates/cli-runtime/terminal/exit-code.ts';
import { type Random, randomOf } from '../../simulators/random.ts';
import { mutated } from './mutate.ts';
import { referenceCsv } from './reference-csv.ts';

/** What the command line reads from a text: its rows, and why it went no further. */
export interface ReadText {
  readonly rows: readonly Row[];
  readonly refusal: string | undefined;
}

/** Reads a text as standard input, in pieces of some size. */
export async function readText(
  text: string | Uint8Array,
  format: RowFormat,
  pieceSize = 1_000_000,
): Promise<ReadText> {
  const bytes = Buffer.from(text as string);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceSize)
    pieces.push(bytes.subarray(at, at + pieceSize));
  const nothing = { env: {}, stdout: process.stdout, stderr: process.stderr };
  const rows: Row[] = [];
  try {
    for await (const row of readRows('-', format, { ...nothing, stdin: Readable.from(pieces) }))
      rows.push(row);
    return { rows, refusal: undefined };
  } catch (error) {
    if (error instanceof CommandError) return { rows, refusal: error.message };
    throw error;
  }
}

const csvs = [
  'serial,portId,name,vlan,tags\nQ2AA,1,"Desk ""4""",20,"a,b"\nQ2AA,2,,null,[]\n',
  'serial;portId;name\r\nQ2AA;1;"two\r\nlines"\r\nQ2AA;2;x\r\n',
  '"serial"\t"portId"\nQ2AA\t1\nQ2AA\t2',
  '\uFEFFname\nA\n\nB\n',
  'sep=;\nserial;name\nQ2AA;a,b\n',
];
const jsonls = [
  '{"serial":"Q2AA","portId":"1","vlan":20}\n{"serial":"Q2AA","portId":"2","name":null}\n',
  '{"name":"a\\nb","tags":["x"]}\r\n\r\n{"name":"","radius":{"enabled":true}}\r\n',
  '{"name":"\u2028"}\n{"name":"😀"}',
];

/** A file that was read wrong, and how. */
export interface Finding {
  readonly text: string;
  readonly why: string;
}

/** Reads mutated files; gives those that were read wrong. The same for the same seed. */
export async function fuzzFiles(count: number, seed: number): Promise<readonly Finding[]> {
  const random = randomOf(seed);
  const findings: Finding[] = [];
  for (let file = 0; file < count; file++) {
    const format = random() < 0.6 ? 'csv' : 'jsonl';
    const seeds = format === 'csv' ? csvs : jsonls;
    // A letter that was cut in two is none in a file.
    const text = Buffer.from(mutated(pick(seeds, random), format, random)).toString();
    const read = await readText(text, format, 1 + Math.floor(random() * 40));
    const why = format === 'csv' ? wrongCsv(text, read) : wrongLines(text, read);
    if (why !== undefined) findings.push({ text, why });
  }
  return findings;
}

function pick(texts: readonly string[], random: Random): string {
  return texts[Math.floor(random() * texts.length)] ?? '';
}

function wrongCsv(text: string, { rows, refusal }: ReadText): string | undefined {
  const expected = referenceCsv(text);
  if (!expected) {
    if (refusal === undefined) return 'read though it is not text';
    return /\d/.test(refusal) ? undefined : `refused without a place: ${refusal}`;
  }
  const [head, ...records] = expected;
  if (refusal !== undefined && !/\d|is there twice/.test(refusal))
    return `refused without a place: ${refusal}`;
  if (head?.isFaulty) return refusal === undefined ? 'read though its head is faulty' : undefined;
  const names = (head?.cells ?? []).map((name) => name.trim());
  const isDouble = names.some((name, at) => name !== '' && names.indexOf(name) !== at);
  if (isDouble !== (refusal?.includes('is there twice') ?? false))
    return `a column is there twice: ${isDouble}, but ${refusal}`;
  if (isDouble) return undefined;
  const firstFault = records.findIndex(({ isFaulty }) => isFaulty);
  if (refusal !== undefined && (firstFault < 0 || rows.length < firstFault))
    return `refused: ${refusal}`;
  if (refusal === undefined && rows.length !== records.length)
    return `${rows.length} rows, and not ${records.length}`;
  for (const [at, row] of rows.entries()) {
    const record = records[at];
    if (!record) return `row ${at + 1} is not there`;
    const { cells, isFaulty } = record;
    const mustFail =
      isFaulty ||
      cells.length !== names.length ||
      names.some((name, cell) => name === '' && cells[cell] !== '');
    if (mustFail !== (row.fault !== undefined)) return `row ${at + 1}: ${row.fault}`;
    if (row.number !== at + 1 || row.line < 1) return `row ${at + 1} has another place`;
    if (mustFail) continue;
    for (const [cell, name] of names.entries())
      if (name !== '' && row.cells.get(name) !== cells[cell])
        return `row ${at + 1}, ${name}: ${JSON.stringify(row.cells.get(name))}`;
  }
  return undefined;
}

function wrongLines(text: string, { rows, refusal }: ReadText): string | undefined {
  if (refusal !== undefined) return `refused: ${refusal}`;
  const lines = text
    .replace(/^\uFEFF{1,2}/, '')
    .split('\n')
    .map((line, at) => ({ line: line.replace(/\r$/, ''), at: at + 1 }))
    .filter(({ line }) => line.trim() !== '');
  if (rows.length !== lines.length) return `${rows.length} rows, and not ${lines.length}`;
  for (const [index, { line, at }] of lines.entries()) {
    const row = rows[index];
    const value = objectOf(line);
    if (row?.line !== at) return `line ${at} has the place ${row?.line}`;
    if ((value === undefined) !== (row.fault !== undefined)) return `line ${at}: ${row.fault}`;
    if (value && JSON.stringify(Object.fromEntries(row.cells)) !== JSON.stringify(value))
      return `line ${at} is another object`;
  }
  return undefined;
}

function objectOf(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // Its members alone count.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}
