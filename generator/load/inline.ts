import { pointer as pointerTo } from '../diagnostics.ts';
import { inlineField } from './bundle.ts';
import { isObject, setOwn, type JsonObject } from './document.ts';
import type { Version } from './identify.ts';
import type { Origins } from './origins.ts';
import { keysOf, pointerOfFragment, valueAt } from './pointer.ts';
import type { Report } from './report.ts';
import { shapes } from './structure.ts';
import { survey, type Reference, type Survey } from './survey.ts';

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
  for (let round = 0; round < maxRounds; round++) {
    const inline = contents.references.filter((reference) => isInline(reference, version));
    if (inline.length === 0) break;
    if (contents.keys > 100_000 + 10 * before.keys || round + 1 === maxRounds) {
      const message = 'References that stand for path items or maps contain themselves.';
      report.error('load/circular-ref', message, { pointer: inline[0]?.pointer });
      break;
    }
    for (const reference of inline) replace(document, reference, origins, report);
    contents = survey(document, shapes.document);
  }
  delete document[inlineField];
  return contents;
}

function isInline({ holder, key, shape }: Reference, version: Version): boolean {
  if (key !== '$ref' || typeof holder[key] !== 'string') return false;
  if (version === '2.0') return shape.section?.swagger === undefined;
  return (
    shape.section === undefined || (version !== '3.2' && shape.section.components === 'mediaTypes')
  );
}

function replace(
  document: JsonObject,
  { holder, pointer }: Reference,
  origins: Origins,
  report: Report,
): void {
  const { $ref, ...beside } = holder;
  if (typeof $ref !== 'string') return;
  const target = pointerOfFragment($ref) ?? '';
  const keys = keysOf(pointer);
  const last = keys.pop();
  const parent = valueAt(document, pointerTo(...keys));
  if (last === undefined || typeof parent !== 'object' || parent === null) return;
  if (`${pointer}/`.startsWith(`${target}/`)) {
    report.fault('load/circular-ref', `The reference ${$ref} leads to what it stands in.`, {
      pointer: `${pointer}/$ref`,
      hint: 'Replace it by what is meant.',
    });
    delete holder['$ref'];
    return;
  }
  const copy: unknown = structuredClone(valueAt(document, target));
  setOwn(parent, last, isObject(copy) ? { ...copy, ...beside } : copy);
  origins.copy(target, pointer);
}
