import type { BodyEncoding, ResultDecoding } from '../../ir/ir.ts';
import { compare, objectOf } from '../../json/narrow.ts';

/** Kinds of media types, the preferred first: what a typed client can say best. */
const kinds: readonly (readonly [BodyEncoding, (type: string) => boolean])[] = [
  ['json', (type) => type === 'application/json'],
  ['json', (type) => /^(application|text)\/([\w.!#$&^-]+\+)?json$/.test(type)],
  ['multipart', (type) => type === 'multipart/form-data'],
  ['form', (type) => type === 'application/x-www-form-urlencoded'],
  ['multipart', (type) => type.startsWith('multipart/')],
  ['json', (type) => type === '*/*' || type === 'application/*'],
  [
    'text',
    (type) =>
      type.startsWith('text/') ||
      /[/+](xml|yaml|x-yaml|ndjson|x-ndjson|jsonl|graphql|jwt|csv|sql|javascript|toml)$/.test(type),
  ],
  ['binary', () => true],
];

export interface Media {
  /** As the document writes it. */
  readonly mediaType: string;
  readonly encoding: BodyEncoding;
  readonly schema: unknown;
  /** The other media types that the document offers. */
  readonly others: readonly string[];
}

/** The media type that the client speaks, of those in a `content` object; undefined where there is none. */
export function preferredMedia(content: unknown): Media | undefined {
  const ranked = Object.entries(objectOf(content))
    .map(([mediaType, value]) => ({ mediaType, value, rank: rankOf(mediaType) }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.mediaType, b.mediaType));
  const [best, ...others] = ranked;
  if (!best) return undefined;
  return {
    mediaType: best.mediaType,
    encoding: kinds[best.rank]?.[0] ?? 'binary',
    schema: objectOf(best.value)['schema'],
    others: others.map(({ mediaType }) => mediaType),
  };
}

/** Whether a media type is JSON, whatever suffix and parameters it has. */
export function isJson(mediaType: string): boolean {
  return kinds[rankOf(mediaType)]?.[0] === 'json';
}

function rankOf(mediaType: string): number {
  const plain = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  return kinds.findIndex(([, matches]) => matches(plain));
}

/** How a response in that encoding is read. */
export function decodingOf(encoding: BodyEncoding): ResultDecoding {
  if (encoding === 'json') return 'json';
  return encoding === 'text' || encoding === 'form' ? 'text' : 'binary';
}
