import type { RequestWire } from '../action/types.js';
import type { ActionResult } from '../outcome/batch-result.js';
import type { ServerResult } from './codec.js';
import type { Endpoint, RequestDialect } from './request-protocol.js';

/** An action of a batch, as far as evidence about it goes. */
interface Change {
  readonly place: number;
  readonly wire: RequestWire;
  readonly isLost: boolean;
  result: ActionResult | undefined;
}

/** What is not there may never have been there, unless an ETag of it is at hand. */
export function isRemoval({ wire }: Change): boolean {
  return wire.method.toUpperCase() === 'DELETE';
}

export function endpointFor({ endpoints }: RequestDialect, { method }: RequestWire): Endpoint {
  // The planner refuses methods that no endpoint takes.
  return endpoints.find(({ methods }) => methods.includes(method.toUpperCase()))!;
}

/** Whether an action brings what keeps it from being applied twice. */
export function hasFence({ fence }: Endpoint, { headers = [] }: RequestWire): boolean {
  if (fence?.kind !== 'header') return false;
  return headers.some(([name]) => name.toLowerCase() === fence.name.toLowerCase());
}

/** Whether a success is none to be relied on. */
export function isSuspect(
  { results }: Endpoint,
  { wire }: Change,
  { status }: ServerResult,
): boolean {
  return wire.body !== undefined && (results.suspect ?? []).includes(status);
}

/** Whether a refusal may be due to an earlier request of ours. */
export function isDoubtful(
  { fence }: Endpoint,
  { isLost }: Change,
  { status }: ServerResult,
): boolean {
  if (!isLost) return false;
  const isStale = fence?.kind === 'header' && status === fence.status;
  return isStale || status === 404 || status === 410;
}

/** Gives each action its part of the report that the batch was undone. */
export function rollBack(
  endpoint: Endpoint,
  open: readonly Change[],
  { status, errors }: { readonly status: number | undefined; readonly errors: readonly string[] },
): void {
  const { blame } = endpoint.rollback ?? {};
  const named = new Set(errors.flatMap((text) => blame?.exec(text)?.[1] ?? []));
  const fits = open.filter(({ wire }) => wire.url.split('/').some((one) => named.has(one)));
  const guilty = open.length === 1 ? open : fits;
  const candidates = guilty.map(({ place }) => place);
  for (const entry of open) {
    entry.result =
      candidates.length === 1 && entry === guilty[0]
        ? { kind: 'failed', status, errors }
        : { kind: 'rolledBack', status, errors, candidates };
  }
}
