import type { Changes } from '../explorer-data.ts';
import { type Content, element, section, table } from './element.ts';
import { operationLink } from './routes.ts';

const severities = ['breaking', 'warning', 'info', 'docs'];

/** What changed since the older document, the worst first. `nameOf` finds the function of an operationId. */
export function changesView(
  { advice, findings }: Changes,
  nameOf: (operationId: string) => string | undefined,
): Content {
  return [
    element('h1', { attributes: { tabindex: '-1' } }, 'Changes'),
    element('p', {}, advice),
    ...severities.flatMap((severity) => {
      const here = findings.filter((finding) => finding.severity === severity);
      if (here.length === 0) return [];
      const rows = here.map(({ axis, operation = '', message, rule, old, new: now }) => {
        const name = nameOf(operation);
        return [
          axis,
          name === undefined
            ? operation
            : element('a', { attributes: { href: operationLink(name) } }, operation),
          message,
          rule,
          [old ? `old line ${old.line}` : '', now ? `new line ${now.line}` : '']
            .filter(Boolean)
            .join(', '),
        ];
      });
      const heads = ['Axis', 'Operation', 'Change', 'Rule', 'Where'];
      return [section(`${severity} (${here.length})`, table(severity, heads, rows))];
    }),
    ...(findings.length === 0 ? [element('p', {}, 'Nothing changed.')] : []),
  ];
}
