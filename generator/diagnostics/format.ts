import { isAbsolute, relative } from 'node:path';
import { compare } from '../json/narrow.ts';
import type { Diagnostic, Severity } from './diagnostics.ts';
import { printable } from './printable.ts';

/** Marks a text as the terminal shows it: in colour, or not at all. */
export type Paint = (
  style: 'red' | 'yellow' | 'cyan' | 'green' | 'bold' | 'dim',
  text: string,
) => string;

export interface ReportOptions {
  readonly paint: Paint;
  /** The folder that file names are relative to. */
  readonly folder: string;
  /** Shows what is merely worth knowing, too. */
  readonly verbose: boolean;
}

/** How many diagnostics a person is shown at most, and how many who asked for more. */
const most = { usual: 50, verbose: 1000 };

/** A kind with more warnings than `many` is shown by a few examples. */
const many = 5;
const examples = 3;

const order: readonly Severity[] = ['error', 'warning', 'info'];
const styles = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/**
 * Diagnostics for people, errors first, those of a kind together, each on a line that editors and
 * terminals can follow: `file:line:column: severity code: message`.
 */
export function reportDiagnostics(list: readonly Diagnostic[], options: ReportOptions): string {
  const all = sorted(list.filter(({ severity }) => options.verbose || severity !== 'info'));
  const lines: string[] = [];
  const hidden: Diagnostic[] = [];
  let room = options.verbose ? most.verbose : most.usual;
  for (const kind of kindsOf(all)) {
    const shown = (options.verbose ? kind : examplesOf(kind)).slice(0, room);
    room -= shown.length;
    for (const [index, diagnostic] of shown.entries()) {
      const hintFollows = shown[index + 1]?.hint === diagnostic.hint;
      for (const line of linesOf(diagnostic, hintFollows, options)) lines.push(line);
    }
    const rest = kind.slice(shown.length);
    if (rest.length === 0) continue;
    if (room > 0) lines.push(`… and ${rest.length} more of this kind; --verbose shows them.`);
    else for (const diagnostic of rest) hidden.push(diagnostic);
  }
  if (hidden.length > 0) {
    const notes = hidden.filter(({ severity }) => severity === 'info').length;
    const counts = [countDiagnostics(hidden), notes > 0 ? plural(notes, 'note') : ''];
    lines.push(`… and ${counts.filter(Boolean).join(', ')} more; --format json shows all of them.`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** What `reportDiagnostics` needs of a list that is not reported verbosely: no place of what it only counts. */
export function abridged(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const kinds = kindsOf(sorted(list.filter(({ severity }) => severity !== 'info')));
  const shown = new Set(kinds.flatMap(examplesOf).slice(0, most.usual));
  return kinds.flat().map((one) => {
    const { code, severity, message } = one;
    return shown.has(one) ? one : { code, severity, message };
  });
}

/** Errors are all shown: each must be fixed. */
function examplesOf(kind: readonly Diagnostic[]): readonly Diagnostic[] {
  const isError = kind[0]?.severity === 'error';
  return isError || kind.length <= many ? kind : kind.slice(0, examples);
}

/** Sorted diagnostics, those of one severity and code together. */
function kindsOf(all: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] {
  const kinds: Diagnostic[][] = [];
  for (const diagnostic of all) {
    const last = kinds.at(-1);
    const [first] = last ?? [];
    const isSame = first?.code === diagnostic.code && first.severity === diagnostic.severity;
    if (last && isSame) last.push(diagnostic);
    else kinds.push([diagnostic]);
  }
  return kinds;
}

/** `2 errors, 1 warning`; empty where there are neither. */
export function countDiagnostics(list: readonly Diagnostic[]): string {
  const count = (severity: Severity): number =>
    list.filter((diagnostic) => diagnostic.severity === severity).length;
  return [plural(count('error'), 'error'), plural(count('warning'), 'warning')]
    .filter((part) => !part.startsWith('0 '))
    .join(', ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A file as a person in `folder` would name it. */
export function fileName(file: string, folder: string): string {
  if (!isAbsolute(file)) return file;
  const path = relative(folder, file);
  return path.startsWith('..') && path.length >= file.length ? file : path || '.';
}

function linesOf(
  { code, severity, message, file, line, column, pointer, hint }: Diagnostic,
  hintFollows: boolean,
  { paint, folder }: ReportOptions,
): string[] {
  const place = file && [fileName(file, folder), line, column].filter((part) => part !== undefined);
  const where = place ? `${paint('bold', printable(place.join(':')))}: ` : '';
  return [
    `${where}${paint(styles[severity], severity)} ${paint('dim', `${code}:`)} ${printable(message)}`,
    ...(pointer ? [paint('dim', `    at ${printable(pointer)}`)] : []),
    ...(hint && !hintFollows ? [`    hint: ${printable(hint)}`] : []),
  ];
}

function rank({ severity }: Diagnostic): number {
  return order.indexOf(severity);
}

function sorted(list: readonly Diagnostic[]): readonly Diagnostic[] {
  return list.toSorted((a, b) => rank(a) - rank(b) || compare(a.code, b.code));
}
