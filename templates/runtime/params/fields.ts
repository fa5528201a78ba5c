import type { Pairs } from '../call.js';
import { encode } from './encode.js';
import { deepObject, delimited, exploded } from './query.js';
import { reservedPairs, reservedText } from './reserved.js';

/** How a field of a form is written: as one pair, or as several. */
export type FieldStyle = (name: string, value: unknown) => Pairs;

/** `name[k]=v`, `name[0]=v`: OpenAPI's `deepObject`, lists by their numbers. */
export const nested: FieldStyle = (name, value) => deepObject(name, value, true);

/** `a,b`: OpenAPI's `form` without `explode`. */
export const commas: FieldStyle = (name, value) => delimited(name, value, ',');

/** `a b`: OpenAPI's `spaceDelimited`. */
export const spaces: FieldStyle = (name, value) => delimited(name, value, ' ');

/** `a|b`: OpenAPI's `pipeDelimited`. */
export const pipes: FieldStyle = (name, value) => delimited(name, value, '|');

/** The members of an object as fields of their own: OpenAPI's `form` with `explode`. */
export const members: FieldStyle = exploded;

/** A field as JSON, whatever it is. */
export const asJson: FieldStyle = (name, value) => [[name, JSON.stringify(value)]];

/** Keeps reserved characters in what a style writes: OpenAPI's `allowReserved`. */
export function keepReserved(style: FieldStyle): FieldStyle {
  return (name, value) =>
    style === commas
      ? delimited(name, value, ',', reservedText)
      : reservedPairs(style(name, value));
}

/** The text of a value that may be encoded already, for a form that does not encode. */
export function decodedText(value: unknown): string {
  return decodeURIComponent(encode(value));
}
