// @ts-nocheck
export const ENCODED: unique symbol = Symbol();

/** A text that is percent-encoded already, delimiters included, and goes into a URL as it is. */
export interface Encoded {
  readonly [ENCODED]: string;
}

/** Marks a text as encoded. No JSON can pass for it. */
export function encoded(text: string): Encoded {
  return { [ENCODED]: text };
}

/** Percent-encodes whatever RFC 3986 does not leave unreserved in a component. */
export function encode(value: unknown): string {
  return encodeBy(encodeURIComponent, value);
}

/** Encodes a value by another rule, unless it is encoded already. */
export function encodeBy(rule: (text: string) => string, value: unknown): string {
  return (value as Partial<Encoded>)[ENCODED] ?? rule(plainText(value));
}

/** A value as text: an object or a list as JSON, and what has a text in JSON, as a date, as that. */
export function plainText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value).replace(/^"|"$/g, '') : `${value}`;
}
