import { type Paint, plural } from '../../diagnostics/format.ts';
import { printable } from '../../diagnostics/printable.ts';
import { adviceFor, reasonFor } from '../advice.ts';
import { type Axis, axes, type Finding, severities, type Severity } from '../finding.ts';

const styles = { breaking: 'red', warning: 'yellow', info: 'cyan', docs: 'dim' } as const;
const titles: Readonly<Record<Axis, string>> = {
  wire: 'On the wire',
  types: 'For code that compiles against the client',
  batches: 'In batches and pages',
};

/** How many findings of one severity and axis a person is shown. */
const most = 100;

/** Findings for people: axis by axis, the worst first, operation by operation. */
export function textReport(findings: readonly Finding[], paint: Paint, verbose: boolean): string {
  const lines: string[] = [];
  for (const axis of axes) {
    const here = findings.filter((finding) => finding.axis === axis);
    if (here.length === 0) continue;
    lines.push(paint('bold', titles[axis]));
    for (const severity of severities) lines.push(...severityLines(here, severity, paint, verbose));
    lines.push('');
  }
  const advice = `${paint('bold', adviceFor(findings))}: ${reasonFor(findings)}.`;
  return [...lines, advice, ''].join('\n');
}

function severityLines(
  findings: readonly Finding[],
  severity: Severity,
  paint: Paint,
  verbose: boolean,
): readonly string[] {
  const here = findings.filter((finding) => finding.severity === severity);
  if (here.length === 0) return [];
  if (severity === 'docs' && !verbose)
    return [`  ${paint('dim', `docs: ${plural(here.length, 'change')}; --verbose lists them`)}`];
  const shown = verbose ? here : here.slice(0, most);
  const lines = shown.flatMap((finding, index) => {
    const { operation, message, rule, old, new: now, fingerprint } = finding;
    const head = operation !== shown[index - 1]?.operation && operation !== undefined;
    const notes = [
      rule,
      old && `old line ${old.line}`,
      now && `new line ${now.line}`,
      verbose && fingerprint,
    ].filter(Boolean);
    return [
      ...(head ? [`  ${printable(operation)}`] : []),
      `    ${paint(styles[severity], severity)} ${printable(message)} ${paint('dim', `(${notes.join(', ')})`)}`,
    ];
  });
  const rest = here.length - shown.length;
  return rest > 0 ? [...lines, `    … and ${rest} more; --verbose lists them`] : lines;
}
