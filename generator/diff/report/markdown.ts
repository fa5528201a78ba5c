import { printable } from '../../diagnostics/printable.ts';
import { adviceFor, reasonFor } from '../advice.ts';
import { type Finding, severities, type Severity } from '../finding.ts';

const titles: Readonly<Record<Severity, string>> = {
  breaking: 'Breaking',
  warning: 'Warnings',
  info: 'Other changes',
  docs: 'Documentation',
};

/** Findings for the description of a pull request. */
export function markdownReport(findings: readonly Finding[]): string {
  const parts = [`**${adviceFor(findings)}**: ${reasonFor(findings)}.`];
  for (const severity of severities) {
    const here = findings.filter((finding) => finding.severity === severity);
    if (here.length === 0) continue;
    const rows = here.map(({ axis, operation, message, rule }) =>
      [axis, operation ?? '', message, `\`${rule}\``].map(cell).join(' | '),
    );
    const table = [
      '| Axis | Operation | Change | Rule |',
      '| --- | --- | --- | --- |',
      ...rows.map((row) => `| ${row} |`),
    ].join('\n');
    const title = `${titles[severity]} (${here.length})`;
    parts.push(
      severity === 'docs'
        ? `<details><summary>${title}</summary>\n\n${table}\n\n</details>`
        : `## ${title}\n\n${table}`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** Text that may come from a document, as it is: its code spans stay, and nothing else is markup. */
function cell(text: string): string {
  return printable(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part) : plain(part)))
    .join('');
}

/** A code span. In a table a backslash before a bar ends the cell in some readers, and not in others. */
function code(span: string): string {
  return /[|\\]/.test(span) ? `<code>${entities(span.slice(1, -1))}</code>` : span;
}

/** Text in which nobody is mentioned, and no other change is referred to. */
function plain(text: string): string {
  return entities(text).replaceAll(/@|(?<!&)#(?=\d)/g, '$&<!-- -->');
}

/** Text without a character that Markdown or HTML take for markup. */
function entities(text: string): string {
  return text.replaceAll(/[&<>|\\`*_~[\]!]/g, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
