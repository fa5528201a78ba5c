import type { Report } from './report.ts';
import type { Survey } from './survey.ts';

/**
 * Takes out of a document what is of the wrong JSON type for its place, such as null for a path
 * item, so that later stages find objects and lists where they look for them.
 */
export function repair({ misfits }: Survey, report: Report): void {
  for (const { pointer, expected } of misfits) {
    if (report.hasTold(pointer)) continue;
    report.warning('load/ignored', `This must be ${expected}; it is left out.`, {
      pointer,
      hint: 'Mend or remove it.',
    });
  }
  const lists = new Map<unknown[], Set<unknown>>();
  for (const { parent, key, value } of misfits) {
    if (Array.isArray(parent)) lists.set(parent, (lists.get(parent) ?? new Set()).add(value));
    else delete parent[key];
  }
  for (const [list, values] of lists) {
    const kept = list.filter((item) => !values.has(item));
    list.length = 0;
    for (const item of kept) list.push(item);
  }
}
