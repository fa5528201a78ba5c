// @ts-nocheck
import { ApiError } from './errors.js';
import { requestOf } from './request-of.js';
import { originalOf } from './originals.js';
import type { OperationFunction } from '../call.js';
import type { AnswersOf, ErrorOf, ErrorUnder } from './typed.js';

/** An operation whose document declares errors; of others there is nothing to tell apart. */
type Declaring<Operation> = unknown extends AnswersOf<Operation> ? never : Operation;

/**
 * Whether an error is an `ApiError`: of a status, of an operation, or both. Of an operation's errors
 * it narrows the body to what the document declares:
 *
 *     if (isApiError(error, updateThing, 409)) console.log(error.body.conflict);
 */
export function isApiError<Status extends number>(
  error: unknown,
  status?: Status,
): error is ApiError & { readonly status: Status };
export function isApiError<Operation extends OperationFunction>(
  error: unknown,
  operation: Operation & Declaring<Operation>,
): error is ErrorOf<Operation>;
export function isApiError<Operation extends OperationFunction, Status extends number>(
  error: unknown,
  operation: Operation & Declaring<Operation>,
  status: Status,
): error is ErrorUnder<Operation, Status>;
export function isApiError(
  error: unknown,
  asked?: OperationFunction | number,
  status?: number,
): boolean {
  if (!(error instanceof ApiError)) return false;
  const operation = typeof asked === 'function' ? asked : undefined;
  const wanted = typeof asked === 'number' ? asked : status;
  const isOfStatus = wanted === undefined || error.status === wanted;
  return isOfStatus && (!operation || requestOf.get(error)?.source === originalOf(operation));
}
