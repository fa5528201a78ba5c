// @ts-nocheck
import { memberAt } from '../action/members.js';
import { trim } from '../action/wire.js';
import { ApiError } from '../../answers/errors.js';
import { noContent } from '../../answers/table.js';
import type { AnswerReader } from '../../call.js';
import type { Client } from '../../client.js';
import { path } from '../../params/path.js';
import type { ServerBatch } from '../outcome/batch-result.js';
import { withLinked } from '../../transport/on-abort.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { classify, heldTooLong, type RequestFailure } from '../pace/request-failure.js';
import type { Shown } from '../pace/shown.js';
import type { Silence } from '../pace/silence.js';
import type { Call, Callback, DraftDialect, Scope } from '../protocol/protocol.js';
import { toServer } from './action-names.js';
import { parseExactly } from './exact-json.js';
import { readBatch } from './server-batch.js';

/** A result, or why there is none. */
export type ApiResult<T> =
  { readonly ok: true; readonly value: T } | ({ readonly ok: false } & RequestFailure);

/**
 * What became of a draft that was to be thrown away: `refused` where the server refuses to delete it, the
 * batch where it turns out to be confirmed.
 */
export type Removal = 'removed' | 'kept' | 'refused' | ServerBatch;

/** What requests take. */
interface RequestContext {
  readonly limiter: RateLimiter;
  readonly abortSignal: AbortSignal;
  /** Milliseconds that one may take at most. */
  readonly timeout: number;
  readonly silence: Silence;
  readonly shown: Shown;
}

/** The requests about batches. None is repeated here; the callers know what repeating means. */
export class DraftApi {
  readonly #client: Client;
  readonly #dialect: DraftDialect;
  readonly #scope: Scope<DraftDialect>;
  readonly #context: RequestContext;

  constructor(
    client: Client,
    dialect: DraftDialect,
    scope: Scope<DraftDialect>,
    context: RequestContext,
  ) {
    this.#client = client;
    this.#dialect = dialect;
    this.#scope = scope;
    this.#context = context;
  }

  /** How long the list was when it was last seen. */
  listed = 0;
  /** While no batch begins or ends, one list says the same as the last, and need not be parsed. */
  #seen: { readonly body: unknown; readonly batches: readonly ServerBatch[] | undefined } = {
    body: '',
    batches: undefined,
  };

  /** Makes a draft of a batch. */
  create(
    actions: readonly object[],
    synchronous: boolean,
    callback: Callback | undefined,
  ): Promise<ApiResult<ServerBatch>> {
    const { calls, envelope } = this.#dialect;
    const body = {
      ...calls.create.body,
      ...(envelope.synchronous && { [envelope.synchronous]: synchronous }),
      [envelope.actions]: actions.map((action) => toServer(action, envelope.action)),
      ...(envelope.callback && callback && { [envelope.callback]: callback }),
    };
    return this.#ask(
      calls.create,
      undefined,
      (answer) => this.#readNew(parsed(answer), actions),
      body,
    );
  }

  confirm(batch: string): Promise<ApiResult<ServerBatch>> {
    return this.#ask(this.#dialect.calls.confirm, batch, (answer) =>
      this.#readOne(parsed(answer), batch),
    );
  }

  read(batch: string): Promise<ApiResult<ServerBatch>> {
    return this.#ask(this.#dialect.calls.read, batch, (answer) =>
      this.#readOne(parsed(answer), batch),
    );
  }

  /** Only 204 says that a draft is deleted: any other success may be the page of a proxy. */
  discard(batch: string): Promise<ApiResult<'deleted' | 'answered'>> {
    return this.#ask(this.#dialect.calls.discard, batch, (_, status) =>
      status === 204 ? 'deleted' : 'answered',
    );
  }

  /** At least the batches that have not ended. */
  async list(): Promise<ApiResult<readonly ServerBatch[]>> {
    const answer = await this.#ask(this.#dialect.calls.list, undefined, (body) => {
      if (body !== this.#seen.body) this.#seen = { body, batches: this.#readList(parsed(body)) };
      return this.#seen.batches;
    });
    if (answer.ok) this.listed = answer.value.length;
    return answer;
  }

  /** All batches that the server remembers. */
  history(): Promise<ApiResult<readonly ServerBatch[]>> {
    const { list, history = list } = this.#dialect.calls;
    return this.#ask(history, undefined, (body) => this.#readList(parsed(body)));
  }

  #readList(json: unknown): readonly ServerBatch[] | undefined {
    if (!Array.isArray(json)) return undefined;
    return json.map((item: unknown) => this.#read(item)).filter((batch) => batch !== undefined);
  }

  /** One request. `read` takes the text of an answer, and gives undefined where it makes no sense. */
  async #ask<T>(
    call: Call,
    batch: string | undefined,
    read: (body: unknown, status: number) => T | undefined,
    body: unknown = call.body,
  ): Promise<ApiResult<T>> {
    const { limiter, abortSignal, timeout, silence, shown } = this.#context;
    if (!(await limiter.turn(abortSignal, silence.left))) return { ok: false, ...heldTooLong };
    const request = {
      id: call.id,
      method: call.method,
      path: path(call.path, batch === undefined ? this.#scope : { ...this.#scope, batch }),
      query: call.query,
      body,
      answers: call.method === 'DELETE' ? noContent : exactText,
    };
    // Whether and when to repeat is decided with the batch's state in view.
    const options = { timeout: Math.min(timeout, longestRequest), retry: { attempts: 1 } };
    try {
      const answer = await withLinked(abortSignal, (signal) =>
        this.#client.request(request, { ...options, signal }),
      );
      shown.learn(answer);
      const value = read(answer.body, answer.status);
      if (value !== undefined) {
        silence.broken();
        return { ok: true, value };
      }
      silence.failed('the answer is no batch');
      return {
        ok: false,
        kind: 'lost',
        message: 'the answer is no batch',
        status: answer.status,
        acted: true,
      };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const busy = call === this.#dialect.calls.confirm ? this.#dialect.busy : undefined;
      const failure = classify(error, { busy, timeout });
      if (failure.kind === 'later' || failure.kind === 'lost') silence.failed(failure.message);
      else silence.broken();
      if (failure.kind !== 'fatal') limiter.holdAsAsked(error, timeout);
      return { ok: false, ...failure };
    }
  }

  #read(json: unknown): ServerBatch | undefined {
    return readBatch(this.#dialect, json);
  }

  /** What a cache or a proxy gives may be the answer to another request. */
  #readOne(json: unknown, id: string): ServerBatch | undefined {
    const batch = this.#read(json);
    return batch?.id === id ? batch : undefined;
  }

  /** The same; servers may write actions in another way, so only their number and the first resource count. */
  #readNew(json: unknown, sent: readonly object[]): ServerBatch | undefined {
    const batch = this.#read(json);
    if (!batch || batch.actions.length === 0) return batch;
    const [shown, first] = [batch.actions[0], sent[0]].map((one) => memberAt(one, ['resource']));
    const isSame =
      typeof shown !== 'string' || typeof first !== 'string' || trim(shown) === trim(first);
    return batch.actions.length === sent.length && isSame ? batch : undefined;
  }
}

/** Milliseconds that one request may take at most. */
const longestRequest = 300_000;

/** Numbers are read exactly, so the text is asked for. */
const exactText: AnswerReader = {
  accept: 'application/json',
  read: ({ response }) => response.text(),
};

/** The JSON of an answer; undefined for what is not JSON. */
function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return parseExactly(body);
  } catch {
    return undefined;
  }
}
