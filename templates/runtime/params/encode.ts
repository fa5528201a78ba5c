const ENCODED: unique symbol = Symbol();

/** A text that is percent-encoded already, delimiters included, and goes into a URL as it is. */
export interface Encoded {
  readonly [ENCODED]: string;
}

/** Marks a text as encoded. No JSON can pass for it. */
export function encoded(text: string): Encoded {
  return { [ENCODED]: text };
}

/** Percent-encodes whatever RFC 3986 does not leave unreserved in a component. */
export function encode(value: string | number | boolean | Encoded): string {
  // A value of another type, where types were not checked, shows as JavaScript writes it.
  return (value as Partial<Encoded>)[ENCODED] ?? encodeURIComponent(value as string);
}
