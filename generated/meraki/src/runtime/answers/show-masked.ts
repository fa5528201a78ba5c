// @ts-nocheck
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Has headers printed with what a server repeats of a key masked. Reading them gives what came, as an ETag
 * or a link must be used as it is.
 */
export function showMasked(headers: Headers, mask: (text: string) => string): Headers {
  const shown = (
    _depth: number,
    options: object,
    inspect: (value: object, options: object) => string,
  ) =>
    inspect(
      new Headers([...headers].map<[string, string]>(([name, value]) => [name, mask(value)])),
      options,
    );
  return Object.defineProperty(headers, INSPECT, { value: shown, configurable: true });
}
