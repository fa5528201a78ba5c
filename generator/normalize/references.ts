import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { isObject, type JsonObject, own } from '../json/narrow.ts';

/** A value of the document and the pointer of the place where it is really written. */
export interface Located {
  readonly value: unknown;
  readonly pointer: string;
}

/** Finds what a `$ref` means. All references are local: the load stage saw to that. */
export interface References {
  /** Follows a chain of references to its end. */
  follow(value: unknown, pointer: string): Located;
  /** The value under a pointer. */
  at(pointer: string): unknown;
}

export function references(document: JsonObject, diagnostics: Diagnostics): References {
  const places = new Map<string, unknown>();
  const at = (pointer: string): unknown => {
    if (!places.has(pointer)) places.set(pointer, lookUp(pointer));
    return places.get(pointer);
  };
  const lookUp = (pointer: string): unknown => {
    let value: unknown = document;
    for (const key of pointer.split('/').slice(1)) {
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(value)) value = value[Number(name)];
      else if (isObject(value)) value = own(value, name);
      else return undefined;
    }
    return value;
  };
  const follow = (value: unknown, pointer: string): Located => {
    let target = refOf(value);
    if (target === undefined) return { value, pointer };
    const seen = new Set<string>();
    while (!seen.has(target)) {
      seen.add(target);
      const found = at(target);
      const next = refOf(found);
      if (next === undefined) return { value: found, pointer: target };
      target = next;
    }
    diagnostics.error(
      'schema/circular-ref',
      'These references lead to each other and never to a value.',
      { pointer },
    );
    return { value: undefined, pointer };
  };
  return { follow, at };
}

/** The pointer that a reference object names; undefined where the value is none. */
export function refOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const ref = own(value, '$ref');
  return typeof ref === 'string' && ref.startsWith('#') ? decode(ref.slice(1)) : undefined;
}

function decode(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
