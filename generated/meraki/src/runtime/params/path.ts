import { encode, type Encoded } from './encode.js';

/** What stands for a parameter in a path. */
export type PathValue = string | number | boolean | null | Encoded;

/**
 * Builds a path from a template literal: each value is percent-encoded and stays inside its
 * segment, so that no value changes which resource is meant.
 *
 * @throws TypeError where a value is absent, empty, `.` or `..` (also written `%2e`).
 */
export function path(strings: TemplateStringsArray, ...values: readonly PathValue[]): string {
  return String.raw(
    { raw: strings },
    ...values.map((value) => {
      const segment = encode(value ?? '');
      // URL parsers and servers drop such a segment; `%252e` is `%2e`, encoded.
      if (/^(\.|%(25)?2e){0,2}$/i.test(segment))
        throw TypeError(`bad path ${strings.join(segment)}`);
      return segment;
    }),
  );
}
