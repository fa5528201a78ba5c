import { plainText } from './encode.js';
import { partsOf } from './structure.js';

/** A header's value in OpenAPI's style `simple`: `a,b`, `k,v`; exploded `k=v,k=v`. */
export function headerValue(value: unknown, explode = false): string | undefined {
  return value == null ? undefined : partsOf(value, explode, plainText).join(',');
}
