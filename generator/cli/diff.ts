import { resolve } from 'node:path';
import { findConfig, loadConfig, locate } from '../config/load.ts';
import type { Target } from '../config/config.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { countDiagnostics, plural, reportDiagnostics } from '../diagnostics/format.ts';
import { diff } from '../diff/diff.ts';
import { type Axis, axes, type Finding, weight } from '../diff/finding.ts';
import { readSide } from '../diff/read-side.ts';
import { htmlReport } from '../diff/report/html.ts';
import { jsonReport } from '../diff/report/json.ts';
import { markdownReport } from '../diff/report/markdown.ts';
import { textReport } from '../diff/report/text.ts';
import { type ReadingFlags, targetOf } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface DiffFlags extends ReadingFlags {
  readonly config?: string;
  readonly since?: string;
  readonly level?: string;
  readonly format?: string;
  readonly failOn?: string;
  readonly prove?: boolean;
}

/** `batchwright diff`. Resolves to the exit code: 2 where the two could not be compared. */
export async function diffCommand(
  documents: readonly string[],
  flags: DiffFlags,
  terminal: Terminal,
): Promise<number> {
  const levels = levelsOf(flags.level);
  const format = oneOf('format', flags.format ?? 'text', formats);
  const failOn = oneOf('fail-on', flags.failOn ?? 'breaking', ['breaking', 'warning']);
  const [old, now] = sourcesOf(documents, flags.since);

  const configuration = new Diagnostics();
  const accepted = await acceptedBy(flags, terminal.folder, configuration);
  const both = accepted && (await readBoth(old, now, levels, flags, terminal));
  const { stdout, stderr, folder } = terminal;
  stderr.write(
    reportDiagnostics(configuration.list, { paint: paintFor(stderr), folder, verbose: false }),
  );
  if (!accepted || !both) return 2;

  const found = diff(both.old, both.now, levels);
  const all = flags.prove ? [...found, ...(await proveTypes(both, found, terminal))] : found;
  const findings = all.filter(({ fingerprint }) => !accepted.has(fingerprint));
  stdout.write(report(findings, format, terminal, flags.verbose === true));
  noteAccepted(all.length - findings.length, format, terminal);
  return findings.some(({ severity }) => weight(severity) <= weight(failOn)) ? 1 : 0;
}

/** What the compiler says beyond the comparison. */
async function proveTypes(
  { old, now }: { readonly old: Side; readonly now: Side },
  findings: readonly Finding[],
  { stderr }: Terminal,
): Promise<readonly Finding[]> {
  if (!old.api || !now.api) throw new UsageError('`--prove` needs the level types.');
  const { prove } = await import('../diff/types/prove/prove.ts');
  const errors = await prove(
    { api: old.api, dialect: old.dialect },
    { api: now.api, dialect: now.dialect },
  );
  const breaks = findings.some(({ axis, severity }) => axis === 'types' && severity === 'breaking');
  stderr.write(
    errors.length === 0
      ? 'The compiler takes all code that used the old client.\n'
      : `The compiler refuses code that used the old client: ${plural(errors.length, 'error')}.\n`,
  );
  return breaks ? [] : errors.map(({ finding }) => finding);
}

const formats = ['text', 'json', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

function report(
  findings: readonly Finding[],
  format: Format,
  { stdout }: Terminal,
  verbose: boolean,
): string {
  switch (format) {
    case 'text':
      return textReport(findings, paintFor(stdout), verbose);
    case 'json':
      return `${JSON.stringify(jsonReport(findings), null, 2)}\n`;
    case 'markdown':
      return markdownReport(findings);
    case 'html':
      return htmlReport(findings);
  }
}

function noteAccepted(count: number, format: Format, { stderr }: Terminal): void {
  if (count > 0 && format !== 'json')
    stderr.write(`${plural(count, 'change')} left out, as the configuration accepts.\n`);
}

function levelsOf(text: string | undefined): readonly Axis[] {
  if (text === undefined) return axes;
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => oneOf('level', name, axes));
}

function oneOf<Name extends string>(flag: string, value: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === value);
  if (found === undefined)
    throw new UsageError(`\`--${flag} ${value}\` must be one of ${known.join(', ')}.`);
  return found;
}

/** The two documents: both are named, or one and the revision since which it changed. */
function sourcesOf(
  documents: readonly string[],
  since: string | undefined,
): readonly [string, string] {
  const [first, second] = documents;
  if (documents.length > 2) throw new UsageError('`batchwright diff` takes two documents.');
  if (since !== undefined) {
    if (first === undefined || second !== undefined)
      throw new UsageError('`--since` takes one document: the file that changed.');
    return [`git:${since}:${first}`, first];
  }
  if (first === undefined || second === undefined)
    throw new UsageError('`batchwright diff` takes two documents, or one and `--since`.');
  return [first, second];
}

async function readBoth(
  old: string,
  now: string,
  levels: readonly Axis[],
  flags: DiffFlags,
  terminal: Terminal,
): Promise<{ readonly old: Side; readonly now: Side } | undefined> {
  const options = await targetOf(flags);
  const [before, after] = await Promise.all([
    readOne(old, options, levels, flags, terminal),
    readOne(now, options, levels, flags, terminal),
  ]);
  return before && after ? { old: before, now: after } : undefined;
}

type Side = NonNullable<Awaited<ReturnType<typeof readSide>>>;

async function readOne(
  source: string,
  options: Partial<Target>,
  levels: readonly Axis[],
  flags: DiffFlags,
  { stderr, folder }: Terminal,
): Promise<Side | undefined> {
  const diagnostics = new Diagnostics();
  const input = source.startsWith('git:') ? source : locate({ input: source }, folder).input;
  const side = await readSide({ ...options, input }, levels, folder, diagnostics);
  const paint = paintFor(stderr);
  // What can be used was looked at when it was generated; here only what stops the comparison counts.
  const shown = diagnostics.list.filter(({ severity }) => flags.verbose || severity === 'error');
  stderr.write(reportDiagnostics(shown, { paint, folder, verbose: flags.verbose === true }));
  if (!side) stderr.write(`${source} cannot be compared: ${countDiagnostics(shown)}.\n`);
  return side;
}

/** Fingerprints that the configuration accepts; undefined where it cannot be used. */
async function acceptedBy(
  flags: DiffFlags,
  folder: string,
  diagnostics: Diagnostics,
): Promise<ReadonlySet<string> | undefined> {
  const file = flags.config === undefined ? findConfig(folder) : resolve(folder, flags.config);
  if (file === undefined) return new Set();
  const config = await loadConfig(file, diagnostics, { isNamed: flags.config !== undefined });
  return config && new Set(config.accept.map(({ fingerprint }) => fingerprint));
}
