// @ts-nocheck
import { encode, encoded, plainText } from './encode.js';
import type { Pairs } from '../call.js';
import { isStructure, membersOf, partsOf } from './structure.js';

/**
 * Brackets as Rails and PHP read them: `name[]=a` for each item, `name[]k=v` for each property of an
 * item that is an object, `name[k]=v` for each property of an object.
 */
export function brackets(name: string, value: unknown): Pairs {
  if (!isStructure(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = `${name}[${Array.isArray(value) ? '' : key}]`;
    if (!isStructure(item)) return [[inner, item]];
    return Object.entries(item).map(([property, part]) => [inner + property, part]);
  });
}

/**
 * OpenAPI's `deepObject`: `name[k]=v` for each property, and for theirs. It does not say how lists
 * are written. A list of scalars repeats its name, unless `indexed`; of any other the items have a
 * number: `name[0][k]=v`.
 */
export function deepObject(name: string, value: unknown, indexed = false): Pairs {
  if (!isStructure(value)) return [[name, value]];
  if (!indexed && Array.isArray(value) && !value.some(isStructure)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    deepObject(`${name}[${key}]`, inner, indexed),
  );
}

/**
 * One value whose parts are set apart by a character that is not encoded when it is a comma:
 * `a,b,c` for an array, `k,v,k,v` for an object. OpenAPI's `form` without `explode`,
 * `spaceDelimited` and `pipeDelimited`.
 * @param by Encodes a part.
 */
export function delimited(
  name: string,
  value: unknown,
  delimiter: ',' | ' ' | '|',
  by: (part: unknown) => string = encode,
): Pairs {
  if (!isStructure(value)) return [[name, value]];
  const parts: readonly unknown[] = Array.isArray(value) ? value : membersOf(value).flat();
  const glue = delimiter === ',' ? delimiter : encodeURIComponent(delimiter);
  const text = parts
    .filter((part) => part != null)
    .map(by)
    .join(glue);
  return parts.length > 0 ? [[name, encoded(text)]] : [];
}

/**
 * OpenAPI's `form` with `explode`: the properties of an object as parameters of their own; an array
 * repeats its name.
 */
export function exploded(name: string, value: unknown): Pairs {
  return isStructure(value) && !Array.isArray(value) ? membersOf(value) : [[name, value]];
}

/** Cookies as the value of a `Cookie` header; undefined where there are none. */
export function cookies(pairs: Pairs): string | undefined {
  const list = pairs.flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((item) => item != null)
      .map((item) => `${encode(name)}=${encode(item)}`),
  );
  return list.join('; ') || undefined;
}

/**
 * A cookie whose value is not percent-encoded (OpenAPI's style `cookie`), but for what no cookie may
 * hold. A list's items and an object's members are cookies of their own where `explode`.
 */
export function plainCookie(name: string, value: unknown, explode = false): Pairs {
  const text = (part: unknown): string =>
    plainText(part).replace(/[^!#-+.-:<-[\]-~-]/gu, encodeURIComponent);
  if (!isStructure(value)) return [[name, value == null ? value : encoded(text(value))]];
  if (!explode) return [[name, encoded(partsOf(value, false, text).join(','))]];
  const named = Array.isArray(value)
    ? value.map((item) => [name, item] as const)
    : membersOf(value);
  return named.map(([key, item]) => [key, item == null ? item : encoded(text(item))]);
}
