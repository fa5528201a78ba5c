// @ts-nocheck
import { retryAfter } from '../../transport/retry-after.js';
import type { RequestWire } from '../action/types.js';
import type { ActionResult } from '../outcome/batch-result.js';
import { isNoFence, noStatus, type ServerResult } from './codec.js';
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
  return headers.some(
    (pair) => pair[0].toLowerCase() === fence.name.toLowerCase() && !isNoFence(fence, pair),
  );
}

/** Whether a success is none to be relied on. */
export function isSuspect(
  { results }: Endpoint,
  { wire }: Change,
  { status }: ServerResult,
): boolean {
  if (wire.method.toUpperCase() === 'GET') return false;
  return status === noStatus || (results.suspect ?? []).includes(status);
}

/** Whether a refusal may be due to an earlier request of ours: after a loss, none proves anything. */
export function isDoubtful({ isLost }: Change, { status }: ServerResult): boolean {
  return isLost && status >= 400;
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

/** Milliseconds that the result of one action asks to wait. It may hold anything. */
export function askedWait(value: string | undefined): number | undefined {
  if (value === undefined || !/^[\x20-\x7e]{1,64}$/.test(value)) return undefined;
  return retryAfter(new Headers({ 'Retry-After': value }));
}

/**
 * Which actions the server is to wait for. Where the order of two matters, all are put in sequence: not
 * every server understands a batch that is neither that nor wholly parallel.
 */
export function sequenceOf(
  { action }: Endpoint,
  ordered: boolean,
  open: readonly { readonly place: number; readonly follows: readonly number[] }[],
): readonly (readonly number[])[] {
  if (action.after === undefined) return [];
  const places = new Set(open.map(({ place }) => place));
  const bound = open.some(({ follows }) => follows.some((place) => places.has(place)));
  return ordered || bound ? open.map((_, index) => (index === 0 ? [] : [index - 1])) : [];
}
