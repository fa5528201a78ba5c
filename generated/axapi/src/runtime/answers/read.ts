import { MAX_EXCERPT, STATUS_NO_CONTENT, STATUS_RATE_LIMIT } from '../constants.js';
import { retryAfter } from '../transport/retry-after.js';
import type { ErrorCode, ErrorFacts } from './errors.js';
import type { Exchange } from './exchange.js';
import { messages, type Said } from './messages.js';

export const JSON_TYPE = 'application/json';
const ANY_JSON_TYPE = /^(application|text)\/(.+\+)?json$/;
/** What servers and proxies write where nobody set a type: JSON may hide behind it. */
const SILENT_TYPE = /^$|^text\/plain$|octet-stream$/;
/** Half of an answer may come whole next time; what never was JSON will not. */
const CUT_OFF = /^(\s*[[{]|$)/;

/** An answer's media type without its parameters, in lower case. */
export function typeOf({ headers }: Response): string {
  return plainType(headers.get('Content-Type') ?? '');
}

export function plainType(type: string): string {
  return type.replace(/;.*/, '').trim().toLowerCase();
}

export function isJson(type: string): boolean {
  return ANY_JSON_TYPE.test(type);
}

/**
 * The body of a success: JSON, or nothing where the status has no content.
 * @param expected The media types that the document names, for a message.
 * @throws ApiError where the answer is no success, or a body that the document does not name.
 */
export async function readJson(
  { response, fail, mask }: Exchange,
  expected: string = JSON_TYPE,
): Promise<unknown> {
  const { status, ok, headers } = response;
  const type = typeOf(response);
  const received = await response.text();
  let body: unknown;
  const failed = (code: ErrorCode, text: string, facts?: Partial<ErrorFacts>): Error =>
    fail(code, `${status} ${text}`, { status, headers, body, ...facts });

  if (ok) {
    if (!received && status >= STATUS_NO_CONTENT) return undefined;
    try {
      if (isJson(type) || SILENT_TYPE.test(type)) return JSON.parse(received);
    } catch {
      if (isJson(type) || CUT_OFF.test(received)) throw fail('invalid-body');
    }
  }
  const text = (body = mask(received));
  if (ok)
    throw failed('content-type', `${type}, expected ${expected}: ${text.slice(0, MAX_EXCERPT)}`);
  let texts = text ? [text] : [];
  try {
    const parsed = JSON.parse(text) as Said;
    texts = messages(parsed);
    body = parsed;
  } catch {
    // A proxy's page, or JSON that is nested too deep to look through: the text will do.
  }
  throw failed(status === STATUS_RATE_LIMIT ? 'rate-limit' : 'http', `${texts}`, {
    messages: texts,
    retryAfter: retryAfter(headers),
  });
}
