import type { BodyEncoding } from '../../ir/ir.ts';
import { compare, type JsonObject, objectOf, own } from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { References } from '../references.ts';
import { encodingOf, rankOf } from './media.ts';

/** A media type of a request body. */
export interface Content {
  /** As the document writes it. */
  readonly mediaType: string;
  readonly encoding: BodyEncoding;
  /** OpenAPI's Media Type Object. */
  readonly described: JsonObject;
  readonly schema: unknown;
  /** Where the schema stands. */
  readonly pointer: string;
}

/** The media types of a `content` object, the preferred first. */
export function contentsOf(
  content: unknown,
  pointer: string,
  references: References,
): readonly Content[] {
  return Object.entries(objectOf(content))
    .toSorted(([a], [b]) => rankOf(a) - rankOf(b) || compare(a, b))
    .map(([mediaType, entry]) => {
      const { value, pointer: at } = references.follow(entry, pointer + pointerTo(mediaType));
      const described = objectOf(value);
      return {
        mediaType,
        encoding: encodingOf(mediaType),
        described,
        schema: own(described, 'schema'),
        pointer: `${at}/schema`,
      };
    });
}
