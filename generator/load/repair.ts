import type { JsonObject } from './document.ts';
import type { Report } from './report.ts';
import { shapes } from './structure.ts';
import { survey } from './survey.ts';

/**
 * Takes out of a document what is of the wrong JSON type for its place, such as null for a path
 * item, so that later stages find objects and lists where they look for them.
 */
export function repair(document: JsonObject, report: Report): void {
  const { misfits } = survey(document, shapes.document);
  for (const { pointer, expected } of misfits) {
    if (report.hasTold(pointer)) continue;
    report.warning('load/ignored', `This must be ${expected}; it is left out.`, {
      pointer,
      hint: 'Mend or remove it.',
    });
  }
  // From behind, so that the places of the others in a list stay.
  for (const { parent, key } of misfits.toReversed()) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
}
