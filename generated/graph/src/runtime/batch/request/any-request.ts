// @ts-nocheck
import { action, addition, type RequestMembers } from '../action/action.js';
import type { RequestAction } from '../action/types.js';

/** A request that no builder makes. */
export interface AnyRequest {
  readonly method: string;
  /** Below the base URL, as `/axapi/v3/slb/server?detail=true`. */
  readonly url: string;
  readonly query?: RequestMembers['query'];
  readonly headers?: RequestMembers['headers'];
  readonly body?: unknown;
  /**
   * Where a POST adds something: the path at which that will be, so that it keeps its order with what touches
   * it, and can be looked for. Without it, the action touches all that is below its URL.
   */
  readonly at?: string | undefined;
}

/**
 * The action of any request.
 *
 * @throws TypeError for a URL that is none below the base URL.
 */
export function anyRequest<Value>({
  at,
  url,
  query = [],
  ...rest
}: AnyRequest): RequestAction<Value> {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  checkPath('url', path);
  if (at !== undefined) checkPath('at', at);
  const wire = {
    ...rest,
    method: rest.method.toUpperCase(),
    url: path,
    query:
      search === '' && query.length === 0 ? undefined : [...new URLSearchParams(search), ...query],
  };
  const name = `${wire.method} ${path}`;
  return at === undefined ? action(name, wire) : addition(name, { ...wire, at });
}

/** @throws TypeError where a server could take it for something else. */
function checkPath(name: string, path: string): void {
  const isBelow = /^\/(?![/\\])[^\s\\#]*$/.test(path);
  const segments = path.split('/').map((segment) => segment.replaceAll(/%2e/gi, '.'));
  if (isBelow && !segments.some((segment) => segment === '.' || segment === '..')) return;
  throw new TypeError(
    `request: ${name} is ${JSON.stringify(path.slice(0, 100))}; it is a path below the base URL, as "/slb/server"`,
  );
}
