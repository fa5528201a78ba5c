import type { OnError } from '../../templates/runtime/batch/dialect.ts';
import type { RequestDialect } from '../../templates/runtime/batch/request-dialect.ts';
import type { BatchBinding, Operation } from '../ir.ts';
import type { Dialect } from './dialect.ts';

/** How a server takes batches that are one request: what a dialect of this kind says of itself. */
export type Batches = Omit<
  RequestDialect,
  'name' | 'wire' | 'reports' | 'scope' | 'atomic' | 'hooks' | 'requests'
>;

/** Everything about an API whose batch is one request that wraps others and is answered with their results. */
export interface RequestDefinition extends Omit<Dialect, 'runtime' | 'bind' | 'wire'> {
  readonly batches: Batches;
  /** Operations that cannot be batched although their method can, by operationId. */
  readonly except?: readonly string[] | undefined;
  /** A module below `src/` that exports hooks, and their name in it, where data is not enough. */
  readonly hooks?: { readonly module: string; readonly name: string } | undefined;
}

/**
 * The dialect of such an API. Every operation can be batched whose method an endpoint takes and that sends
 * and returns JSON or nothing, but for those named in `except` and those that need no credentials.
 */
export function requestDialect(definition: RequestDefinition): Dialect {
  const { batches, except = [], hooks, ...facts } = definition;
  const isBatchable = (operation: Operation): boolean =>
    !except.includes(operation.id) && fits(operation, batches);
  return {
    ...facts,
    runtime: { batches: complete(definition.name, batches), ...(hooks && { hooks }) },
    bind: (api) => {
      const operations = api.groups.flatMap((group) => group.operations);
      return new Map(
        operations
          .filter(isBatchable)
          .map((operation) => [operation, bindingOf(definition.name, operation, operations)]),
      );
    },
    wire: () => [
      ['method', 'method'],
      ['url', 'path'],
      ['query', 'query'],
      ['headers', 'headers'],
      ['body', 'body'],
    ],
  };
}

/** The descriptor as the run-time takes it: what follows from the rest is filled in. */
function complete(name: string, batches: Batches): Omit<RequestDialect, 'hooks'> {
  const rolls = rollsBack(batches.onError);
  return {
    name,
    wire: 'request',
    reports: rolls ? 'resultsOrRollback' : 'results',
    atomic: rolls,
    scope: scopeOf(batches),
    requests: 1,
    ...batches,
  };
}

export function rollsBack(onError: readonly OnError[]): boolean {
  return onError.includes('rollback');
}

/** The names in the paths of the endpoints: a run is told their values. */
function scopeOf({ endpoints }: Batches): readonly string[] {
  const names = endpoints.flatMap(({ path }) =>
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

function fits(operation: Operation, { endpoints }: Batches): boolean {
  const { method, route, authenticated, server, body, result, params } = operation;
  if (!authenticated || server || endpoints.some(({ path }) => path === route)) return false;
  if (body && body.encoding !== 'json') return false;
  if (result.decode !== 'json' && result.decode !== 'none') return false;
  const endpoint = endpoints.find(({ methods }) => methods.includes(method));
  if (!endpoint) return false;
  const places = new Set(params.map((param) => param.in));
  return !places.has('cookie') && (endpoint.action.headers !== undefined || !places.has('header'));
}

function bindingOf(
  dialect: string,
  operation: Operation,
  operations: readonly Operation[],
): BatchBinding {
  return { dialect, summary: operation.doc.summary, creates: adds(operation, operations) };
}

/** Whether an operation adds to a collection: a POST on a path below which there are elements. */
function adds({ method, route }: Operation, operations: readonly Operation[]): boolean {
  if (method !== 'POST') return false;
  return operations.some(({ route: other }) => {
    const rest = other.startsWith(`${route}/`) ? other.slice(route.length + 1) : '';
    return rest.includes('{') && !rest.includes('/');
  });
}
