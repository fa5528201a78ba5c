import type { ExplorerIndex } from '../explorer-data.ts';
import { type Content, element, section, sentences, table } from './element.ts';
import { prose } from './prose.ts';

/** What there is to say of the API as a whole. */
export function homeView(index: ExplorerIndex): Content {
  const { title, version, description, packageName, baseUrl, facts, groups, operations } = index;
  const counted = (mark: string): number =>
    operations.filter(([, , , , marks]) => marks.some((one) => one === mark)).length;
  return [
    element('h1', { attributes: { tabindex: '-1' } }, title),
    element(
      'p',
      {},
      `Version ${version}, as ${packageName}`,
      baseUrl === '' ? '.' : ` at ${baseUrl}.`,
    ),
    element(
      'p',
      { class: 'figures' },
      `${operations.length} operations in ${groups.length} groups: ${counted('batch')} can stand in a batch, ${counted('pages')} come in pages.`,
    ),
    ...(description === '' ? [] : [prose(description)]),
    ...(facts.length === 0 ? [] : [section('Client and batches', sentences(facts))]),
    section(
      'Groups',
      table(
        'Groups',
        ['Group', 'Operations', 'About'],
        groups.map(({ name, title: tag, description: about, count }) => [
          name,
          String(count),
          about === '' ? tag : about,
        ]),
      ),
    ),
    section(
      'Keys',
      sentences([
        '/ searches; the arrows move through the list; Enter opens.',
        'Escape leaves the search.',
        'Drop a plan or a journal on this page to see what came of a run.',
      ]),
    ),
  ];
}
