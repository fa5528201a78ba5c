// @ts-nocheck
import { MAX_EXCERPT, STATUS_NO_CONTENT, STATUS_RATE_LIMIT } from '../constants.js';
import { retryAfter } from '../transport/retry-after.js';
import type { Exchange } from '../call.js';
import type { ErrorFacts } from './errors.js';

export const JSON_TYPE = 'application/json';

/** An answer's media type without its parameters, in lower case. */
export function typeOf({ headers }: Pick<Response, 'headers'>): string {
  return (headers.get('Content-Type') ?? '').replace(/;.*|\s/g, '').toLowerCase();
}

export function isJson(type: string): boolean {
  return /^(application|text)\/(.+\+)?json$/.test(type);
}

/**
 * The body of a success: JSON, or nothing where the status has no content.
 * @param expected The media types that the document names, for a message.
 * @param parse Makes the value of a success.
 * @throws ApiError where the answer is no success, or a body that the document does not name.
 */
export async function readJson(
  { response, settings, fail, mask }: Exchange,
  expected: string = JSON_TYPE,
  parse: (text: string) => unknown = JSON.parse,
): Promise<unknown> {
  const { status, ok, headers } = response;
  const type = typeOf(response);
  const received = await response.text();
  if (ok) {
    if (!received && status >= STATUS_NO_CONTENT) return undefined;
    const isDeclared = isJson(type);
    try {
      // What servers and proxies write where nobody set a type: JSON may hide behind it.
      if (isDeclared || /^$|^text\/plain$|octet-stream$/.test(type)) return parse(received);
    } catch {
      // Half of an answer may come whole next time; what never was JSON will not.
      if (isDeclared || /^(\s*[[{]|$)/.test(received)) throw fail('invalid-body');
    }
  }
  const text = mask(received);
  const facts: { -readonly [Name in keyof ErrorFacts]?: ErrorFacts[Name] } = {
    status,
    headers,
    body: text,
    messages: text ? [text] : [],
    retryAfter: retryAfter(headers),
  };
  if (ok)
    throw fail(
      'content-type',
      `${status} ${type}, expected ${expected}: ${text.slice(0, MAX_EXCERPT)}`,
      facts,
    );
  try {
    const parsed: unknown = JSON.parse(text);
    facts.messages = settings.fetch?.messagesOf?.(parsed) ?? [JSON.stringify(parsed)];
    facts.body = parsed;
  } catch {
    // A proxy's page, or JSON that is nested too deep to look through: the text will do.
  }
  throw fail(
    status === STATUS_RATE_LIMIT ? 'rate-limit' : 'http',
    `${status} ${facts.messages}`,
    facts,
  );
}
