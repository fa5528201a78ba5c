import type { Sidebar } from './sidebar.ts';

/** `/` searches, the arrows move through the list, Escape leaves the search. */
export function listenToKeys({ root, search }: Sidebar): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { activeElement } = document;
    if (event.key === '/' && !(activeElement instanceof HTMLInputElement)) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && activeElement === search) {
      search.value = '';
      search.dispatchEvent(new Event('input'));
    } else if (event.key === 'Enter' && activeElement === search) {
      linksOf(root)[0]?.click();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!root.contains(activeElement)) return;
      event.preventDefault();
      const stops = [search, ...linksOf(root)];
      const at = stops.findIndex((stop) => stop === activeElement);
      stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
    }
  });
}

/** The links and headings that can be seen. */
function linksOf(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('a, summary')].filter((each) =>
    each.checkVisibility(),
  );
}
