// @ts-nocheck
import { ENCODED, encode } from './encode.js';

/**
 * Fills `/networks/{networkId}` from the values of those names: each is percent-encoded and stays
 * inside its segment, so that no value changes which resource is meant.
 *
 * @throws TypeError where a value does not do as a segment; its message names the parameter.
 */
export function path(template: string, values: object): string {
  return template.replace(/{(.+?)}/g, (_, name: string) =>
    // Interfaces have no index; what a name lacks is refused.
    segment((values as Readonly<Record<string, unknown>>)[name], name),
  );
}

/**
 * A value as a segment of a path.
 *
 * @throws TypeError where it is absent, empty, an object, no well-formed text, `.` or `..` (also
 * written `%2e`).
 */
export function segment(value: unknown, name: string): string {
  let text = '';
  try {
    if (typeof value !== 'object' || ENCODED in value! || 'toJSON' in value!) text = encode(value);
  } catch {
    // Nothing is in what is absent, and half of a surrogate pair has no encoding.
  }
  // URL parsers and servers drop such a segment; `%252e` is `%2e`, encoded.
  if (/^(\.|%(25)?2e){0,2}$/i.test(text)) throw TypeError(`bad path parameter ${name}`);
  return text;
}
