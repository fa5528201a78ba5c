import { basename } from 'node:path/posix';
import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';
import type { External, Link, Target } from './external.ts';
import type { Version } from '../detect-version.ts';
import type { TextFile } from '../source-map.ts';
import type { Workspace } from '../workspace.ts';
import { fragmentOf, joinKeys, keysOf, keysOfPath } from '../../json/pointer.ts';

/** The root's field for what has no section of its own; `inlineReferences` puts it in its places. */
export const inlineField = 'x-batchwright-inline';

/**
 * Moves what a document refers to in other files into the document: what `components` has a section
 * for becomes a component, named as in its file. Every reference is local afterwards.
 */
export function bundle(workspace: Workspace, { targets, links }: External): void {
  const { document, version, sources } = workspace;
  const places = new Map<Target, string>();
  const named = componentsThatAre(document, version, links);
  // What contains another target comes first, so that the other is found inside.
  const sorted = targets.toSorted((a, b) => keysOf(a.pointer).length - keysOf(b.pointer).length);
  const within: Within = new Map();
  for (const target of sorted) {
    const inside = placeInside(target, within);
    const place = inside ?? named.get(target) ?? freePlace(document, version, target);
    places.set(target, place);
    if (inside !== undefined) continue;
    put(document, place, target.value);
    sources.add(place, target.file, target.pointer);
    if (sectionOf(version, target) === undefined) continue;
    const inFile = within.get(target.file) ?? new Map<string, string>();
    within.set(target.file, inFile.set(target.pointer, place));
  }
  for (const { reference, target, pointer } of links) {
    const place = target === undefined ? pointer : places.get(target);
    reference.holder[reference.key] = fragmentOf(place ?? pointer);
  }
  workspace.changed();
}

/** Where the parts of files that became components now are, by their pointers into the files. */
type Within = Map<TextFile, Map<string, string>>;

/** Components that are nothing but a reference into another file: what they refer to takes their place. */
function componentsThatAre(
  document: MutableObject,
  version: Version,
  links: readonly Link[],
): Map<Target, string> {
  const named = new Map<Target, string>();
  for (const { reference, target } of links) {
    if (target === undefined || named.has(target)) continue;
    const section = sectionOf(version, target);
    if (section === undefined || Object.keys(reference.holder).length > 1) continue;
    const keys = keysOfPath(reference.path);
    if (joinKeys(keys.slice(0, -1)) !== joinKeys(section)) continue;
    if (valueOf(document, keys) === reference.holder) named.set(target, joinKeys(keys));
  }
  return named;
}

function placeInside({ file, pointer }: Target, within: Within): string | undefined {
  const inFile = within.get(file);
  if (inFile === undefined) return undefined;
  const keys = keysOf(pointer);
  for (let length = keys.length - 1; length >= 0; length--) {
    const outer = inFile.get(joinKeys(keys.slice(0, length)));
    if (outer !== undefined) return outer + joinKeys(keys.slice(length));
  }
  return undefined;
}

function freePlace(document: MutableObject, version: Version, target: Target): string {
  const section = sectionOf(version, target) ?? [inlineField];
  const taken = valueOf(document, section);
  const stem = nameOf(target);
  let name = stem;
  for (let count = 2; isObject(taken) && Object.hasOwn(taken, name); count++)
    name = `${stem}${count}`;
  return joinKeys([...section, name]);
}

/** The last key of the pointer, or else the file's name; only what a component may be called. */
function nameOf({ file, pointer }: Target): string {
  const written = keysOf(pointer).at(-1) ?? basename(decodeURI(file.url?.pathname ?? file.name));
  const stem = pointer === '' ? written.replace(/\.[^.]*$/, '') : written;
  return stem.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^_+$/, '') || 'part';
}

function sectionOf(version: Version, { shape }: Target): readonly string[] | undefined {
  if (shape.section === undefined) return undefined;
  if (version !== '2.0') return ['components', shape.section.components];
  return shape.section.swagger === undefined ? undefined : [shape.section.swagger];
}

function valueOf(document: MutableObject, keys: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function put(document: MutableObject, place: string, value: unknown): void {
  const keys = keysOf(place);
  const last = keys.pop() ?? '';
  let parent = document;
  for (const key of keys) {
    const child = Object.hasOwn(parent, key) ? parent[key] : undefined;
    const next: MutableObject = isObject(child) ? child : {};
    if (child !== next) setOwn(parent, key, next);
    parent = next;
  }
  setOwn(parent, last, value);
}
