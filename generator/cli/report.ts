import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostics.ts';
import type { Generated, Stage } from '../generate.ts';
import { countDiagnostics, fileName, plural, reportDiagnostics } from '../diagnostics/format.ts';
import { printableJson } from '../diagnostics/printable.ts';
import type { WriteSummary } from '../write/summary.ts';
import type { Counts } from './counts.ts';
import type { GenerateFlags } from './flags.ts';
import type { SelectedTarget } from './select.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What became of a target, and the milliseconds that its stages took. */
export interface Run extends SelectedTarget, Pick<Generated, 'diagnostics' | 'files' | 'cli'> {
  readonly counts: Counts;
  readonly times: ReadonlyMap<Stage, number>;
}

export interface Report {
  readonly runs: readonly Run[];
  /** What is wrong with the configuration. */
  readonly configuration: readonly Diagnostic[];
  /** When the command started, in milliseconds since the process did. */
  readonly started: number;
}

export function isFailed({ diagnostics }: Pick<Generated, 'diagnostics'>): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

type Reporter = (report: Report, flags: GenerateFlags, terminal: Terminal) => void;

/** How the flags want a generation reported. */
export function reporterOf({ format = 'text' }: GenerateFlags): Reporter {
  if (format === 'text') return reportText;
  if (format === 'json') return reportJson;
  throw new UsageError('`--format` must be text or json.');
}

/** For people: results on standard output, everything else on standard error. */
export function reportText(
  { runs, configuration, started }: Report,
  flags: GenerateFlags,
  { stdout, stderr, folder }: Terminal,
): void {
  const options = { paint: paintFor(stderr), folder, verbose: flags.verbose === true };
  stderr.write(reportDiagnostics(configuration, options));
  for (const run of runs) {
    stderr.write(reportDiagnostics(run.diagnostics, options));
    const output = fileName(run.target.output, folder);
    if (run.files && flags.check) stdout.write(differences(run.files, output));
    const cliOutput = run.target.cli && fileName(run.target.cli.output, folder);
    if (run.cli && cliOutput && flags.check) stdout.write(differences(run.cli, cliOutput));
    if (!isFailed(run)) stdout.write(`${success(run, output, cliOutput)}\n`);
    else stderr.write(`${run.name}: ${countDiagnostics(run.diagnostics)}.\n`);
    if (flags.verbose) stderr.write(`${run.name}: ${timesOf(run)}\n`);
  }
  if (flags.verbose) {
    stderr.write(
      `start-up ${Math.round(started)} ms, total ${Math.round(1000 * process.uptime())} ms\n`,
    );
  }
}

/** For programs: one JSON value on standard output. */
function reportJson(
  { runs, configuration, started }: Report,
  flags: GenerateFlags,
  { stdout }: Terminal,
): void {
  const report = {
    ok: configuration.length === 0 && !runs.some(isFailed),
    diagnostics: configuration,
    targets: runs.map((run) => ({
      name: run.name,
      ok: !isFailed(run),
      input: run.target.input,
      output: run.target.output,
      ...run.counts,
      files: run.files ?? null,
      ...(run.cli && { cli: run.cli }),
      diagnostics: run.diagnostics,
      ...(flags.verbose && { milliseconds: Object.fromEntries(run.times) }),
    })),
    ...(flags.verbose && { milliseconds: { startUp: started, total: 1000 * process.uptime() } }),
  };
  stdout.write(`${printableJson(report)}\n`);
}

function success({ name, counts, files, cli }: Run, output: string, cliOutput?: string): string {
  const { operations, batchable, paginated } = counts;
  const parts = `${plural(operations, 'operation')}, ${batchable} batchable, ${paginated} paginated`;
  const outcome = files ? outcomeOf(files, output) : output;
  return `${name}: ${parts}; ${outcome}${cli && cliOutput ? `; ${outcomeOf(cli, cliOutput)}` : ''}`;
}

function outcomeOf({ created, changed, removed, unchanged }: WriteSummary, output: string): string {
  const counts = [
    [created.length, 'new'],
    [changed.length, 'changed'],
    [removed.length, 'removed'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (parts.length === 0) return `${output} is up to date`;
  return `${output}: ${[...parts, `${unchanged.length} unchanged`].join(', ')} files`;
}

/** A line for each file that differs. */
function differences(files: WriteSummary, output: string): string {
  const lines = [
    ...files.created.map((path) => ['missing', path] as const),
    ...files.changed.map((path) => ['different', path] as const),
    ...[...files.removed, ...files.kept].map((path) => ['stale', path] as const),
  ];
  return lines.map(([state, path]) => `${state.padEnd(9)}  ${join(output, path)}\n`).join('');
}

function timesOf({ times }: Run): string {
  if (times.size === 0) return 'nothing has changed since the last run';
  return [...times].map(([stage, time]) => `${stage} ${Math.round(time)} ms`).join(', ');
}
