import { adviceFor, reasonFor } from '../advice.ts';
import { inlineMarkdown } from './inline.ts';
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
      [axis, operation ?? '', message, `\`${rule}\``].map(inlineMarkdown).join(' | '),
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
