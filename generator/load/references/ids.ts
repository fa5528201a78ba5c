import { isObject, type MutableObject } from '../../json/narrow.ts';
import { fragmentOf, pointerOfFragment, pointerOfPath, valueAt } from '../../json/pointer.ts';
import type { Workspace } from '../workspace.ts';

/** Stands for the address of a document that has none, so that a relative `$id` has a base. */
const noAddress = 'document:///';

interface Resource {
  readonly pointer: string;
  readonly uri: string;
}

/**
 * Makes references by `$id` (JSON Schema 2020-12, section 8.2.1) references by pointer, so that the
 * rest of the loader knows pointers only.
 */
export function resolveIds({ document, contents }: Workspace, address: URL | undefined): void {
  if (!contents.anchors.some(({ keyword }) => keyword === '$id')) return;
  const root: Resource = { pointer: '', uri: address?.href ?? noAddress };
  const byPointer = new Map<string, Resource>([['', root]]);
  const byUri = new Map<string, Resource>();
  const anchors = new Map<string, string>();
  for (const { keyword, name, path } of contents.anchors) {
    if (keyword !== '$id') continue;
    const pointer = pointerOfPath(path);
    const base = around(pointer, byPointer)?.uri;
    if (!URL.canParse(name, base)) continue;
    const resource = { pointer, uri: withoutFragment(new URL(name, base)) };
    byPointer.set(pointer, resource);
    byUri.set(resource.uri, resource);
  }
  // An anchor counts within the resource that it stands in.
  for (const { keyword, name, path } of contents.anchors) {
    const pointer = pointerOfPath(path);
    const home = around(pointer, byPointer)?.uri;
    if (keyword !== '$id') anchors.set(`${home}#${name}`, pointer);
  }
  for (const { holder, key, path } of contents.references) {
    const written = holder[key];
    const base = around(pointerOfPath(path), byPointer)?.uri;
    if (typeof written !== 'string' || !URL.canParse(written, base)) continue;
    const url = new URL(written, base);
    const resource = byUri.get(withoutFragment(url));
    if (resource === undefined) continue;
    const fragment = pointerOfFragment(url.hash);
    // What a dynamic anchor means is found out by all that have its name.
    if (key === '$dynamicRef' && fragment === undefined && anchors.has(url.href)) {
      holder[key] = url.hash;
      continue;
    }
    const target = fragment === undefined ? anchors.get(url.href) : resource.pointer + fragment;
    // Many documents write `#/components/…` inside of a schema with an `$id`, and mean the document.
    if (target !== undefined && isThere(document, target)) holder[key] = fragmentOf(target);
  }
}

/** The resource that a place belongs to: the one of the nearest schema around it that has an `$id`. */
function around(pointer: string, resources: ReadonlyMap<string, Resource>): Resource | undefined {
  for (let outer = pointer; outer !== ''; outer = outer.slice(0, outer.lastIndexOf('/'))) {
    const resource = resources.get(outer);
    if (resource !== undefined) return resource;
  }
  return resources.get('');
}

function isThere(document: MutableObject, pointer: string): boolean {
  const value = valueAt(document, pointer);
  return isObject(value) || typeof value === 'boolean';
}

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}
