import { encode, encoded, type Encoded } from './encode.js';

/**
 * Builds a base URL from a template literal. No value leads to another host than the template says:
 * in a host stand letters, digits, `-`, `_` and single dots, a port is digits, and what stands in
 * the path is encoded.
 *
 * @throws TypeError where a value is absent or does not fit its place.
 */
export function serverUrl(
  strings: TemplateStringsArray,
  ...values: readonly (string | Encoded | undefined)[]
): string {
  return strings.reduce((before, after, index) => {
    const text = valueIn(before, values[index - 1], after);
    if (text === undefined) throw TypeError(`baseUrl: a value after "${before}" does not fit`);
    return before + text + after;
  });
}

/** Several segments of a path: slashes set them apart. */
export function pathSegments(value: string | undefined): Encoded | undefined {
  return value === undefined ? value : encoded(value.split('/').map(encode).join('/'));
}

/** A value's text at its place; undefined where it does not fit. */
function valueIn(before: string, value: unknown, after: string): string | undefined {
  if (value === undefined) return undefined;
  if (/\/\/[^/]*\//.test(before)) {
    const text = encode(value);
    return /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(text) ? undefined : text;
  }
  const text = `${value}`;
  return patternOf(before, after).test(text) ? text : undefined;
}

function patternOf(before: string, after: string): RegExp {
  if (before === '')
    return after.startsWith('://') ? /^https?$/ : /^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w.~-]+)*$/;
  if (before.endsWith(':')) return /^\d{1,5}$/;
  const isWhole = before.endsWith('//') && /^(\/|$)/.test(after);
  return isWhole ? /^(?!.*\.\.)\w[\w.-]*(:\d{1,5})?$/ : /^(?!\.|.*\.\.)[\w.-]*$/;
}
