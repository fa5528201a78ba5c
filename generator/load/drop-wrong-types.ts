import type { Version } from './detect-version.ts';
import { joinKeys, keysOfPath } from '../json/pointer.ts';
import { describe, quote } from './quote.ts';
import type { Problems } from './problems.ts';
import { shapeAt, shapes } from './structure.ts';
import type { WrongType } from './scan.ts';
import type { Workspace } from './workspace.ts';

/**
 * Takes out of a document what is of the wrong JSON type for its place, such as null for a path
 * item, so that later stages find objects and lists where they look for them.
 */
export function dropWrongTypes(
  workspace: Workspace,
  wrongTypes: readonly WrongType[] = workspace.contents.wrongTypes,
): void {
  const { document, version, problems } = workspace;
  if (wrongTypes.length === 0) return;
  const lists = new Map<unknown[], Set<unknown>>();
  for (const wrongType of wrongTypes) {
    reportWrongType(wrongType, version, problems);
    const { parent, value, path } = wrongType;
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
  workspace.changed();
}

function reportWrongType(
  { value, path, expected }: WrongType,
  version: Version,
  problems: Problems,
): void {
  const keys = keysOfPath(path);
  const message = `${quote(keys.at(-1))} must be ${expected}, but is ${describe(value)}`;
  const hint = value === null ? 'Fill it in, or remove it.' : undefined;
  // The official schema leaves the inside of schemas to JSON Schema, and so do other tools.
  const isTolerated =
    (version === '3.1' || version === '3.2') &&
    keys.some((_, length) => shapeAt(shapes.document, keys.slice(0, length)) === shapes.schema);
  if (isTolerated) {
    problems.warning('load/ignored', `${message}; it is left out.`, {
      pointer: joinKeys(keys),
      hint,
    });
  } else {
    problems.fault('load/invalid', `${message}.`, { pointer: joinKeys(keys), hint });
  }
}
