import type { Api } from '../generator/ir/api.ts';
import type { Group, Operation } from '../generator/ir/ir.ts';
import { visible } from '../generator/print/text.ts';
import type { Template } from '../generator/template.ts';

/** `api.md`: every operation with its route, and whether it can be batched and comes in pages. */
export const apiListing: Template = {
  name: 'api-listing',
  files: (api) => [
    {
      path: 'api.md',
      text: `# ${markdown(api.title)}: operations\n\n${introduction(api)}${sections(api)}`,
    },
  ],
};

function introduction({ package: { name, version }, release }: Api): string {
  const news = release && release.added.length > 0 ? `; “new” marks what came with ${version}` : '';
  return `Each is a function of ${inlineCode(name)} and a method of the client object. “batch” gives the verb of those that can stand in a batch; “pages” marks the listings that come in pages${news}.\n`;
}

function sections({ groups, release }: Api): string {
  const added = new Set(release?.added);
  return groups.map((group) => section(group, added)).join('');
}

function section(group: Group, added: ReadonlySet<string>): string {
  const lines = group.operations.map((operation) => line(operation, added.has(operation.name)));
  return `\n## ${inlineCode(group.name)}\n\n${lines.join('')}`;
}

function line({ name, method, route, doc, batch, pagination }: Operation, isNew: boolean): string {
  const marks = [
    isNew ? ' · new' : '',
    batch ? [' · batch', inlineCode(batch.operation ?? '')].join(' ').trimEnd() : '',
    pagination ? ` · pages` : '',
    doc.deprecated ? ' · deprecated' : '',
  ];
  return `- ${inlineCode(name)}: ${inlineCode(`${method} ${route}`)}${marks.join('')}\n`;
}

const isPlain = /^[!-_a-~]+(?: [!-_a-~]+)*$/;

/** Text between the shortest run of backticks that it does not hold, set apart where it begins or ends with one. */
function inlineCode(text: string): string {
  if (isPlain.test(text)) return `\`${text}\``;
  const plain = visible(text).replaceAll(/\s+/g, ' ').trim();
  if (plain === '') return '';
  const runs = new Set([...plain.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const fence = '`'.repeat(length);
  const gap = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${plain}${gap}${fence}`;
}

/** A line of text that Markdown takes for nothing but text. */
export function markdown(text: string): string {
  return visible(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#|~!&$]/g, String.raw`\$&`);
}
