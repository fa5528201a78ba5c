import { ApiError } from '../../answers/errors.js';
import type { RequestWire } from '../action/action.js';
import { at, fill } from '../action/members.js';
import { decodeBatch, encodeBatch, type ServerResult } from './codec.js';
import type { Means } from '../run/executor.js';
import type { Endpoint, VersionFence } from './request-protocol.js';
import { failure, type Trouble } from '../pace/request-failure.js';

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
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Batch {
  readonly endpoint: Endpoint;
  readonly wires: readonly RequestWire[];
  /** For each action, the places of those that must have succeeded before. */
  readonly after: readonly (readonly number[])[];
  readonly version: string | undefined;
}

/** Sends batches, each once: whoever calls it knows what repeating means. */
export class Sender {
  readonly #means: Means;

  constructor(means: Means) {
    this.#means = means;
  }

  async send({ endpoint, wires, after, version }: Batch): Promise<Reply> {
    const { client, conditions, pace, signal } = this.#means;
    const { errors, fence, rollback } = endpoint;
    const addition = errors?.[conditions.onError];
    const told: readonly (readonly [string, string])[] =
      fence?.kind === 'version' ? [[fence.query, version ?? fence.none]] : [];
    await pace.turn(signal);
    try {
      const answer = await client.request(
        {
          id: endpoint.id,
          method: 'POST',
          path: fill(endpoint.path, conditions.scope),
          query: [...told, ...(addition?.query ?? [])],
          body: encodeBatch(endpoint, wires, after, addition),
        },
        { signal, retry: { attempts: 1 } },
      );
      if (rollback && at(answer.body, rollback.error) !== undefined)
        return rolledBack(rollback, answer.body, answer.status);
      const results = decodeBatch(endpoint, answer.body, wires.length);
      return results ? { kind: 'results', results } : { kind: 'trouble', trouble: senseless };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      pace.heed(error);
      return this.#failed(endpoint, error);
    }
  }

  #failed({ fence, rollback }: Endpoint, error: ApiError): Reply {
    const { status, body } = error;
    if (fence?.kind === 'version' && isStale(fence, error))
      return { kind: 'stale', status: fence.stale.status, message: error.message };
    const trouble = failure(error);
    const plain = trouble.kind === 'refused' || trouble.kind === 'gone';
    if (plain && rollback && at(body, rollback.error) !== undefined)
      return rolledBack(rollback, body, status);
    return { kind: 'trouble', trouble };
  }
}

const senseless: Trouble = {
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
  const [text, code] = [at(body, message), at(body, status)];
  return {
    kind: 'rolledBack',
    status: typeof code === 'number' ? code : fallback,
    errors: typeof text === 'string' ? [text] : [],
  };
}
