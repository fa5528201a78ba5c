import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Result, ResultDecoding, Type } from '../../ir/ir.ts';
import { decodingOf, type Media, preferredMedia } from './media.ts';
import type { ParamContext } from './params.ts';
import { compare, isObject, objectOf, own, sortedEntries } from '../../json/narrow.ts';
import { scalar, unite } from '../../ir/type.ts';

/** What an operation answers when it succeeds. */
export interface Responses {
  readonly result: Result;
  /** The names of the headers, in lower case. */
  readonly headers: readonly string[];
}

interface Response {
  readonly type: Type;
  readonly decode: ResultDecoding;
  readonly media?: Media | undefined;
}

/** Reads the successful responses; where none is declared as such, the default one. */
export function readResponses(
  declared: unknown,
  pointer: string,
  context: ParamContext,
): Responses {
  const all = sortedEntries(declared);
  const successful = all.filter(([status]) => /^2(\d\d|xx)$/i.test(status));
  const chosen =
    successful.length > 0 ? successful : all.filter(([status]) => status === 'default');
  const headers = new Set<string>();
  const found: Response[] = [];
  for (const [status, entry] of chosen) {
    const response = context.references.follow(entry, `${pointer}/responses${pointerTo(status)}`);
    if (!isObject(response.value)) continue;
    for (const name of Object.keys(objectOf(own(response.value, 'headers'))))
      headers.add(name.toLowerCase());
    const isEmpty = status === '204' || status === '205';
    const media = isEmpty ? undefined : preferredMedia(own(response.value, 'content'));
    found.push(readContent(media, response.pointer, context));
  }
  return { result: resultOf(found), headers: [...headers].toSorted(compare) };
}

function readContent(media: Media | undefined, pointer: string, context: ParamContext): Response {
  if (!media) return { type: scalar('void'), decode: 'none' };
  const decode = decodingOf(media.encoding);
  if (decode !== 'json')
    return { type: scalar(decode === 'text' ? 'string' : 'binary'), decode, media };
  const at = `${pointer}/content${pointerTo(media.mediaType)}/schema`;
  return { type: context.schemas.typeOf(media.schema, at, 'result'), decode, media };
}

/** One of the responses: those that are read in the same way, the first way that any of them has. */
function resultOf(found: readonly Response[]): Result {
  const decode = (['json', 'text', 'binary'] as const).find((one) =>
    found.some((response) => response.decode === one),
  );
  if (decode === undefined) return { type: scalar('void'), decode: 'none' };
  const readable = found.filter((one) => one.decode === decode || one.decode === 'none');
  const accept = acceptOf(readable.flatMap(({ media }) => media ?? []));
  return {
    type: unite(readable.map(({ type }) => type)),
    decode,
    ...(accept === undefined ? {} : { accept }),
  };
}

/** The media types that are asked for, where the server could choose others or one of its own. */
function acceptOf(media: readonly Media[]): string | undefined {
  const wanted = [...new Set(media.map(({ mediaType }) => mediaType))];
  const isPlain = wanted.every((mediaType) => /^application\/json\s*(;|$)/i.test(mediaType));
  if (isPlain && media.every(({ others }) => others.length === 0)) return undefined;
  const sendable = wanted.filter((mediaType) => /^[!-~][ -~]*$/.test(mediaType));
  return sendable.length === 0 ? undefined : sendable.join(', ');
}
