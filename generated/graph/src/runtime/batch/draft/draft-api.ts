import type { Client } from '../../client.js';
import { ApiError } from '../../answers/errors.js';
import { noContent } from '../../answers/table.js';
import { at, fill } from '../action/members.js';
import type { Callback } from './callback.js';
import type { Call, DraftDialect, Scope } from '../protocol/protocol.js';
import { failure, type Trouble } from '../pace/request-failure.js';
import type { Pace } from '../pace/limits.js';

/** A batch as the server shows it. */
export interface ServerBatch {
  readonly id: string;
  readonly confirmed: boolean;
  readonly completed: boolean;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly created: readonly { readonly id: string; readonly uri: string }[];
  readonly actions: readonly unknown[];
}

/** Whether a batch has ended. */
export function hasEnded(batch: ServerBatch): boolean {
  return batch.completed || batch.failed;
}

/** A result, or why there is none. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Trouble);

/** The requests about batches. None is repeated here; the callers know what repeating means. */
export class Calls {
  readonly #client: Client;
  readonly #dialect: DraftDialect;
  readonly #scope: Scope<DraftDialect>;
  readonly #pace: Pace;
  readonly #signal: AbortSignal;

  constructor(
    client: Client,
    dialect: DraftDialect,
    scope: Scope<DraftDialect>,
    pace: Pace,
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#dialect = dialect;
    this.#scope = scope;
    this.#pace = pace;
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
      [envelope.synchronous]: synchronous,
      [envelope.actions]: actions,
      ...(callback === undefined ? {} : { [envelope.callback]: callback }),
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
    await this.#pace.turn(this.#signal);
    try {
      const answer = await this.#client.request(
        {
          id: call.id,
          method: call.method,
          path: fill(call.path, batch === undefined ? this.#scope : { ...this.#scope, batch }),
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
      const trouble = failure(error, this.#dialect.busy);
      this.#pace.heed(error);
      return { ok: false, ...trouble };
    }
  }

  #read(json: unknown): ServerBatch | undefined {
    return readBatch(this.#dialect, json);
  }
}

/** A batch from a server's JSON, or undefined where it is none. */
export function readBatch({ record }: DraftDialect, json: unknown): ServerBatch | undefined {
  const id = at(json, record.id);
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  // It becomes a path segment.
  if (/^\.{0,2}$/.test(String(id))) return undefined;
  return {
    id: String(id),
    confirmed: at(json, record.confirmed) === true,
    completed: at(json, record.completed) === true,
    failed: at(json, record.failed) === true,
    errors: list(at(json, record.errors)).map((error) =>
      typeof error === 'string' ? error : JSON.stringify(error),
    ),
    created: list(at(json, record.created)).flatMap((item) => {
      const [createdId, uri] = [at(item, ['id']), at(item, ['uri'])];
      return typeof uri === 'string' &&
        (typeof createdId === 'string' || typeof createdId === 'number')
        ? [{ id: String(createdId), uri }]
        : [];
    }),
    actions: list(at(json, record.actions)),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
