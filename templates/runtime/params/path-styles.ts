import { encode, encoded, type Encoded } from './encode.js';

/** OpenAPI's path style `simple`: `a,b`, `k,v`; exploded `k=v,k=v`. */
export function simple(value: unknown, explode = false): Encoded {
  return encoded(parts(value, explode).join(','));
}

/** OpenAPI's path style `label`: `.a,b`, `.k,v`; exploded `.a.b`, `.k=v.k=v`. */
export function label(value: unknown, explode = false): Encoded {
  return encoded(`.${parts(value, explode).join(explode ? '.' : ',')}`);
}

/** OpenAPI's path style `matrix`: `;name=a,b`, `;name=k,v`; exploded `;name=a;name=b`, `;k=v;k=v`. */
export function matrix(name: string, value: unknown, explode = false): Encoded {
  const list = parts(value, explode);
  if (!explode) return encoded(item(name, list.join(',')));
  const named = isList(value) || typeof value !== 'object';
  return encoded(named ? list.map((part) => item(name, part)).join('') : `;${list.join(';')}`);
}

/** `;name` alone where the value is empty (RFC 6570, 3.2.7). */
function item(name: string, text: string): string {
  return `;${encodeURIComponent(name)}${text && `=${text}`}`;
}

/** A value's parts, encoded: the items of a list, an object's names and values, or the value itself. */
function parts(value: unknown, explode: boolean): string[] {
  if (isList(value)) return value.map(text);
  if (typeof value !== 'object' || !value) return [text(value)];
  const pairs = Object.entries(value).map((pair) => pair.map(text));
  return explode ? pairs.map((pair) => pair.join('=')) : pairs.flat();
}

function text(value: unknown): string {
  return encode((value ?? '') as string);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
