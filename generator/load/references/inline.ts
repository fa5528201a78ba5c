import { inlineField } from './bundle.ts';
import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';
import type { Version } from '../detect-version.ts';
import type { SourceMap } from '../source-map.ts';
import {
  joinKeys,
  keysOfPath,
  pointerOfFragment,
  pointerOfPath,
  valueAt,
} from '../../json/pointer.ts';
import { quote } from '../quote.ts';
import type { Problems } from '../problems.ts';
import { data } from '../structure.ts';
import { scan, type Reference } from '../scan.ts';
import type { Workspace } from '../workspace.ts';

/** Deeper than anyone nests files of path items in files of path items. */
const maxRounds = 20;

/**
 * Replaces references by a copy of what they refer to, where components have no section for it: path
 * items, operations, whole maps. Few documents have any, most of them in several files.
 */
export function inlineReferences(workspace: Workspace): void {
  const { document, version, sources, problems } = workspace;
  /** How many members may be copied: references that double at each step soon fill the memory. */
  let budget = 100_000 + 10 * workspace.contents.keys;
  for (let round = 0; ; round++) {
    const inline = workspace.contents.references.filter((reference) =>
      isInline(reference, version),
    );
    if (inline.length === 0) break;
    for (const reference of inline) {
      budget -= replace(document, reference, sources, problems);
      if (budget > 0 && round < maxRounds) continue;
      problems.error(
        'load/circular-ref',
        'References to path items or maps multiply without end.',
        {
          pointer: pointerOfPath(reference.path),
          hint: 'Write at least one of them out, so that they do not contain each other.',
        },
      );
      return;
    }
    workspace.changed();
  }
  delete document[inlineField];
}

function isInline({ holder, key, shape }: Reference, version: Version): boolean {
  if (key !== '$ref' || typeof holder[key] !== 'string') return false;
  if (shape.section === undefined) return true;
  if (version === '2.0') return shape.section.swagger === undefined;
  return version !== '3.2' && shape.section.components === 'mediaTypes';
}

/** Tells how many members were copied. */
function replace(
  document: MutableObject,
  { holder, path }: Reference,
  sources: SourceMap,
  problems: Problems,
): number {
  const { $ref, ...beside } = holder;
  const keys = keysOfPath(path);
  const pointer = joinKeys(keys);
  const last = keys.pop();
  const parent = valueAt(document, joinKeys(keys));
  const target = pointerOfFragment(String($ref)) ?? '';
  if (last === undefined || typeof parent !== 'object' || parent === null) return 0;
  if (`${pointer}/`.startsWith(`${target}/`)) {
    problems.fault(
      'load/circular-ref',
      `The reference ${quote($ref)} leads to what it stands in.`,
      {
        pointer: `${pointer}/$ref`,
        hint: 'Replace it by what is meant.',
      },
    );
    delete holder['$ref'];
    return 0;
  }
  const copy: unknown = structuredClone(valueAt(document, target));
  setOwn(parent, last, isObject(copy) ? { ...copy, ...beside } : copy);
  sources.copy(target, pointer);
  return scan(copy, data).keys + 1;
}
