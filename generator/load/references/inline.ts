import { inlineField } from './bundle.ts';
import { isObject, setOwn, type JsonObject } from '../document.ts';
import type { Version } from '../detect-version.ts';
import type { Origins } from '../source-map.ts';
import { keysOfPath, pointerOfPath } from '../path.ts';
import { joinKeys, pointerOfFragment, valueAt } from '../../json/pointer.ts';
import { quote } from '../quote.ts';
import type { Report } from '../problems.ts';
import { data, shapes } from '../structure.ts';
import { survey, type Reference, type Survey } from '../scan.ts';

/** Deeper than anyone nests files of path items in files of path items. */
const maxRounds = 20;

/**
 * Replaces references by a copy of what they refer to, where components have no section for it: path
 * items, operations, whole maps. Few documents have any, most of them in several files.
 * @returns what is in the document afterwards.
 */
export function inlineReferences(
  document: JsonObject,
  before: Survey,
  version: Version,
  origins: Origins,
  report: Report,
): Survey {
  let contents = before;
  /** How many members may be copied: references that double at each step soon fill the memory. */
  let budget = 100_000 + 10 * before.keys;
  for (let round = 0; ; round++) {
    const inline = contents.references.filter((reference) => isInline(reference, version));
    if (inline.length === 0) break;
    for (const reference of inline) {
      budget -= replace(document, reference, origins, report);
      if (budget > 0 && round < maxRounds) continue;
      report.error('load/circular-ref', 'References to path items or maps multiply without end.', {
        pointer: pointerOfPath(reference.path),
        hint: 'Write at least one of them out, so that they do not contain each other.',
      });
      return contents;
    }
    contents = survey(document, shapes.document);
  }
  delete document[inlineField];
  return contents;
}

function isInline({ holder, key, shape }: Reference, version: Version): boolean {
  if (key !== '$ref' || typeof holder[key] !== 'string') return false;
  if (shape.section === undefined) return true;
  if (version === '2.0') return shape.section.swagger === undefined;
  return version !== '3.2' && shape.section.components === 'mediaTypes';
}

/** Tells how many members were copied. */
function replace(
  document: JsonObject,
  { holder, path }: Reference,
  origins: Origins,
  report: Report,
): number {
  const { $ref, ...beside } = holder;
  const keys = keysOfPath(path);
  const pointer = joinKeys(keys);
  const last = keys.pop();
  const parent = valueAt(document, joinKeys(keys));
  const target = pointerOfFragment(String($ref)) ?? '';
  if (last === undefined || typeof parent !== 'object' || parent === null) return 0;
  if (`${pointer}/`.startsWith(`${target}/`)) {
    report.fault('load/circular-ref', `The reference ${quote($ref)} leads to what it stands in.`, {
      pointer: `${pointer}/$ref`,
      hint: 'Replace it by what is meant.',
    });
    delete holder['$ref'];
    return 0;
  }
  const copy: unknown = structuredClone(valueAt(document, target));
  setOwn(parent, last, isObject(copy) ? { ...copy, ...beside } : copy);
  origins.copy(target, pointer);
  return survey(copy, data).keys + 1;
}
