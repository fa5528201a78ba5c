import { exec, type JsonValue } from 'jsonpath-rfc9535';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import { joinKeys, keysOf } from '../../json/pointer.ts';
import type { Problems } from '../problems.ts';
import { quote } from '../quote.ts';
import type { SourceMap, TextFile } from '../source-map.ts';
import { merge, type Merging } from './merge.ts';
import type { Overlay, OverlayAction } from './overlay.ts';

/** The way to a value that a JSONPath selected. */
type Keys = readonly (string | number)[];

/**
 * Applies the actions of an overlay to a document, each to what the one before it left
 * (https://spec.openapis.org/overlay/v1.1.0.html). An action that selects nothing is a warning.
 */
export function applyOverlay(
  document: MutableObject,
  overlay: Overlay,
  sources: SourceMap,
  problems: Problems,
): void {
  for (const action of overlay.actions) {
    const found = select(document, action.target, action, overlay, problems);
    if (!found) continue;
    if (found.length === 0) {
      problems.warning('shape/no-match', `No place of the document fits ${quote(action.target)}.`, {
        ...placeOf(overlay.file, action),
        hint: 'The vendor may have fixed it: remove the action, or correct its target.',
      });
      continue;
    }
    const change = changeOf(document, action, overlay, problems);
    if (!change) continue;
    if (change.kind === 'remove') {
      for (const keys of found.toSorted(laterFirst)) remove(document, keys, sources);
      continue;
    }
    const merging: Merging = {
      isStrict: overlay.isStrict,
      added: (at, from) =>
        change.from === undefined
          ? sources.add(
              joinKeys(at.map(String)),
              overlay.file,
              change.pointer + joinKeys(from.map(String)),
            )
          : sources.copy(change.from + joinKeys(from.map(String)), joinKeys(at.map(String))),
      refused: (at, reason) =>
        problems.fault('overlay/mismatch', `${reason} at ${joinKeys(at.map(String)) || '/'}.`, {
          ...placeOf(overlay.file, action),
          hint: 'Remove the value by an action before this one, then update what holds it.',
        }),
    };
    for (const keys of found) merge(document, keys, change.value, merging);
  }
}

type Change =
  | { readonly kind: 'remove' }
  | {
      readonly kind: 'merge';
      readonly value: unknown;
      /** Into the overlay. */
      readonly pointer: string;
      /** Into the document, of what is copied. */
      readonly from?: string;
    };

function changeOf(
  document: MutableObject,
  action: OverlayAction,
  overlay: Overlay,
  problems: Problems,
): Change | undefined {
  const { change, pointer } = action;
  switch (change.kind) {
    case 'remove':
      return change;
    case 'update':
      return { kind: 'merge', value: change.value, pointer: `${pointer}/update` };
    case 'copy': {
      const found = select(document, change.from, action, overlay, problems);
      if (!found) return undefined;
      const [only] = found;
      if (only && found.length === 1) {
        const from = joinKeys(only.map(String));
        return { kind: 'merge', value: structuredClone(at(document, only)), pointer, from };
      }
      const count = found.length === 0 ? 'no place' : `${found.length} places`;
      problems.fault('overlay/copy', `\`copy\` selects ${count}, and must select one.`, {
        ...placeOf(overlay.file, action),
      });
      return undefined;
    }
  }
}

function select(
  document: MutableObject,
  expression: string,
  action: OverlayAction,
  { file }: Overlay,
  problems: Problems,
): readonly Keys[] | undefined {
  const found = new Map<string, Keys>();
  try {
    // A parsed document is JSON.
    exec(document as JsonValue, expression, (_, keys) =>
      found.set(joinKeys(keys.map(String)), [...keys]),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.error('overlay/invalid', `${quote(expression)} is no JSONPath: ${reason}`, {
      ...placeOf(file, action),
      hint: 'Write it as RFC 9535 says; a key with special characters as $.paths["/pets"].',
    });
    return undefined;
  }
  return [...found.values()];
}

/** What stands deeper or later goes first, so that the places of the others stay as they are. */
function laterFirst(a: Keys, b: Keys): number {
  for (const [index, key] of a.entries()) {
    const other = b[index];
    if (typeof key === 'number' && typeof other === 'number' && key !== other) return other - key;
    if (key !== other) break;
  }
  return b.length - a.length;
}

function remove(document: MutableObject, keys: Keys, sources: SourceMap): void {
  const parent = at(document, keys.slice(0, -1));
  const last = keys.at(-1);
  if (last === undefined) for (const key of Object.keys(document)) delete document[key];
  else if (Array.isArray(parent) && typeof last === 'number') {
    const list = joinKeys(keys.slice(0, -1).map(String));
    for (let index = last; index < parent.length - 1; index += 1)
      sources.copy(`${list}/${index + 1}`, `${list}/${index}`);
    parent.splice(last, 1);
  } else if (isObject(parent)) delete parent[last];
}

function at(document: unknown, keys: Keys): unknown {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    // An own member of an object or a list.
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function placeOf(file: TextFile, { pointer }: OverlayAction): object {
  return { file: file.name, pointer, ...file.positions.locate(keysOf(pointer)) };
}
