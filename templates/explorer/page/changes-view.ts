import type { ChangeRow, Changes } from '../explorer-data.ts';
import { type Content, element, section, table } from './element.ts';
import { inline } from './prose.ts';
import { operationLink } from './routes.ts';

const severities = [
  ['breaking', 'Breaking'],
  ['warning', 'Warnings'],
  ['info', 'Compatible'],
  ['docs', 'Documentation'],
] as const;

/** What changed since the older document, the worst first. */
export function changesView({ advice, findings }: Changes): Content {
  return [
    element('h1', { attributes: { tabindex: '-1' } }, 'Changes'),
    element('p', {}, advice),
    ...severities.flatMap(([severity, title]) => {
      const here = findings.filter((finding) => finding.severity === severity);
      if (here.length === 0) return [];
      const rows = here.map((finding) => [subjectOf(finding), changeOf(finding)]);
      return [section(`${title} (${here.length})`, table(title, ['Operation', 'Change'], rows))];
    }),
    ...(findings.length === 0 ? [element('p', {}, 'Nothing changed.')] : []),
  ];
}

function subjectOf({ axis, operation = '', function: name }: ChangeRow): Content {
  const text = element('span', { class: 'name' }, operation);
  return [
    name === undefined ? text : element('a', { attributes: { href: operationLink(name) } }, text),
    element('small', { class: 'path' }, axis),
  ];
}

function changeOf({ message, rule, old, new: now }: ChangeRow): Content {
  const places = [old && `old line ${old.line}`, now && `new line ${now.line}`];
  return [
    element('span', { class: 'name' }, inline(message)),
    element('small', { class: 'path' }, [rule, ...places].filter(Boolean).join(' · ')),
  ];
}
