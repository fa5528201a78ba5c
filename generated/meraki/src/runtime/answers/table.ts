// @ts-nocheck
import type { AnswerReader, Exchange } from '../call.js';
import { MAX_EXCERPT } from '../constants.js';
import { isJson, readJson, typeOf } from './read.js';

/** A success that an operation may answer. */
export interface AnswerRow {
  /** Exact, a range (`2XX`), or `default`. */
  readonly status: number | string;
  /** Its media type; absent where it has no content. */
  readonly type?: string | undefined;
  /** Reads its body; as JSON where it is absent. */
  readonly read?: RowReader | undefined;
}

/** Reads a body: at once, or while it arrives. */
export interface RowReader {
  (exchange: Exchange, expected: string | undefined): unknown;
  readonly streams?: true;
}

/** What a type may have by one name and lack by another. */
const ALIAS_PREFIX = /^(application|text)\/(x-)?/;
const TEXT_TYPE = /^text\/|xml$/;
const OPEN_TYPE = /octet-stream$/;
const STATUS_NO_CONTENT = 204;
const STATUS_RESET_CONTENT = 205;

/** Reads nothing: the operation answers without content. */
export const noContent: AnswerReader = { read: drain };

/** Reads an answer as the first row says that fits its status, then its Content-Type. */
export function answerTable(rows: readonly AnswerRow[], accept?: string): AnswerReader {
  const expected = rows.flatMap(({ type }) => type ?? []).join(', ') || undefined;
  return {
    accept: accept ?? expected,
    streams: (response) => !!rowOf(rows, response)?.read?.streams,
    async read(exchange) {
      const { response } = exchange;
      const row = rowOf(rows, response);
      if (!row) throw await unexpected(exchange, expected);
      if (!row.type) return drain(exchange);
      return (row.read ?? readJson)(exchange, expected);
    },
  };
}

/** A body as text. */
export const asText: RowReader = ({ response }) => response.text();

/** A body as bytes. */
export const asBlob: RowReader = ({ response }) => response.blob();

/** A body as its own Content-Type says, where the document leaves it open. */
export const asItSays: RowReader = async (exchange, expected) => {
  const { response } = exchange;
  const type = typeOf(response);
  if (isJson(type)) return readJson(exchange, expected);
  if (type && !TEXT_TYPE.test(type)) return response.blob();
  const text = await response.text();
  if (type) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The error that a success under a type means that the document does not name. */
async function unexpected(
  { response, fail, mask }: Exchange,
  expected: string | undefined,
): Promise<Error> {
  const { status, headers } = response;
  const text = mask(await response.text());
  const message = `${status} ${typeOf(response)}, expected ${expected}: ${text.slice(0, MAX_EXCERPT)}`;
  return fail('content-type', message, { status, headers, body: text });
}

async function drain({ response }: Exchange): Promise<undefined> {
  // The connection is free afterwards; what broke off was worth nothing.
  await response.text().catch(() => {});
}

/** A status that no row has may be any of them. Undefined where the type is unknown. */
export function rowOf<Row extends AnswerRow>(
  rows: readonly Row[],
  response: Pick<Response, 'status' | 'headers'>,
): Row | AnswerRow | undefined {
  const { status } = response;
  const empty: AnswerRow = { status };
  if (status === STATUS_NO_CONTENT || status === STATUS_RESET_CONTENT) return empty;
  const keys = [status, `${Math.trunc(status / 100)}XX`, 'default'];
  const key = keys.find((one) => rows.some((row) => row.status === one));
  const candidates = key === undefined ? rows : rows.filter((row) => row.status === key);
  const type = typeOf(response);
  const [first = empty]: readonly AnswerRow[] = candidates;
  return (
    candidates.find((row) => !row.type || plainType(row.type) === type) ??
    candidates.find((row) => covers(plainType(row.type ?? ''), type)) ??
    // Anything may hide behind no type.
    (type ? candidates.find((row) => mayHide(row, type)) : first)
  );
}

/** Whether a body may be of a row whose type says nothing, or is answered under one that does. */
function mayHide({ type: declared = '', read }: AnswerRow, type: string): boolean {
  if (!read) return /^text\/plain$|octet-stream$/.test(type);
  if (read !== asBlob) return false;
  const isOpen = OPEN_TYPE.test(plainType(declared)) && !TEXT_TYPE.test(type) && !isJson(type);
  return isOpen || OPEN_TYPE.test(type);
}

/**
 * Whether a range covers a type, both are JSON, or one type by two names: `text/xml` (RFC 7303, 9.2),
 * `application/x-ndjson` (RFC 6648).
 */
function covers(wanted: string, type: string): boolean {
  if (isJson(wanted)) return isJson(type);
  if (type.replace(ALIAS_PREFIX, '') === wanted.replace(ALIAS_PREFIX, '')) return true;
  return wanted.endsWith('/*') && type.startsWith(wanted.replace(/\*?\/?\*$/, ''));
}

/** A media type of the document, as `typeOf` gives that of an answer. */
function plainType(type: string): string {
  return type.replace(/;.*/, '').trim().toLowerCase();
}
