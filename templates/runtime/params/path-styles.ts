import { encode, encoded, type Encoded } from './encode.js';
import { isStructure, partsOf } from './structure.js';

/** Encodes a part: `encode`, or `reservedSegment` where a parameter keeps reserved characters. */
type Encode = (part: unknown) => string;

/** OpenAPI's path style `simple`: `a,b`, `k,v`; exploded `k=v,k=v`. */
export function simple(value: unknown, explode = false, by: Encode = encode): Encoded {
  return written(() => partsOf(value, explode, by).join(','));
}

/** OpenAPI's path style `label`: `.a,b`, `.k,v`; exploded `.a.b`, `.k=v.k=v`. */
export function label(value: unknown, explode = false, by: Encode = encode): Encoded {
  return written(() => `.${partsOf(value, explode, by).join(explode ? '.' : ',')}`);
}

/** OpenAPI's path style `matrix`: `;name=a,b`, `;name=k,v`; exploded `;name=a;name=b`, `;k=v;k=v`. */
export function matrix(
  name: string,
  value: unknown,
  explode = false,
  by: Encode = encode,
): Encoded {
  return written(() => {
    const parts = partsOf(value, explode, by);
    if (!explode) return item(name, parts.join(','));
    const isObject = isStructure(value) && !Array.isArray(value);
    return isObject ? `;${parts.join(';')}` : parts.map((part) => item(name, part)).join('');
  });
}

/** What cannot be encoded becomes an empty text, which `path` refuses by the name of its parameter. */
function written(write: () => string): Encoded {
  try {
    return encoded(write());
  } catch {
    return encoded('');
  }
}

/** `;name` alone where the value is empty (RFC 6570, 3.2.7). */
function item(name: string, text: string): string {
  return `;${encodeURIComponent(name)}${text && `=${text}`}`;
}
