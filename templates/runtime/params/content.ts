import type { Payload } from '../call.js';
import { binary } from './body.js';
import { isBytes, isOf } from './bytes.js';
import { made } from './made.js';
import { isStructure } from './structure.js';

/** A media type that a body may have, and what makes such a body of a value. */
export type Content = readonly [
  mediaType: string,
  encode: (value: unknown, mediaType: string, rules: never) => Payload | undefined,
  facts?: {
    /** Whether a string means this one. */
    readonly takesText?: boolean;
    /** What the encoder takes besides. */
    readonly rules?: object;
  },
];

/** Options of a call whose body may have several media types. */
export interface ContentOptions<MediaType extends string> {
  /** Chooses the media type of the body; by default the value does. */
  readonly contentType?: MediaType | undefined;
}

/**
 * A body under the media type that is asked for, or else the one that its value fits: bytes that of
 * their own type, a text that of a text, an object that holds bytes that of several parts, anything
 * else the first; an object never that of a JSON Patch, which is an array.
 */
export function content(
  value: unknown,
  wanted: string | undefined,
  contents: readonly Content[],
): Payload | undefined {
  if (value === undefined) return undefined;
  return made(value, () => {
    const chosen = wanted === undefined ? byValue(value, contents) : byType(wanted, contents);
    if (!chosen)
      throw TypeError(`contentType: not one of ${contents.map(([type]) => type).join(', ')}`);
    const [declared, encode, facts] = chosen;
    const mediaType = wanted ?? declared;
    // The rules beside an encoder are those that it takes.
    const payload = isBytes(value)
      ? binary(value, mediaType)
      : encode(value, mediaType, facts?.rules as never);
    return payload ? payload() : [undefined, ''];
  });
}

function byType(wanted: string, contents: readonly Content[]): Content | undefined {
  return (
    contents.find(([type]) => type === wanted) ?? contents.find(([type]) => isOf(wanted, type))
  );
}

function byValue(value: unknown, contents: readonly Content[]): Content | undefined {
  const of = (range: string): Content | undefined => contents.find(([type]) => isOf(type, range));
  const own = value instanceof Blob && value.type ? byType(value.type, contents) : undefined;
  const found = own
    ? own
    : isBytes(value)
      ? contents.find(([, encode]) => encode === binary)
      : typeof value === 'string'
        ? contents.find(([, , facts]) => facts?.takesText)
        : value instanceof URLSearchParams
          ? of('application/x-www-form-urlencoded')
          : value instanceof FormData || holdsBytes(value)
            ? of('multipart/*')
            : undefined;
  // A JSON Patch is an array (RFC 6902, 3).
  const fitting = Array.isArray(value)
    ? contents[0]
    : contents.find(([type]) => !isOf(type, 'application/json-patch+json'));
  return found ?? fitting ?? contents[0];
}

function holdsBytes(value: unknown): boolean {
  return isStructure(value) && Object.values(value).flat().some(isBytes);
}
