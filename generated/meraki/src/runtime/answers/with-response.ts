// @ts-nocheck
import type { Client } from '../client.js';
import type { Answer } from '../call.js';
import type { OperationFunction } from '../call.js';
import { showMasked } from './show-masked.js';
import type { ArgumentsOf, ResponseOf } from './typed.js';

/**
 * The operation with status and headers beside the body:
 *
 *     const { status, headers, body } = await withResponse(getThing)(client, { id: 1 });
 *
 * Of a listing the body is its first page, of a stream the stream. Printed, headers show no key.
 */
export function withResponse<Operation extends OperationFunction>(
  operation: Operation,
): (client: Client, ...rest: ArgumentsOf<Operation>) => Promise<ResponseOf<Operation>> {
  return async (client, ...rest) => {
    let answer: Answer | undefined;
    const watching: Client = {
      request: async (request, options) => (answer = await client.request(request, options)),
    };
    // Its arguments are those of `rest`, behind a client.
    const call = operation as unknown as (...args: unknown[]) => unknown;
    const body = await call(watching, ...rest);
    // The table of the operation is what its type was made of.
    const headers = answer && showMasked(answer.headers, answer.mask);
    return { status: answer?.status, headers, body } as ResponseOf<Operation>;
  };
}
