import type { BodyEncoding, Reading } from '../../ir/ir.ts';
import { compare, type JsonObject, objectOf, own } from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { References } from '../references.ts';

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

/** How a body of that media type is made. */
export function encodingOf(mediaType: string): BodyEncoding {
  return kinds[rankOf(mediaType)]?.[0] ?? 'binary';
}

/** Whether a media type is JSON, whatever suffix and parameters it has. */
export function isJson(mediaType: string): boolean {
  return encodingOf(mediaType) === 'json';
}

/** The place of a media type among the kinds. */
export function rankOf(mediaType: string): number {
  const known = ranks.get(mediaType);
  if (known !== undefined) return known;
  const plain = plainType(mediaType);
  const rank = kinds.findIndex(([, matches]) => matches(plain));
  ranks.set(mediaType, rank);
  return rank;
}

/** Every operation names its media types again. */
const ranks = new Map<string, number>();

/** Without parameters. */
function plainType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** A media type of a response. */
export interface AnswerMedia {
  /** As the document writes it. */
  readonly mediaType: string;
  /** Where its Media Type Object stands. */
  readonly pointer: string;
  readonly reading: Reading;
  readonly schema: unknown;
  /** Bodies that it shows. */
  readonly examples: readonly unknown[];
  /** What each item of a stream is (OpenAPI 3.2). */
  readonly itemSchema: unknown;
}

/** Media types whose bodies are a row of items. */
const streams: readonly (readonly [Reading, (type: string) => boolean])[] = [
  ['events', (type) => type === 'text/event-stream'],
  [
    'lines',
    (type) =>
      /^(application|text)\/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-stream)$/.test(type) ||
      type === 'application/stream+json',
  ],
  ['sequence', (type) => /^application\/([\w.!#$&^-]+\+)?json-seq$/.test(type)],
];

/** The media types of a response, the preferred first, streams last. */
export function answerMedia(
  content: unknown,
  at: string,
  references: References,
): readonly AnswerMedia[] {
  return Object.entries(objectOf(content))
    .map(([mediaType, entry]) => {
      const { value, pointer } = references.follow(entry, at + pointerTo(mediaType));
      const { reading, rank } = answerKind(mediaType);
      const media = objectOf(value);
      return {
        mediaType,
        pointer,
        reading,
        schema: own(media, 'schema'),
        examples: examplesOf(media, pointer, references),
        itemSchema: own(media, 'itemSchema'),
        rank,
      };
    })
    .toSorted((a, b) => a.rank - b.rank || compare(a.mediaType, b.mediaType));
}

interface AnswerKind {
  readonly reading: Reading;
  readonly rank: number;
}

const answerKinds = new Map<string, AnswerKind>();

function answerKind(mediaType: string): AnswerKind {
  const known = answerKinds.get(mediaType);
  if (known) return known;
  const plain = plainType(mediaType);
  const stream = streams.find(([, matches]) => matches(plain))?.[0];
  const rank = stream ? kinds.length : rankOf(mediaType);
  const found = { reading: stream ?? readingOf(encodingOf(mediaType), plain), rank };
  answerKinds.set(mediaType, found);
  return found;
}

/** Bodies that a media type shows; those that stand elsewhere are not looked up. */
function examplesOf(
  media: JsonObject,
  pointer: string,
  references: References,
): readonly unknown[] {
  const one = own(media, 'example');
  const several = own(media, 'examples');
  if (several === undefined) return one === undefined ? [] : [one];
  const named = Object.entries(objectOf(several)).map(([name, entry]) => {
    const { value } = references.follow(entry, `${pointer}/examples${pointerTo(name)}`);
    return own(objectOf(value), 'value');
  });
  return [one, ...named].filter((example) => example !== undefined);
}

function readingOf(encoding: BodyEncoding, plain: string): Reading {
  switch (encoding) {
    case 'json':
    case 'jsonOrBytes':
      return plain.endsWith('/*') ? 'any' : 'json';
    case 'text':
    case 'form':
      return 'text';
    case 'multipart':
    case 'binary':
      return 'binary';
  }
}
