// @ts-nocheck
import { ApiError } from '../../answers/errors.js';
import type { Client } from '../../client.js';
import { path } from '../../params/path.js';
import { memberAt } from '../action/members.js';
import type { RequestWire } from '../action/types.js';
import { withLinked } from '../../transport/on-abort.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { classify, heldTooLong, type RequestFailure } from '../pace/request-failure.js';
import type { Shown } from '../pace/shown.js';
import type { Silence } from '../pace/silence.js';
import type { OnError } from '../protocol/protocol.js';
import { decodeBatch, encodeBatch, type ServerResult } from './codec.js';
import type { Endpoint, VersionFence } from './request-protocol.js';

/** How a server answered a batch. */
export type Reply =
  | { readonly kind: 'results'; readonly results: readonly (ServerResult | undefined)[] }
  /** Nothing took effect; the server says of none of the actions that it was the one that failed. */
  | {
      readonly kind: 'rolledBack';
      readonly status: number | undefined;
      readonly errors: readonly string[];
    }
  /** Nothing was done: the version is another. */
  | { readonly kind: 'stale'; readonly status: number; readonly message: string }
  | { readonly kind: 'failure'; readonly failure: RequestFailure };

/** What one request holds. */
export interface BatchContent {
  readonly endpoint: Endpoint;
  readonly wires: readonly RequestWire[];
  /** For each action, the places of those that must have succeeded before. */
  readonly after: readonly (readonly number[])[];
  readonly version: string | undefined;
}

/** What sending takes. */
export interface SendContext {
  readonly client: Client;
  readonly settings: {
    readonly scope: Readonly<Record<string, string>>;
    readonly onError: OnError;
  };
  readonly limiter: RateLimiter;
  readonly abortSignal: AbortSignal;
  /** Milliseconds that a request may take at most. */
  readonly timeout: number;
  readonly silence: Silence;
  readonly shown: Shown;
}

/** Sends batches, each once: its callers know what repeating means. */
export class BatchSender {
  readonly #context: SendContext;

  constructor(context: SendContext) {
    this.#context = context;
  }

  async send({ endpoint, wires, after, version }: BatchContent): Promise<Reply> {
    const { client, settings, limiter, abortSignal, timeout, silence, shown } = this.#context;
    const { errors, fence, rollback } = endpoint;
    const addition = errors?.[settings.onError];
    const told: readonly (readonly [string, string])[] =
      fence?.kind === 'version' ? [[fence.query, version ?? fence.none]] : [];
    if (!(await limiter.turn(abortSignal, silence.left)))
      return { kind: 'failure', failure: heldTooLong };
    const request = {
      id: endpoint.id,
      method: 'POST',
      path: path(endpoint.path, settings.scope),
      query: [...told, ...(addition?.query ?? [])],
      body: encodeBatch(endpoint, wires, after, addition),
    };
    const options = { timeout: Math.min(timeout, longestRequest), retry: { attempts: 1 } };
    try {
      const answer = await withLinked(abortSignal, (signal) =>
        client.request(request, { ...options, signal }),
      );
      shown.learn(answer);
      if (rollback && memberAt(answer.body, rollback.error) !== undefined)
        return rolledBack(rollback, answer.body, answer.status);
      const results = decodeBatch(endpoint, answer.body, wires.length);
      if (!results) {
        silence.failed(senseless.message);
        return { kind: 'failure', failure: senseless };
      }
      silence.broken();
      return { kind: 'results', results };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const failure = classify(error, { timeout });
      if (failure.kind === 'later' || failure.kind === 'lost') silence.failed(failure.message);
      else silence.broken();
      if (failure.kind !== 'fatal') limiter.holdAsAsked(error, timeout);
      return this.#failed(endpoint, error, failure);
    }
  }

  /** Reads URLs. Gives nothing for those of which nothing was heard. */
  async read(
    endpoint: Endpoint,
    urls: readonly string[],
  ): Promise<readonly (ServerResult | undefined)[]> {
    const wires = urls.map((url) => ({ method: 'GET', url }));
    const reply = await this.send({ endpoint, wires, after: [], version: undefined });
    return reply.kind === 'results' ? reply.results : [];
  }

  #failed({ fence, rollback }: Endpoint, error: ApiError, failure: RequestFailure): Reply {
    const { status, body } = error;
    if (fence?.kind === 'version' && isStale(fence, error))
      return { kind: 'stale', status: fence.stale.status, message: error.message };
    // A well-formed report is one whatever the status; a gateway's page is none.
    const report = rollback && memberAt(body, rollback.error);
    const mayBeReport = failure.kind !== 'fatal' && failure.kind !== 'later';
    if (rollback && mayBeReport && typeof report === 'object' && report !== null)
      return rolledBack(rollback, body, status);
    return { kind: 'failure', failure };
  }
}

/** Milliseconds that one request may take at most. */
const longestRequest = 300_000;

const senseless: RequestFailure = {
  kind: 'lost',
  message: 'the answer is not one of a batch',
  acted: true,
};

function isStale({ stale }: VersionFence, { status, body }: ApiError): boolean {
  return status === stale.status && JSON.stringify(body ?? null).includes(stale.text);
}

function rolledBack(
  { message, status }: NonNullable<Endpoint['rollback']>,
  body: unknown,
  fallback: number | undefined,
): Reply {
  const [text, code] = [memberAt(body, message), memberAt(body, status)];
  return {
    kind: 'rolledBack',
    status: typeof code === 'number' ? code : fallback,
    errors: typeof text === 'string' ? [text] : [],
  };
}
