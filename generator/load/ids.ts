import { isObject, type JsonObject } from './document.ts';
import { fragmentOf, pointerOfFragment, valueAt } from './pointer.ts';
import type { Survey } from './survey.ts';

/** Stands for the address of a document that has none, so that a relative `$id` has a base. */
const noAddress = 'document:///';

/**
 * Makes references by `$id` (JSON Schema 2020-12, section 8.2.1) references by pointer, so that the
 * rest of the loader knows pointers only.
 */
export function localizeIds(
  document: JsonObject,
  found: Survey,
  address: string = noAddress,
): void {
  const ids = found.anchors.filter(({ keyword }) => keyword === '$id');
  if (ids.length === 0) return;
  const resources: { readonly pointer: string; readonly uri: string }[] = [];
  /** The resource that a place belongs to; outer ones come first in the list. */
  const around = (pointer: string): { readonly pointer: string; readonly uri: string } =>
    resources.findLast((resource) => `${pointer}/`.startsWith(`${resource.pointer}/`)) ?? {
      pointer: '',
      uri: address,
    };
  for (const { name, pointer } of ids) {
    const base = around(pointer).uri;
    if (URL.canParse(name, base))
      resources.push({ pointer, uri: withoutFragment(new URL(name, base)) });
  }
  const byUri = new Map(resources.map(({ uri, pointer }) => [uri, pointer]));
  for (const { holder, key, pointer } of found.references) {
    const written = holder[key];
    const base = around(pointer).uri;
    if (typeof written !== 'string' || !URL.canParse(written, base)) continue;
    const url = new URL(written, base);
    const resource = byUri.get(withoutFragment(url));
    if (resource === undefined) continue;
    const fragment = pointerOfFragment(url.hash);
    const target = fragment === undefined ? anchorOf(found, url.hash) : resource + fragment;
    // Many documents write `#/components/…` inside of a schema with an `$id`, and mean the document.
    if (target !== undefined && isThere(document, target)) holder[key] = fragmentOf(target);
  }
}

function isThere(document: JsonObject, pointer: string): boolean {
  const value = valueAt(document, pointer);
  return isObject(value) || typeof value === 'boolean';
}

function anchorOf({ anchors }: Survey, hash: string): string | undefined {
  return anchors.find(({ keyword, name }) => keyword !== '$id' && `#${name}` === hash)?.pointer;
}

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}
