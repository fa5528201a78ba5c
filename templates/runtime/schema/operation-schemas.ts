import { ApiError } from '../answers/errors.js';
import { requestOf } from '../answers/request-of.js';
import type { Answer, Payload, Request } from '../call.js';
import { type ForeignSchema, type FoundIssue, foundIn, wordsOf } from './found.js';
import type { OperationSchemas, WarningSink } from './validating.js';

/** operationId, and the schemas of the body and of what a successful call gives, where there are any. */
export type OperationSchemaRow = readonly [
  id: string,
  body?: ForeignSchema | undefined,
  result?: ForeignSchema | undefined,
];

/** Schemas of any library, by operation. */
export function operationSchemas(rows: () => readonly OperationSchemaRow[]): OperationSchemas {
  let known: ReadonlyMap<string, OperationSchemaRow> | undefined;
  const rowOf = (id: string): OperationSchemaRow | undefined =>
    (known ??= new Map(rows().map((row) => [row[0], row]))).get(id);
  return {
    validated: (client, { request, response }, logger = console) => ({
      async request(sent, options) {
        const [, body, result] = rowOf(sent.id) ?? [];
        if (request && body && sent.body !== undefined) {
          const found = await foundIn(body, valueOf(sent.body));
          if (found.length > 0) {
            if (request !== 'warn') throw refusal(sent, found);
            warn(logger, sent, `${sent.id}: ${wordsOf('body', found)}`);
          }
        }
        const answer = await client.request(sent, options);
        if (response && result) {
          const found = await foundIn(result, answer.body);
          if (found.length > 0) {
            if (response !== 'warn') throw breach(sent, answer, found);
            const words = answer.mask(wordsOf('answer', found));
            warn(logger, sent, `${sent.id}: ${words}`, answer);
          }
        }
        return answer;
      },
    }),
  };
}

/** The value that a body was made of. */
function valueOf(body: unknown): unknown {
  return typeof body === 'function' ? (body as Payload).value : body;
}

function refusal(request: Request, issues: readonly FoundIssue[]): ApiError {
  const { id, method, path } = request;
  const error = new ApiError(`${method} ${path}: ${id}: ${wordsOf('body', issues)}`);
  requestOf.set(error, request);
  return Object.assign(error, {
    code: 'validation',
    operation: id,
    request: { method, url: path },
    messages: [],
    issues,
  });
}

/** An answer's body is no part of the error: it may hold what nobody should read in a log. */
function breach({ id }: Request, answer: Answer, issues: readonly FoundIssue[]): ApiError {
  const { status, headers, fail } = answer;
  return fail('validation', `${id}: ${wordsOf('answer', issues)}`, { status, headers, issues });
}

function warn(
  logger: WarningSink,
  { id, method }: Request,
  message: string,
  answer?: Answer,
): void {
  try {
    const path = answer ? new URL(answer.url).pathname : '';
    logger.warn(message, { operation: id, method, path, attempt: 0, status: answer?.status });
  } catch {
    // A call does not fail because nobody could be warned.
  }
}
