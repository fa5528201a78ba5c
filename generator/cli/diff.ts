import { plural } from '../diagnostics/format.ts';
import { diff } from '../diff/diff.ts';
import { type Axis, axes, type Finding, weight } from '../diff/finding.ts';
import { htmlReport } from '../diff/report/html.ts';
import { jsonReport } from '../diff/report/json.ts';
import { markdownReport } from '../diff/report/markdown.ts';
import { textReport } from '../diff/report/text.ts';
import { checkDocuments, type DiffSides, readDiffSides } from './diff-sides.ts';
import type { DiffFlags } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `batchwright diff`. Resolves to the exit code: 2 where the two could not be compared. */
export async function diffCommand(
  documents: readonly string[],
  flags: DiffFlags,
  terminal: Terminal,
): Promise<number> {
  const levels = levelsOf(flags.level);
  const format = oneOf('format', flags.format ?? 'text', formats);
  const failOn = oneOf('fail-on', flags.failOn ?? 'breaking', ['breaking', 'warning']);
  checkDocuments(documents, flags.since);

  const both = await readDiffSides(documents, flags, levels, terminal);
  if (!both) return 2;
  const { accepted } = both;
  const { stdout } = terminal;

  const found = diff(both.old, both.now, levels);
  const all = flags.prove ? [...found, ...(await proveTypes(both, found, terminal))] : found;
  const findings = all.filter(({ fingerprint }) => !accepted.has(fingerprint));
  stdout.write(report(findings, format, terminal, flags.verbose === true));
  noteAccepted(all.length - findings.length, format, terminal);
  return findings.some(({ severity }) => weight(severity) <= weight(failOn)) ? 1 : 0;
}

/** What the compiler says beyond the comparison. */
async function proveTypes(
  { old, now }: DiffSides,
  findings: readonly Finding[],
  { stderr }: Terminal,
): Promise<readonly Finding[]> {
  if (!old.api || !now.api) throw new UsageError('`--prove` needs the level types.');
  const [{ prove }, { standardTemplates }] = await Promise.all([
    import('../diff/types/prove/prove.ts'),
    import('../generate.ts'),
  ]);
  const errors = await prove(
    { api: old.api, dialect: old.dialect },
    { api: now.api, dialect: now.dialect },
    standardTemplates,
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
