import { readJson } from '../answers/read.js';
import type { RowReader } from '../answers/table.js';
import type { Convert } from './convert.js';

/** Parses JSON and converts what it holds. */
export function parsing(convert: Convert): (text: string) => unknown {
  return (text) => convert(JSON.parse(text));
}

/** Reads JSON by a parser of its own. */
export function asValues(parse: (text: string) => unknown): RowReader {
  return async (exchange, expected) => {
    let misfit: Error | undefined;
    const parsed = readJson(exchange, expected, (text) => {
      try {
        return parse(text);
      } catch (error) {
        // What is no JSON may come whole next time; what a platform lacks will not be there then.
        if (error instanceof TypeError) misfit = error;
        throw error;
      }
    });
    return parsed.catch((error: unknown) => {
      throw misfit ? exchange.fail('refused', misfit.message) : error;
    });
  };
}
