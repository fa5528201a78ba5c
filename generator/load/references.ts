import { pointer as pointerTo } from '../diagnostics.ts';
import { suggest } from '../suggest.ts';
import { isObject, type JsonObject } from './document.ts';
import { isExternal } from './external.ts';
import { fragmentOf, keysOf, pointerOfFragment, valueAt } from './pointer.ts';
import { quote } from './quote.ts';
import type { Report } from './report.ts';
import { data, shapeAt, shapes, type Shape } from './structure.ts';
import { survey, type Reference, type Survey } from './survey.ts';

/**
 * Makes every reference of a document `#` followed by the pointer of what it refers to, through
 * anchors, other references and any percent-encoding. What leads nowhere, to itself or to the wrong
 * kind of thing is reported, and taken out.
 */
export function settleReferences(document: JsonObject, found: Survey, report: Report): void {
  const resolve = resolver(document, anchorsOf(found));
  const surveyed = new Set<string>();
  const settled: Reference[] = [];
  const queue = [...found.references];
  for (const reference of queue) {
    const { holder, key, shape } = reference;
    const written = holder[key];
    if (typeof written !== 'string') continue;
    const resolved = resolve(written);
    if (resolved === undefined || !fits(resolved, shape)) {
      // What leads out of the document and is left by now was reported when it was not followed.
      if (!isExternal(reference)) reportFault(document, reference, resolved, report);
      remove(document, reference);
      continue;
    }
    if (key === '$dynamicRef') delete holder[key];
    holder[key === '$dynamicRef' ? '$ref' : key] = fragmentOf(resolved.pointer);
    settled.push(reference);
    // What stands outside of the known structure is looked at because something refers to it.
    if (resolved.shape !== data || surveyed.has(resolved.pointer)) continue;
    surveyed.add(resolved.pointer);
    queue.push(...survey(resolved.value, shape, keysOf(resolved.pointer)).references);
  }
  breakCycles(document, settled, report);
}

interface Resolved {
  readonly pointer: string;
  readonly value: unknown;
  readonly shape: Shape;
}

type Resolve = (written: string) => Resolved | undefined;

/** Many references are written alike, so that each text is resolved once. */
function resolver(document: JsonObject, anchors: ReadonlyMap<string, string>): Resolve {
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
      value = valueAt(value, pointerTo(key));
      if (value === undefined) return undefined;
    }
    return { pointer: pointerTo(...keys), value, shape: shapeAt(shapes.document, keys) };
  };
  return (written) => {
    if (!known.has(written)) known.set(written, resolve(written, 0));
    return known.get(written);
  };
}

const maxHops = 20;

function anchorsOf({ anchors }: Survey): ReadonlyMap<string, string> {
  return new Map(
    anchors
      .filter(({ keyword }) => keyword !== '$id')
      .map(({ name, pointer }): [string, string] => [name, pointer])
      // Of several with one name, the first counts.
      .toReversed(),
  );
}

function fits(resolved: Resolved, shape: Shape): boolean {
  return resolved.shape === data || resolved.shape === shape;
}

function reportFault(
  document: JsonObject,
  { holder, key, pointer, shape }: Reference,
  resolved: Resolved | undefined,
  report: Report,
): void {
  const written = String(holder[key]);
  const spot = { pointer: pointer + pointerTo(key) };
  if (resolved === undefined) {
    report.fault('load/unresolved-ref', `The document has nothing at ${quote(written)}.`, {
      ...spot,
      hint: suggestion(document, written),
    });
    return;
  }
  const message = `The reference ${quote(written)} leads to ${named(resolved.shape)}, where ${named(shape)} is needed.`;
  const hint = `Refer to ${named(shape)}; until then it is taken to be empty.`;
  // Such schemas and responses are met, and tools that mix up kinds take them for empty ones too.
  const isHarmless =
    shape.section?.components === 'schemas' || shape.section?.components === 'responses';
  report[isHarmless ? 'warning' : 'fault']('load/wrong-ref', message, { ...spot, hint });
}

function named({ name }: Shape): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function suggestion(document: JsonObject, written: string): string | undefined {
  const keys = keysOf(pointerOfFragment(written) ?? '');
  const name = keys.pop();
  if (name === undefined) return undefined;
  const moved = /^#\/(definitions|parameters|responses)\//.exec(written)?.[1];
  if (moved !== undefined && document['swagger'] === undefined) {
    const section = moved === 'definitions' ? 'schemas' : moved;
    return `In OpenAPI 3 that is #/components/${section}/${name}.`;
  }
  const beside = valueAt(document, pointerTo(...keys));
  const near = isObject(beside) ? suggest(name, Object.keys(beside)) : undefined;
  return near === undefined
    ? 'Add what it refers to, or mend the reference.'
    : `Did you mean #${pointerTo(...keys, near)}?`;
}

/** Takes a reference out: a parameter goes, anything else becomes empty, which allows everything. */
function remove(document: JsonObject, { holder, key, pointer, shape }: Reference): void {
  const parent = valueAt(document, pointerTo(...keysOf(pointer).slice(0, -1)));
  const index =
    Array.isArray(parent) && /\/parameters\/\d+$/.test(pointer) ? parent.indexOf(holder) : -1;
  if (Array.isArray(parent) && index !== -1) parent.splice(index, 1);
  else delete holder[key];
  // So that what is left is a valid response.
  if (shape.section?.components === 'responses') holder['description'] ??= '';
}

/** A reference to a reference and so on must come to an end. */
function breakCycles(document: JsonObject, settled: readonly Reference[], report: Report): void {
  const byPointer = new Map(
    settled
      .filter(({ key }) => key !== '$dynamicRef')
      .map((reference) => [reference.pointer, reference]),
  );
  const done = new Set<Reference>();
  for (const start of settled) {
    const chain = new Set<Reference>();
    let current: Reference | undefined = start;
    while (current !== undefined && !done.has(current)) {
      if (chain.has(current)) {
        report.fault(
          'load/circular-ref',
          `The reference ${String(current.holder['$ref'])} leads back to itself.`,
          {
            pointer: pointerTo(...keysOf(current.pointer), '$ref'),
            hint: 'Replace one reference of the circle by what is meant.',
          },
        );
        remove(document, current);
        break;
      }
      chain.add(current);
      const target: unknown = current.holder[current.key];
      current =
        typeof target === 'string' ? byPointer.get(pointerOfFragment(target) ?? '') : undefined;
    }
    for (const reference of chain) done.add(reference);
  }
}
