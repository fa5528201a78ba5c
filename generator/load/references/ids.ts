import { isObject, type JsonObject } from '../document.ts';
import { pointerOfPath } from '../path.ts';
import { fragmentOf, pointerOfFragment, valueAt } from '../../json/pointer.ts';
import type { Survey } from '../scan.ts';

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
export function localizeIds(
  document: JsonObject,
  found: Survey,
  address: string = noAddress,
): void {
  if (!found.anchors.some(({ keyword }) => keyword === '$id')) return;
  const root: Resource = { pointer: '', uri: address };
  const byPointer = new Map<string, Resource>([['', root]]);
  const byUri = new Map<string, Resource>();
  const anchors = new Map<string, string>();
  for (const { keyword, name, path } of found.anchors) {
    const pointer = pointerOfPath(path);
    if (keyword !== '$id') {
      anchors.set(`#${name}`, pointer);
      continue;
    }
    const base = around(pointer, byPointer)?.uri;
    if (!URL.canParse(name, base)) continue;
    const resource = { pointer, uri: withoutFragment(new URL(name, base)) };
    byPointer.set(pointer, resource);
    byUri.set(resource.uri, resource);
  }
  for (const { holder, key, path } of found.references) {
    const written = holder[key];
    const base = around(pointerOfPath(path), byPointer)?.uri;
    if (typeof written !== 'string' || !URL.canParse(written, base)) continue;
    const url = new URL(written, base);
    const resource = byUri.get(withoutFragment(url));
    if (resource === undefined) continue;
    const fragment = pointerOfFragment(url.hash);
    const target = fragment === undefined ? anchors.get(url.hash) : resource.pointer + fragment;
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

function isThere(document: JsonObject, pointer: string): boolean {
  const value = valueAt(document, pointer);
  return isObject(value) || typeof value === 'boolean';
}

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}
