import type { Members } from './account.js';
import { type Answer, json } from './answer.js';

/**
 * A list as it is asked for: `perPage` items after one, or before one, with links to the pages beside.
 * @param keyOf Gives the member that names an item, after `id`.
 * @param around Gives what stands around the items.
 */
export function pageOf(
  items: readonly Members[],
  url: URL,
  keyOf: () => string | undefined,
  around: (items: readonly Members[]) => unknown = (page) => page,
): Answer {
  const size = Number(url.searchParams.get('perPage') ?? '');
  const after = url.searchParams.get('startingAfter');
  const before = url.searchParams.get('endingBefore');
  if (!Number.isInteger(size) || size < 1) return json(200, around(items));
  const key = keyOf();
  const nameOf = (item: Members | undefined): string =>
    String(item?.[key ?? 'id'] ?? item?.['id'] ?? '');
  const at = (name: string): number => items.findIndex((item) => nameOf(item) === name);
  const end = before === null ? undefined : Math.max(at(before), 0);
  const begin = end === undefined ? (after === null ? 0 : at(after) + 1) : Math.max(end - size, 0);
  const page = items.slice(begin, end ?? begin + size);
  const link = (rel: string, param: string, item: Members | undefined): string => {
    const to = new URL(url);
    to.searchParams.delete('startingAfter');
    to.searchParams.delete('endingBefore');
    to.searchParams.set(param, nameOf(item));
    return `<${to.href}>; rel=${rel}`;
  };
  const links = [
    ...(begin > 0 ? [link('prev', 'endingBefore', page[0])] : []),
    ...(begin + page.length < items.length ? [link('next', 'startingAfter', page.at(-1))] : []),
  ];
  return {
    ...json(200, around(page)),
    ...(links.length > 0 && { headers: { Link: links.join(', ') } }),
  };
}
