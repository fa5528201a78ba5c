import type { JsonObject } from './document.ts';
import type { Version } from './detect-version.ts';
import { keysOfPath } from './path.ts';
import { joinKeys } from '../json/pointer.ts';
import { describe, quote } from './quote.ts';
import type { Report } from './problems.ts';
import { shapeAt, shapes } from './structure.ts';
import type { Misfit } from './scan.ts';

/**
 * Takes out of a document what is of the wrong JSON type for its place, such as null for a path
 * item, so that later stages find objects and lists where they look for them.
 */
export function repair(
  document: JsonObject,
  misfits: readonly Misfit[],
  version: Version,
  report: Report,
): void {
  const lists = new Map<unknown[], Set<unknown>>();
  for (const misfit of misfits) {
    reportMisfit(misfit, version, report);
    const { parent, value, path } = misfit;
    if (Array.isArray(parent)) lists.set(parent, (lists.get(parent) ?? new Set()).add(value));
    // Said once is enough: that there is none would be said too.
    else if (parent === document && path.key === 'paths') document['paths'] = {};
    else delete parent[String(path.key)];
  }
  for (const [list, values] of lists) {
    const kept = list.filter((item) => !values.has(item));
    list.length = 0;
    for (const item of kept) list.push(item);
  }
}

function reportMisfit({ value, path, expected }: Misfit, version: Version, report: Report): void {
  const keys = keysOfPath(path);
  const message = `${quote(keys.at(-1))} must be ${expected}, but is ${describe(value)}`;
  const hint = value === null ? 'Fill it in, or remove it.' : undefined;
  // The official schema leaves the inside of schemas to JSON Schema, and so do other tools.
  const isTolerated =
    (version === '3.1' || version === '3.2') &&
    keys.some((_, length) => shapeAt(shapes.document, keys.slice(0, length)) === shapes.schema);
  if (isTolerated) {
    report.warning('load/ignored', `${message}; it is left out.`, {
      pointer: joinKeys(keys),
      hint,
    });
  } else {
    report.fault('load/invalid', `${message}.`, { pointer: joinKeys(keys), hint });
  }
}
