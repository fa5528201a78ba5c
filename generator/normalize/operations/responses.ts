import { escapeKey, pointer as pointerTo } from '../../json/pointer.ts';
import type { Method, Property, Reading, Response, ResponseStatus, Result } from '../../ir/ir.ts';
import { isSuccess, successesOf } from '../../ir/responses.ts';
import { keyOf, scalar, unite } from '../../ir/type.ts';
import { isObject, objectOf, own, sortedEntries, sortedKeys } from '../../json/narrow.ts';
import { docOf } from '../doc.ts';
import type { Direction } from '../schemas/context.ts';
import { type AnswerMedia, answerMedia } from './media.ts';
import type { ParamContext } from './params.ts';
import { streamItems } from './stream-items.ts';

/** What an operation may answer. */
export interface Responses {
  readonly responses: readonly Response[];
  readonly result: Result;
  /** The names of the headers of its successes, in lower case. */
  readonly headers: readonly string[];
}

/** Statuses whose answers have no body, whatever the document says (RFC 9110, 15.3.5 and 15.3.6). */
const EMPTY_STATUSES: ReadonlySet<ResponseStatus> = new Set([204, 205, 304]);

/** Reads every response; where no success is declared as such, the default one stands for them. */
export function readResponses(
  declared: unknown,
  method: Method,
  pointer: string,
  context: ParamContext,
): Responses {
  const entries = objectOf(declared);
  const keys = sortedKeys(entries);
  // The default answer is a success where no other is one.
  const standsForAll = !keys.some((key) => isSuccess(statusOf(key) ?? 'default'));
  const responses: Response[] = [];
  for (const key of keys) {
    const status = statusOf(key);
    if (status === undefined) continue;
    const { value, pointer: at } = context.references.follow(
      entries[key],
      `${pointer}/responses/${escapeKey(key)}`,
    );
    if (!isObject(value)) continue;
    const isEmpty = method === 'HEAD' || EMPTY_STATUSES.has(status);
    responses.push(...readResponse(status, value, isEmpty, standsForAll, at, context));
  }
  const successes = successesOf(responses);
  const names = new Set<string>();
  for (const { headers } of successes)
    for (const { name } of headers) names.add(name.toLowerCase());
  return { responses, result: resultOf(successes), headers: [...names].toSorted() };
}

function statusOf(key: string): ResponseStatus | undefined {
  if (key === '200') return 200;
  if (key === 'default') return key;
  if (/^[1-5]xx$/i.test(key)) return key.toUpperCase() as ResponseStatus; // The pattern says which.
  return /^[1-9]\d\d$/.test(key) ? Number(key) : undefined;
}

function readResponse(
  status: ResponseStatus,
  source: Readonly<Record<string, unknown>>,
  isEmpty: boolean,
  standsForAll: boolean,
  pointer: string,
  context: ParamContext,
): readonly Response[] {
  const headers = readHeaders(own(source, 'headers'), pointer, context);
  const doc = docOf(source);
  const media = isEmpty
    ? []
    : answerMedia(own(source, 'content'), `${pointer}/content`, context.references);
  if (media.length === 0) return [{ status, headers, doc, reading: 'none', type: scalar('void') }];
  return media.map((one) => {
    const content = readContent(
      one,
      isSuccess(status) || (status === 'default' && standsForAll) ? 'result' : 'json',
      context,
    );
    const isMisnamed = content.reading === 'binary' && one.reading === 'json';
    const mediaType = isMisnamed ? '*/*' : one.mediaType;
    const { reading, type } = content;
    const response = { status, headers, doc, mediaType, reading, type };
    return one.examples.length > 0 ? { ...response, examples: one.examples } : response;
  });
}

function readContent(
  media: AnswerMedia,
  direction: Direction,
  context: ParamContext,
): Pick<Response, 'reading' | 'type'> {
  const { reading, pointer } = media;
  switch (reading) {
    case 'json':
    case 'any': {
      const type = context.schemas.typeOf(media.schema, `${pointer}/schema`, direction);
      // Frameworks that know one media type declare a download under JSON, and send it under its own.
      const isBytes = type.kind === 'scalar' && type.name === 'binary';
      return { reading: isBytes ? 'binary' : reading, type };
    }
    case 'text':
      return { reading, type: scalar('string') };
    case 'binary':
      return { reading, type: scalar('binary') };
    case 'events':
    case 'lines':
    case 'sequence':
      return { reading, type: { kind: 'stream', items: streamItems(media, pointer, context) } };
    case 'none':
      return { reading, type: scalar('void') };
  }
}

function readHeaders(
  declared: unknown,
  pointer: string,
  context: ParamContext,
): readonly Property[] {
  return sortedEntries(declared).flatMap(([name, entry]) => {
    const { value } = context.references.follow(entry, `${pointer}/headers${pointerTo(name)}`);
    if (!isObject(value)) return [];
    const values = objectOf(own(value, 'schema'))['enum'];
    const isClosed = Array.isArray(values) && values.every((one) => typeof one === 'string');
    return [
      {
        name,
        type: isClosed && values.length > 0 ? { kind: 'literals', values } : scalar('string'),
        required: own(value, 'required') === true,
        doc: docOf(value),
      },
    ];
  });
}

/** The order in which one of several ways of reading stands for all. */
const READINGS: readonly Reading[] = [
  'json',
  'any',
  'text',
  'binary',
  'events',
  'lines',
  'sequence',
];

/**
 * What a call resolves to where its options choose no media type: of each success the preferred
 * type, whatever is read in the same way into the same type, and streams, which a field of the
 * request may ask for.
 */
function resultOf(successes: readonly Response[]): Result {
  const [only] = successes;
  if (only && successes.length === 1)
    return { type: unite([only.type]), reading: only.reading, accept: acceptOf(successes) };
  const preferred = new Map<ResponseStatus, Response>();
  for (const response of successes)
    if (!preferred.has(response.status)) preferred.set(response.status, response);
  const expected = successes.filter((response) => {
    const first = preferred.get(response.status);
    if (first === response || response.type.kind === 'stream') return true;
    return first?.reading === response.reading && keyOf(first.type) === keyOf(response.type);
  });
  return {
    type: expected.length === 0 ? scalar('void') : unite(expected.map(({ type }) => type)),
    reading: READINGS.find((one) => expected.some(({ reading }) => reading === one)) ?? 'none',
    accept: acceptOf(expected),
  };
}

/** The media types to ask for, as a header can say them. */
function acceptOf(expected: readonly Response[]): string | undefined {
  const wanted = [...new Set(expected.flatMap(({ mediaType }) => mediaType ?? []))];
  const sendable = wanted.filter((mediaType) => /^[!-~][ -~]*$/.test(mediaType));
  return sendable.length === 0 ? undefined : sendable.join(', ');
}
