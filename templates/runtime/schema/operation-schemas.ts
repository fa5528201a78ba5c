import { ApiError } from '../answers/errors.js';
import { requestOf } from '../answers/request-of.js';
import { rowOf } from '../answers/table.js';
import type { Answer, Payload, Request } from '../call.js';
import {
  type ActionBody,
  type BodySchemaOf,
  type CheckActions,
  checkActions,
} from './check-actions.js';
import { type ForeignSchema, type FoundIssue, foundIn, wordsOf } from './found.js';
import type { OperationSchemas, WarningSink } from './validating.js';

/**
 * operationId, and the schemas of the body and of what a successful call gives, where there are any; of
 * several successes that differ a row each.
 */
export type OperationSchemaRow = readonly [
  id: string,
  body?: ForeignSchema | undefined,
  result?: ForeignSchema | readonly AnswerSchema[] | undefined,
  action?: ActionBody | undefined,
];

/** The schema of the bodies under a status and a media type; absent where nothing of them is checked. */
interface AnswerSchema {
  readonly status: number | string;
  readonly type?: string | undefined;
  readonly schema?: ForeignSchema | undefined;
}

/** Makes batch objects that check their actions. */
type BatchChecking = <Batch extends object>(batch: Batch, check: CheckActions) => Batch;

/**
 * Schemas of any library, by operation.
 * @param batches How batches are checked, where the API has some.
 */
export function operationSchemas(
  rows: () => readonly OperationSchemaRow[],
  batches?: BatchChecking,
): OperationSchemas {
  let known: ReadonlyMap<string, OperationSchemaRow> | undefined;
  const rowOfId = (id: string): OperationSchemaRow | undefined =>
    (known ??= new Map(rows().map((row) => [row[0], row]))).get(id);
  const bodySchemaOf: BodySchemaOf = (id) => {
    const [, schema, , action] = rowOfId(id) ?? [];
    return schema && { schema, ...action };
  };
  return {
    validated: (client, { request, response }, logger = console) => ({
      batchOf(make) {
        const batch = make(client);
        if (!request || !batches) return batch;
        return batches(batch, checkActions(bodySchemaOf, request, logger));
      },
      async request(sent, options) {
        const [, body, result] = rowOfId(sent.id) ?? [];
        if (request && body && sent.body !== undefined) {
          const found = await foundIn(body, valueOf(sent.body));
          if (found.length > 0) {
            if (request !== 'warn') throw refusal(sent, found);
            warn(logger, sent, `${sent.id}: ${wordsOf('body', found)}`);
          }
        }
        const answer = await client.request(sent, options);
        const answered = response && result ? schemaOf(result, answer) : undefined;
        if (answered) {
          const found = await foundIn(answered, answer.body);
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

/** The schema of an answer; of several that of its status and Content-Type. */
function schemaOf(
  result: ForeignSchema | readonly AnswerSchema[],
  { status, headers }: Answer,
): ForeignSchema | undefined {
  if ('~standard' in result) return result;
  const row = rowOf(result, { status, headers });
  return row && 'schema' in row ? row.schema : undefined;
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
