import { isAbsolute, relative } from 'node:path';
import type { Diagnostic, Severity } from './diagnostics.ts';

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

/** How many diagnostics a person is shown at most. */
const most = 50;

const order: readonly Severity[] = ['error', 'warning', 'info'];
const styles = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/**
 * Diagnostics for people, errors first, those of a kind together, each on a line that editors and
 * terminals can follow: `file:line:column: severity code: message`.
 */
export function reportDiagnostics(list: readonly Diagnostic[], options: ReportOptions): string {
  const all = sorted(list.filter(({ severity }) => options.verbose || severity !== 'info'));
  const shown = all.slice(0, most);
  const lines = shown.flatMap((diagnostic, index) => {
    const next = shown[index + 1];
    const hintFollows = next?.code === diagnostic.code && next.hint === diagnostic.hint;
    return linesOf(diagnostic, hintFollows, options);
  });
  if (all.length > most) {
    const rest = countDiagnostics(all.slice(most));
    lines.push(`… and ${rest} more; --format json shows all of them.`);
  }
  return lines.map((line) => `${line}\n`).join('');
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

/**
 * A text of a document on one line: it may be long, and a control or format character in it could
 * forge what the terminal shows.
 */
export function printable(text: string): string {
  const short = text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
  return short
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    })
    .trim();
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
  return list.toSorted(
    (a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : Number(a.code > b.code)),
  );
}
