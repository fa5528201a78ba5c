import { encode, encoded } from './encode.js';
import type { Pairs } from '../request.js';

type Mutable = [name: string, value: unknown][];

/**
 * Brackets as Rails and PHP read them: `name[]=a` for each item, `name[]k=v` for each property of an
 * item that is an object, `name[k]=v` for each property of an object.
 */
export function brackets(name: string, value: unknown): Pairs {
  if (value !== Object(value)) return [[name, value]];
  return Object.entries(value as object).flatMap(([key, item]) => {
    const inner = `${name}[${Array.isArray(value) ? '' : key}]`;
    if (item !== Object(item)) return [[inner, item]];
    return Object.entries(item as object).map(([property, part]) => [inner + property, part]);
  });
}

/** OpenAPI's `deepObject`: `name[k]=v` for each property, and for theirs; an array repeats its name. */
export function deepObject(name: string, value: unknown): Pairs {
  if (typeof value !== 'object' || Array.isArray(value)) return [[name, value]];
  return entries(value).flatMap(([key, inner]) => deepObject(`${name}[${key}]`, inner));
}

/**
 * One value whose parts are set apart by a character that is not encoded when it is a comma:
 * `a,b,c` for an array, `k,v,k,v` for an object. OpenAPI's `form` without `explode`,
 * `spaceDelimited` and `pipeDelimited`.
 */
export function delimited(name: string, value: unknown, delimiter: ',' | ' ' | '|'): Pairs {
  if (typeof value !== 'object' || !value) return [[name, value]];
  const parts: readonly unknown[] = Array.isArray(value) ? value : entries(value).flat();
  const glue = delimiter === ',' ? delimiter : encodeURIComponent(delimiter);
  const text = parts.map((part) => encode(part as string)).join(glue);
  return parts.length > 0 ? [[name, encoded(text)]] : [];
}

/**
 * OpenAPI's `form` with `explode`: the properties of an object as parameters of their own; an array
 * repeats its name.
 */
export function exploded(name: string, value: unknown): Pairs {
  return typeof value === 'object' && !Array.isArray(value) ? entries(value) : [[name, value]];
}

/**
 * A value that keeps reserved characters (RFC 3986) as they are: OpenAPI's `allowReserved`. `#`, `&`
 * and `+` are encoded all the same, as the query could not be read otherwise.
 */
export function reserved(name: string, value: unknown): Pairs {
  return [value].flat().map((item) => [name, item == null ? item : encoded(lightly(`${item}`))]);
}

/** Cookies as the value of a `Cookie` header; undefined where there are none. */
export function cookies(pairs: Pairs): string | undefined {
  const list = pairs.flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((item) => item != null)
      .map((item) => `${encode(name)}=${encode(item as string)}`),
  );
  return list.join('; ') || undefined;
}

function lightly(text: string): string {
  return encodeURI(text).replace(/[#&+]/g, encodeURIComponent);
}

function entries(value: unknown): Mutable {
  return typeof value === 'object' && value ? Object.entries(value) : [];
}
