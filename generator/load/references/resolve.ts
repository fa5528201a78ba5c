import { suggest } from '../../diagnostics/suggest.ts';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import { isExternal } from './external.ts';
import {
  fragmentOf,
  joinKeys,
  keysOf,
  keysOfPath,
  type Path,
  pointerOfFragment,
  pointerOfPath,
  valueAt,
} from '../../json/pointer.ts';
import { describe, quote } from '../quote.ts';
import { dropWrongTypes } from '../drop-wrong-types.ts';
import type { Problems } from '../problems.ts';
import { data, shapeAt, shapes, type Shape } from '../structure.ts';
import { isMapped, scan, type Reference, type Contents } from '../scan.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Makes every reference of a document `#` followed by the pointer of what it refers to, through
 * anchors, other references and any percent-encoding. What leads nowhere, to itself or to the wrong
 * kind of thing is reported, and taken out.
 */
export function resolveReferences(workspace: Workspace): void {
  const { document, contents, problems } = workspace;
  const resolve = resolver(document, anchorsOf(contents));
  const bindings = bindingsOf(contents);
  const scanned = new Set<string>();
  const resolvedReferences = new Map<unknown, ResolvedReference>();
  const queue = [...contents.references];
  for (const reference of queue) {
    const { holder, key, shape } = reference;
    const written = holder[key];
    if (typeof written !== 'string') continue;
    if (key === '$dynamicRef' && (bindings.get(written) ?? 0) > 1) {
      reportDynamic(reference, problems);
      delete holder[key];
      workspace.changed();
      continue;
    }
    const resolved = resolve(written);
    if (resolved === undefined || !fits(resolved, shape)) {
      // What leads out of the document and is left by now was reported when it was not followed.
      if (!isExternal(reference)) reportFault(document, reference, resolved, problems);
      remove(document, reference);
      workspace.changed();
      continue;
    }
    if (key === '$dynamicRef') {
      delete holder[key];
      workspace.changed();
    }
    const kept = key === '$dynamicRef' ? '$ref' : key;
    // One text for all that are alike: a large document has fifty thousand references.
    holder[kept] = resolved.fragment;
    if (kept === '$ref') resolvedReferences.set(holder, { reference, target: resolved.value });
    // What stands outside of the known structure is looked at because something refers to it.
    if (resolved.shape !== data || scanned.has(resolved.pointer)) continue;
    scanned.add(resolved.pointer);
    const beyond = scan(resolved.value, shape, keysOf(resolved.pointer));
    dropWrongTypes(workspace, beyond.wrongTypes);
    for (const inner of beyond.references) queue.push(inner);
  }
  if (breakCycles(document, resolvedReferences, problems)) workspace.changed();
}

interface Resolved {
  readonly pointer: string;
  /** As a reference is written. */
  readonly fragment: string;
  readonly value: unknown;
  readonly shape: Shape;
}

interface ResolvedReference {
  readonly reference: Reference;
  readonly target: unknown;
}

type Resolve = (written: string) => Resolved | undefined;

/** Many references are written alike, so that each text is resolved once. */
function resolver(document: MutableObject, anchors: ReadonlyMap<string, string>): Resolve {
  const known = new Map<string, Resolved | undefined>();
  const resolve = (written: string, hops: number): Resolved | undefined => {
    if (!written.startsWith('#') || hops > maxHops) return undefined;
    const pointer = pointerOfFragment(written) ?? anchors.get(written.slice(1));
    if (pointer === undefined) return undefined;
    let value: unknown = document;
    let keys: string[] = [];
    for (const key of keysOf(pointer)) {
      // A path may lead through another reference.
      if (isObject(value) && !Object.hasOwn(value, key) && typeof value['$ref'] === 'string') {
        const through = resolve(value['$ref'], hops + 1);
        if (through === undefined) return undefined;
        value = through.value;
        keys = keysOf(through.pointer);
      }
      keys.push(key);
      value = valueAt(value, joinKeys([key]));
      if (value === undefined) return undefined;
    }
    const found = joinKeys(keys);
    const shape = shapeAt(shapes.document, keys);
    return { pointer: found, fragment: fragmentOf(found), value, shape };
  };
  return (written) => {
    if (!known.has(written)) known.set(written, resolve(written, 0));
    return known.get(written);
  };
}

const maxHops = 20;

/** Of several anchors with one name, the first counts. */
function anchorsOf({ anchors }: Contents): ReadonlyMap<string, string> {
  const pointers = new Map<string, string>();
  for (const { keyword, name, path } of anchors) {
    if (keyword !== '$id' && !pointers.has(name)) pointers.set(name, pointerOfPath(path));
  }
  return pointers;
}

function fits({ shape, value }: Resolved, wanted: Shape): boolean {
  if (shape !== data && shape !== wanted) return false;
  if (wanted.item !== undefined) return Array.isArray(value);
  return isObject(value) || (wanted === shapes.schema && typeof value === 'boolean');
}

/** How many schemas each dynamic anchor names. */
function bindingsOf({ anchors }: Contents): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { keyword, name } of anchors)
    if (keyword === '$dynamicAnchor') found.set(`#${name}`, (found.get(`#${name}`) ?? 0) + 1);
  return found;
}

/** Which of several schemas is meant depends on where the reference is reached from. */
function reportDynamic({ holder, key, path }: Reference, problems: Problems): void {
  problems.warning(
    'load/dynamic-ref',
    `Which schema ${quote(String(holder[key]))} means depends on the use; it becomes \`unknown\`.`,
    {
      pointer: pointerOfPath({ key, up: path, depth: path.depth + 1 }),
      hint: 'Write the schema out where it is used, with a `$ref` to each item.',
    },
  );
}

function reportFault(
  document: MutableObject,
  reference: Reference,
  resolved: Resolved | undefined,
  problems: Problems,
): void {
  const { holder, key, path, shape } = reference;
  const written = String(holder[key]);
  const pointer = pointerOfPath({ key, up: path, depth: path.depth + 1 });
  if (resolved === undefined) {
    const message = `The document has nothing at ${quote(written)}.`;
    const hint = problems.isFull ? undefined : suggestion(document, written);
    problems[isMapped(reference) ? 'warning' : 'fault']('load/unresolved-ref', message, {
      pointer,
      hint,
    });
    return;
  }
  const found = resolved.shape === data ? describe(resolved.value) : named(resolved.shape);
  const message = `The reference ${quote(written)} leads to ${found}, where ${named(shape)} is needed.`;
  const hint = `Refer to ${named(shape)}; until then it is taken to be empty.`;
  // Such schemas and responses are met, and tools that mix up kinds take them for empty ones too.
  const { components } = shape.section ?? {};
  const isHarmless = components === 'schemas' || components === 'responses';
  problems[isHarmless ? 'warning' : 'fault']('load/wrong-ref', message, { pointer, hint });
}

function named({ name }: Shape): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function suggestion(document: MutableObject, written: string): string {
  const moved = /^#\/(definitions|parameters|responses)\/([^/]+)$/.exec(written);
  if (moved !== null && document['swagger'] === undefined) {
    const section = moved[1] === 'definitions' ? 'schemas' : moved[1];
    return `In OpenAPI 3 that is ${quote(`#/components/${section}/${moved[2]}`)}.`;
  }
  const keys = keysOf(pointerOfFragment(written) ?? '');
  const name = keys.pop() ?? '';
  const beside = valueAt(document, joinKeys(keys));
  const names = isObject(beside) ? Object.keys(beside) : [];
  // Comparing a name with very many others takes too long for what it is worth.
  const near = names.length > 2_000 ? undefined : suggest(name, names);
  return near === undefined
    ? 'Add what it refers to, or fix the reference.'
    : `Did you mean ${quote(`#${joinKeys([...keys, near])}`)}?`;
}

/** Takes a reference out: a parameter or a list goes, anything else becomes empty, which allows everything. */
function remove(document: MutableObject, { holder, key, path, shape }: Reference): void {
  const isListed = shape.section?.components === 'parameters';
  const parent = isListed || shape.item !== undefined ? parentOf(document, path) : undefined;
  if (Array.isArray(parent)) parent.splice(parent.indexOf(holder), 1);
  else if (isObject(parent) && shape.item !== undefined) delete parent[String(path.key)];
  else delete holder[key];
  // So that what is left is a valid response.
  if (shape.section?.components === 'responses') holder['description'] ??= '';
}

function parentOf(document: MutableObject, path: Path): unknown {
  return valueAt(document, joinKeys(keysOfPath(path).slice(0, -1)));
}

/** A reference to a reference and so on must come to an end. Tells whether any did not. */
function breakCycles(
  document: MutableObject,
  resolvedReferences: ReadonlyMap<unknown, ResolvedReference>,
  problems: Problems,
): boolean {
  const done = new Set<ResolvedReference>();
  let isFound = false;
  for (const start of resolvedReferences.values()) {
    if (!resolvedReferences.has(start.target)) continue;
    const chain = new Set<ResolvedReference>();
    let current: ResolvedReference | undefined = start;
    while (current !== undefined && !done.has(current)) {
      if (chain.has(current)) {
        reportCycle(document, current.reference, problems);
        isFound = true;
        break;
      }
      chain.add(current);
      current = resolvedReferences.get(current.target);
    }
    for (const link of chain) done.add(link);
  }
  return isFound;
}

function reportCycle(document: MutableObject, reference: Reference, problems: Problems): void {
  const { holder, path } = reference;
  problems.fault(
    'load/circular-ref',
    `The reference ${quote(holder['$ref'])} leads back to itself.`,
    {
      pointer: `${pointerOfPath(path)}/$ref`,
      hint: 'Replace one reference of the circle by what is meant.',
    },
  );
  remove(document, reference);
}
