import type { AnswerReader } from '../call.js';
import { isRedirect } from '../transport/redirect.js';
import { readJson } from './read.js';

/**
 * Of an operation that answers only where to look: a redirect is its success, and is not followed.
 * `Location` stands in the headers that `withResponse` gives. A browser hides both.
 */
export const redirects: AnswerReader = {
  any: true,
  async read(exchange) {
    const { response } = exchange;
    if (!response.ok && !isRedirect(response)) return readJson(exchange);
    await response.body?.cancel();
    return undefined;
  },
};
