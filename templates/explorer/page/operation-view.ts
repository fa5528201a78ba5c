import type { OperationDetail, OperationRow } from '../explorer-data.ts';
import { type Content, element, section, sentences, table } from './element.ts';
import { codeBlock } from './highlight.ts';
import { prose } from './prose.ts';
import { marksOf } from './sidebar.ts';

export interface OperationContext {
  readonly row: OperationRow;
  readonly group: string;
  readonly detail: OperationDetail;
  linkOf(name: string): string | undefined;
}

/** One operation: as it is called, as it is sent, as it stands in a batch. */
export function operationView({ row, group, detail, linkOf }: OperationContext): Content {
  const [name, method, route, summary, marks] = row;
  const { id, description, link, facts, params, answers, batch } = detail;
  return [
    element('h1', { attributes: { tabindex: '-1' } }, name),
    element('p', { class: 'route' }, element('strong', {}, method), ` ${route} `, marksOf(marks)),
    ...(summary === '' ? [] : [element('p', {}, summary)]),
    ...(description === '' || description === summary ? [] : [prose(description)]),
    sentences([...(id === name ? [] : [`Its operationId is ${id}.`]), ...facts]),
    ...(link !== undefined && /^https?:/.test(link)
      ? [
          element(
            'p',
            {},
            element(
              'a',
              { attributes: { href: link, rel: 'noreferrer' } },
              'The vendor’s documentation',
            ),
          ),
        ]
      : []),
    section(
      'TypeScript',
      codeBlock('Call', `await client.${group}.${name}(${params.length === 0 ? '' : 'input'});`),
      codeBlock('Function', detail.signature, linkOf),
      codeBlock('Types', detail.types, linkOf),
    ),
    section(
      'HTTP',
      codeBlock('Request', detail.request),
      params.length === 0
        ? undefined
        : table(
            'Parameters',
            ['Input', 'Name', 'In', 'Required', 'About'],
            params.map((param) => [
              element('code', {}, param.key),
              param.name,
              param.in,
              param.required ? 'yes' : 'no',
              param.summary,
            ]),
          ),
      table(
        'Answers',
        ['Status', 'Content', 'About'],
        answers.map(({ status, mediaType, summary: about }) => [status, mediaType, about]),
      ),
    ),
    ...(batch
      ? [
          section(
            'In a batch',
            codeBlock('Builder', `const action = ${batch.call};`),
            codeBlock('Action', batch.wire),
          ),
        ]
      : []),
  ];
}
