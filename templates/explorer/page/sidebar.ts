import type { ExplorerIndex, Mark, OperationRow } from '../explorer-data.ts';
import { append, element } from './element.ts';
import { operationLink } from './routes.ts';
import { searchOver } from './search.ts';

/** As many as a reader looks through. */
const shown = 200;

export interface Sidebar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  /** Marks the operation that is shown, and opens its group. */
  select(name: string | undefined): void;
}

/** The search and the list of operations, whose groups are filled when they are opened. */
export function sidebarOf(index: ExplorerIndex): Sidebar {
  const find = searchOver(index.operations);
  const count = element('p', { class: 'count', attributes: { role: 'status' } });
  const groups = element('div', {}, groupsOf(index));
  const results = element('ul', { attributes: { hidden: '', 'aria-label': 'Found' } });
  const search = element('input', {
    attributes: {
      id: 'search',
      type: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: 'name, path or words',
    },
    on: { input: () => show(search.value) },
  });

  function show(query: string): void {
    const isSearch = query.trim() !== '';
    groups.hidden = isSearch;
    results.hidden = !isSearch;
    if (!isSearch) {
      count.textContent = '';
      return;
    }
    const { places, more } = find(query, shown);
    results.replaceChildren(
      ...places.flatMap((place) => {
        const row = index.operations[place];
        return row ? [entryOf(row)] : [];
      }),
    );
    const total = places.length + more;
    count.textContent = more > 0 ? `${total} found, ${places.length} shown` : `${total} found`;
  }

  const root = element(
    'nav',
    { attributes: { 'aria-label': 'Operations' } },
    element('label', { attributes: { for: 'search' } }, 'Search'),
    search,
    count,
    results,
    groups,
  );
  return {
    root,
    search,
    select: (name) => {
      for (const link of root.querySelectorAll('[aria-current]'))
        link.removeAttribute('aria-current');
      if (name === undefined) return;
      const group = groupAt(index, name);
      const details = groups.children[group];
      if (details instanceof HTMLDetailsElement && results.hidden) details.open = true;
      fill(details, index, group);
      for (const link of root.querySelectorAll('a'))
        if (link.getAttribute('href') === operationLink(name)) {
          link.setAttribute('aria-current', 'page');
          link.scrollIntoView({ block: 'nearest' });
        }
    },
  };
}

function groupsOf(index: ExplorerIndex): readonly HTMLElement[] {
  return index.groups.map(({ name, count }, at) =>
    element(
      'details',
      { on: { toggle: ({ target }) => fill(target, index, at) } },
      element('summary', {}, `${name} `, element('small', {}, String(count))),
      element('ul', { attributes: { 'aria-label': name } }),
    ),
  );
}

/** Fills the list of a group the first time that it is needed. */
function fill(details: unknown, index: ExplorerIndex, group: number): void {
  const list = details instanceof HTMLElement ? details.querySelector('ul') : null;
  if (!list || list.childElementCount > 0) return;
  const first = firstOf(index, group);
  const count = index.groups[group]?.count ?? 0;
  append(list, index.operations.slice(first, first + count).map(entryOf));
}

function firstOf({ groups }: ExplorerIndex, group: number): number {
  return groups.slice(0, group).reduce((sum, { count }) => sum + count, 0);
}

/** The group of an operation, by its place in {@link ExplorerIndex.groups}. */
export function groupAt({ groups, operations }: ExplorerIndex, name: string): number {
  let before = operations.findIndex(([known]) => known === name);
  return groups.findIndex(({ count }) => {
    before -= count;
    return before < 0;
  });
}

function entryOf([name, method, route, , marks]: OperationRow): HTMLElement {
  return element(
    'li',
    {},
    element(
      'a',
      { attributes: { href: operationLink(name) } },
      element('span', { class: 'name' }, name),
      ' ',
      marksOf(marks),
      element('span', { class: 'path' }, `${method} ${route}`),
    ),
  );
}

/** A word for each mark. */
export function marksOf(marks: readonly Mark[]): readonly HTMLElement[] {
  return marks.map((mark) => element('span', { class: `mark ${mark}` }, mark));
}
