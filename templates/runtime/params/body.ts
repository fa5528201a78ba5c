import type { Payload } from '../call.js';
import { isBytes, mediaTypeOf } from './bytes.js';
import { plainText } from './encode.js';
import { made } from './made.js';
import { isStructure } from './structure.js';

/** JSON under a media type of its own: `application/merge-patch+json`. */
export function json(value: unknown, mediaType: string): Payload | undefined {
  if (value === undefined) return undefined;
  return made(value, () => [mediaType, JSON.stringify(value, withoutBytes)]);
}

/** Bytes would become `{}`. */
function withoutBytes(name: string, value: unknown): unknown {
  if (isBytes(value)) throw TypeError(`${name || 'the body'}: JSON holds no bytes`);
  return value;
}

/** A body of which its document says little: bytes as they are, and everything else as JSON. */
export function jsonOrBytes(value: unknown, mediaType: string): Payload | undefined {
  if (isBytes(value)) return binary(value, mediaType);
  // A form that a caller has made says itself what it is.
  if (value instanceof FormData || value instanceof URLSearchParams)
    return made(value, () => [undefined, value]);
  return json(value, mediaType.includes('*') ? 'application/json' : mediaType);
}

/** Text under a media type; bytes of a text go as they are, and an object is not a text. */
export function text(value: unknown, mediaType: string): Payload | undefined {
  if (isBytes(value)) return binary(value, mediaType);
  if (value === undefined || value === null) return undefined;
  return made(value, () => {
    if (isStructure(value)) throw TypeError(`the body: ${mediaType} holds a text`);
    return [mediaType, plainText(value)];
  });
}

/** Bytes or a text under a media type, or under their own where that is a range. */
export function binary(value: unknown, mediaType: string): Payload | undefined {
  if (value === undefined || value === null) return undefined;
  const type = mediaTypeOf(value, mediaType);
  return made(value, () => {
    // `fetch` would send `[object Object]`.
    if (!isBytes(value) && typeof value !== 'string')
      throw TypeError(`the body: ${type} holds bytes`);
    return [type, value];
  });
}
