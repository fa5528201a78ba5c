import { printable } from '../../diagnostics/printable.ts';
import { adviceFor, reasonFor } from '../advice.ts';
import { type Finding, severities } from '../finding.ts';

/** Findings as one page that loads nothing and runs no script. */
export function htmlReport(findings: readonly Finding[]): string {
  const sections = severities.flatMap((severity) => {
    const here = findings.filter((finding) => finding.severity === severity);
    if (here.length === 0) return [];
    const rows = here.map(({ axis, operation, message, rule, old, new: now }) => {
      const cells = [
        axis,
        operation ?? '',
        message,
        rule,
        old ? `${old.pointer}:${old.line}` : '',
        now ? `${now.pointer}:${now.line}` : '',
      ];
      return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
    });
    const heads = ['Axis', 'Operation', 'Change', 'Rule', 'Old', 'New'].map(
      (head) => `<th scope="col">${head}</th>`,
    );
    return [
      `<h2>${severity} (${here.length})</h2>\n<table>\n<thead><tr>${heads.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`,
    ];
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>What changed</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>What changed</h1>
<p><strong>${adviceFor(findings)}</strong>: ${escape(reasonFor(findings))}.</p>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

const style = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}main{max-width:90rem;margin:auto;padding:1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #8888;overflow-wrap:anywhere}`;

function escape(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
