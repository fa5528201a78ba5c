import type { Payload } from '../call.js';
import { isBytes, mediaTypeOf } from './bytes.js';

/** JSON under a media type of its own: `application/merge-patch+json`. */
export function json(value: unknown, mediaType: string): Payload | undefined {
  if (value === undefined) return undefined;
  return () => [mediaType, JSON.stringify(value, withoutBytes)];
}

/** Bytes would become `{}`. */
function withoutBytes(name: string, value: unknown): unknown {
  if (isBytes(value)) throw TypeError(`${name || 'the body'}: JSON holds no bytes`);
  return value;
}

/** A body of which its document says little: bytes as they are, and everything else as JSON. */
export function jsonOrBytes(value: unknown, mediaType: string): Payload | undefined {
  if (isBytes(value)) return binary(value, mediaType);
  return json(value, mediaType.includes('*') ? 'application/json' : mediaType);
}

/** Text under a media type; bytes of a text go as they are. */
export function text(value: unknown, mediaType: string): Payload | undefined {
  if (isBytes(value)) return binary(value, mediaType);
  return value === undefined ? undefined : () => [mediaType, `${value}`];
}

/** Bytes under a media type, or under their own where that is a range. */
export function binary(value: unknown, mediaType: string): Payload | undefined {
  if (value === undefined) return undefined;
  const type = mediaTypeOf(value, mediaType);
  // What is neither bytes nor a text is refused by `fetch`.
  return () => [type, value as BodyInit];
}
