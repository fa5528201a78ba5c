import { ApiError } from '../../answers/errors.js';
import { noContent } from '../../answers/table.js';
import type { Client } from '../../client.js';
import { fillPath } from '../action/members.js';
import type { ServerBatch } from '../outcome/batch-result.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { classify, type RequestFailure } from '../pace/request-failure.js';
import type { Call, Callback, DraftDialect, Scope } from '../protocol/protocol.js';
import { toServer } from './action-names.js';
import { readBatch } from './server-batch.js';

/** A result, or why there is none. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | ({ readonly ok: false } & RequestFailure);

/** The requests about batches. None is repeated here; the callers know what repeating means. */
export class DraftApi {
  readonly #client: Client;
  readonly #dialect: DraftDialect;
  readonly #scope: Scope<DraftDialect>;
  readonly #limiter: RateLimiter;
  readonly #signal: AbortSignal;

  constructor(
    client: Client,
    dialect: DraftDialect,
    scope: Scope<DraftDialect>,
    limiter: RateLimiter,
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#dialect = dialect;
    this.#scope = scope;
    this.#limiter = limiter;
    this.#signal = signal;
  }

  /** Makes a draft of a batch. */
  create(
    actions: readonly object[],
    synchronous: boolean,
    callback: Callback | undefined,
  ): Promise<Answer<ServerBatch>> {
    const { calls, envelope } = this.#dialect;
    const body = {
      ...calls.create.body,
      ...(envelope.synchronous && { [envelope.synchronous]: synchronous }),
      [envelope.actions]: actions.map((action) => toServer(action, envelope.action)),
      ...(envelope.callback && callback && { [envelope.callback]: callback }),
    };
    return this.#ask(calls.create, undefined, (answer) => this.#read(answer), body);
  }

  confirm(batch: string): Promise<Answer<ServerBatch>> {
    return this.#ask(this.#dialect.calls.confirm, batch, (answer) => this.#read(answer));
  }

  read(batch: string): Promise<Answer<ServerBatch>> {
    return this.#ask(this.#dialect.calls.read, batch, (answer) => this.#read(answer));
  }

  discard(batch: string): Promise<Answer<true>> {
    return this.#ask(this.#dialect.calls.discard, batch, () => true);
  }

  list(): Promise<Answer<readonly ServerBatch[]>> {
    return this.#ask(this.#dialect.calls.list, undefined, (answer) =>
      Array.isArray(answer)
        ? answer.map((item: unknown) => this.#read(item)).filter((batch) => batch !== undefined)
        : undefined,
    );
  }

  /** One request. `read` gives undefined for an answer that makes no sense. */
  async #ask<T>(
    call: Call,
    batch: string | undefined,
    read: (answer: unknown) => T | undefined,
    body: unknown = call.body,
  ): Promise<Answer<T>> {
    await this.#limiter.turn(this.#signal);
    try {
      const answer = await this.#client.request(
        {
          id: call.id,
          method: call.method,
          path: fillPath(call.path, batch === undefined ? this.#scope : { ...this.#scope, batch }),
          query: call.query,
          body,
          ...(call.method === 'DELETE' ? { answers: noContent } : {}),
        },
        // Whether and when to repeat is decided with the batch's state in view.
        { signal: this.#signal, retry: { attempts: 1 } },
      );
      const value = read(answer.body);
      if (value !== undefined) return { ok: true, value };
      return {
        ok: false,
        kind: 'lost',
        message: 'the answer is no batch',
        status: answer.status,
        acted: true,
      };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const failure = classify(error, this.#dialect.busy);
      this.#limiter.holdAsAsked(error);
      return { ok: false, ...failure };
    }
  }

  #read(json: unknown): ServerBatch | undefined {
    return readBatch(this.#dialect, json);
  }
}
