import type { AnswerReader } from '../call.js';
import { readJson } from './read.js';

/**
 * Of an operation that answers only where to look: a redirect is its success, and is not followed.
 * `Location` stands in the headers that `withResponse` gives. A browser hides both.
 */
export const redirects: AnswerReader = {
  any: true,
  async read(exchange) {
    const { response } = exchange;
    if (!response.ok && !/^30[12378]$/.test(`${response.status}`)) return readJson(exchange);
    await response.body?.cancel();
    return undefined;
  },
};
