import { isObject, type JsonObject } from './document.ts';
import { pointerOfPath } from './path.ts';
import type { Report } from './report.ts';
import type { Survey } from './survey.ts';

/**
 * Takes out of a document what is of the wrong JSON type for its place, such as null for a path
 * item, so that later stages find objects and lists where they look for them.
 */
export function repair(document: JsonObject, { misfits }: Survey, report: Report): void {
  const lists = new Map<unknown[], Set<unknown>>();
  for (const { parent, value, path, expected } of misfits) {
    const pointer = pointerOfPath(path);
    if (!report.isFull && !report.hasTold(pointer)) {
      report.warning('load/ignored', `This must be ${expected}; it is left out.`, {
        pointer,
        hint: 'Mend or remove it.',
      });
    }
    if (Array.isArray(parent)) lists.set(parent, (lists.get(parent) ?? new Set()).add(value));
    else delete parent[String(path.key)];
  }
  for (const [list, values] of lists) {
    const kept = list.filter((item) => !values.has(item));
    list.length = 0;
    for (const item of kept) list.push(item);
  }
  if (!isObject(document['paths'])) document['paths'] = {};
}
