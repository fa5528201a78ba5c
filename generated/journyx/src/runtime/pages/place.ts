// @ts-nocheck
import { at, type Path } from './items.js';
import type { Pairs, Request } from '../call.js';

/** Where a request says which page it asks for. */
export interface Place {
  read(request: Request): unknown;
  write(request: Request, value: string | number): Request;
}

/** A place; a text is the name of a parameter in the query. */
export type Param = string | Place;

export function placeOf(param: Param): Place {
  return typeof param === 'string' ? pairOf('query', param) : param;
}

/** A header of the request. */
export function inHeader(name: string): Place {
  return pairOf('headers', name);
}

/** A member of a JSON body. Its value is made by `convert` where it is not a text. */
export function inBody(path: Path, convert: (text: string | number) => unknown = String): Place {
  const put = (body: unknown, [name = '', ...inner]: Path, value: unknown): unknown => ({
    ...Object(body),
    [name]: inner.length > 0 ? put(at(body, [name]), inner, value) : value,
  });
  return {
    read: ({ body }) => at(isMade(body) ? body.value : body, path),
    write(request, value) {
      const { body } = request;
      // A long number has more digits than `Number` keeps.
      const isLong = convert === Number && isMade(body) && /^-?\d+$/.test(`${value}`);
      const next = isLong ? BigInt(value) : convert(value);
      const made = isMade(body) ? body.of(put(body.value, path, next)) : put(body, path, next);
      return { ...request, body: made };
    },
  };
}

/** A body that knows its value, and can be made anew of another. */
interface Made {
  readonly value: unknown;
  readonly of: (value: unknown) => unknown;
}

function isMade(body: unknown): body is Made {
  return typeof body === 'function' && 'of' in body;
}

function pairOf(part: 'query' | 'headers', param: string): Place {
  return {
    read: ({ [part]: pairs = [] }) => pairs.find(([name]) => name === param)?.[1],
    write(request, value) {
      const others: Pairs = (request[part] ?? []).filter(([name]) => name !== param);
      return { ...request, [part]: [...others, [param, value]] };
    },
  };
}
