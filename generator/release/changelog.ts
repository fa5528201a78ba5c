import { plural } from '../diagnostics/format.ts';
import { inlineMarkdown } from '../diff/report/inline.ts';
import { adviceFor, reasonFor } from '../diff/advice.ts';
import { type Axis, type Finding, severities, type Severity } from '../diff/finding.ts';

/** What a release is about. */
export interface ReleaseNotes {
  /** As the vendor writes it; `former` is absent where it is not known. */
  readonly document: string;
  readonly former?: string | undefined;
  /** Absent for the first release. */
  readonly findings?: readonly Finding[] | undefined;
  readonly operations: number;
}

/** What changed with a release, without its heading. */
export function notesOf({ document, former, findings, operations }: ReleaseNotes): string {
  const from = `version ${inlineMarkdown(document) || 'unknown'} of the API`;
  if (!findings) return `The first release: ${plural(operations, 'operation')}, from ${from}.\n`;
  const before = former && former !== document ? ` (before: ${inlineMarkdown(former)})` : '';
  if (findings.length === 0)
    return `From ${from}${before}. The code of the package may have changed, and nothing that it exports.\n`;
  const advice = `**${adviceFor(findings)}**: ${reasonFor(findings)}`;
  const parts = severities.flatMap((severity) => partOf(severity, findings));
  return `${[`From ${from}${before}. ${advice}.`, ...parts].join('\n\n')}\n`;
}

const titles: Readonly<Record<Exclude<Severity, 'docs'>, string>> = {
  breaking: 'Breaking',
  warning: 'Take care',
  info: 'Other changes',
};

/** What compiles comes first: who reads it uses the package. */
const order: readonly Axis[] = ['types', 'batches', 'wire'];

/** How many changes of one kind a reader is shown. */
const most = 200;

function partOf(severity: Severity, findings: readonly Finding[]): readonly string[] {
  const here = findings.filter((finding) => finding.severity === severity);
  if (here.length === 0) return [];
  if (severity === 'docs') return [`Also ${plural(here.length, 'change')} of documentation.`];
  const said = here
    .toSorted((a, b) => order.indexOf(a.axis) - order.indexOf(b.axis))
    .filter(({ rule }) => rule !== 'operation-added' && rule !== 'operation-removed')
    .map(lineOf);
  const lines = [...new Set(said)];
  const rest = lines.length - most;
  if (rest > 0) lines.splice(most, rest, `- … and ${rest} more`);
  return lines.length === 0 ? [] : [`### ${titles[severity]}`, lines.join('\n')];
}

/** The functions of operations that come and go are said on the axis of types. */
function lineOf({ axis, operation, message }: Finding): string {
  const subject = axis === 'wire' && operation !== undefined ? `\`${operation}\`: ` : '';
  return `- ${inlineMarkdown(`${subject}${message}`)}`;
}

/**
 * A changelog with a section for a version: above those of older versions, below what stands at the
 * top. What others wrote stays as it is, also in a section that is already there.
 */
export function withSection(changelog: string | undefined, version: string, notes: string): string {
  const section = `## ${version}\n\n${notes}`;
  if (changelog === undefined || changelog.trim() === '') return `# Changelog\n\n${section}`;
  const isCrlf = changelog.includes('\r\n');
  const text = changelog.replaceAll('\r\n', '\n');
  const made = insert(text, version, section, notes);
  return isCrlf ? made.replaceAll('\n', '\r\n') : made;
}

function insert(text: string, version: string, section: string, notes: string): string {
  const headings = [...text.matchAll(/^## \[?v?(?<version>\d[^\s\]]*)\]?.*$/gm)];
  const same = headings.findIndex(({ groups }) => groups?.['version'] === version);
  if (same === -1) return splice(text, headings[0]?.index ?? text.length, section);
  // A run that was interrupted has written it already.
  return text.includes(notes)
    ? text
    : splice(text, headings[same + 1]?.index ?? text.length, notes);
}

function splice(text: string, at: number, part: string): string {
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at);
  return `${before === '' ? '' : `${before}\n\n`}${part}${after === '' ? '' : `\n${after}`}`;
}
