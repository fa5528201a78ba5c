import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { Method } from '../../ir/ir.ts';
import { isObject, type JsonObject, own, sortedEntries } from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';

/** An operation of a path item, and where it stands there. */
export interface MethodEntry {
  readonly method: Method;
  readonly operation: JsonObject;
  /** Below the path item. */
  readonly pointer: string;
}

/** The methods of an OpenAPI path item, in the order in which the output has them. */
export const methods: readonly (readonly [string, Method])[] = [
  ['get', 'GET'],
  ['head', 'HEAD'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
  ['options', 'OPTIONS'],
  ['trace', 'TRACE'],
  ['query', 'QUERY'],
];

/** The members of a path item that hold operations. */
export const operationKeys: ReadonlySet<string> = new Set([
  ...methods.map(([key]) => key),
  'additionalOperations',
]);

/** A token (RFC 9110, 5.6.2). */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
/** Methods that `fetch` refuses (https://fetch.spec.whatwg.org/#forbidden-method). */
const forbidden = /^(CONNECT|TRACE|TRACK)$/i;

/** The operations of a path item: those of its methods, and its `additionalOperations` (OpenAPI 3.2). */
export function operationsOf(
  item: JsonObject,
  itemPointer: string,
  diagnostics: Diagnostics,
): readonly MethodEntry[] {
  const found: MethodEntry[] = [];
  for (const [key, method] of methods) {
    const operation = own(item, key);
    if (isObject(operation)) found.push({ method, operation, pointer: `/${key}` });
  }
  const additional = sortedEntries(own(item, 'additionalOperations'));
  if (additional.length === 0) return found;
  const standard = new Set(found.map(({ method }) => method));
  for (const [method, operation] of additional) {
    if (!isObject(operation)) continue;
    const pointer = pointerTo('additionalOperations', method);
    const because = !token.test(method)
      ? 'is not an HTTP method'
      : forbidden.test(method)
        ? 'is a method that `fetch` does not send'
        : standard.has(method)
          ? 'has a field of its own beside this one'
          : undefined;
    if (because === undefined) found.push({ method, operation, pointer });
    else
      diagnostics.warning(
        'operation/bad-method',
        `\`${method.slice(0, 40)}\` ${because}; the operation is left out.`,
        { pointer: itemPointer + pointer },
      );
  }
  return found;
}
