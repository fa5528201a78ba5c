import type { CallOptions, Client } from '../client.js';
import type { Request } from '../call.js';
import { onAbort } from '../transport/on-abort.js';
import { isIdempotent } from '../transport/retry.js';
import { sleep } from '../transport/sleep.js';
import { ApiError } from './errors.js';
import type { Exchange } from '../call.js';
import { typeOf } from './read.js';
import type { Telling } from './typed.js';

/** What arrives item by item. It can be iterated once; leaving the loop ends the request. */
export interface ItemStream<T> extends AsyncIterable<T> {
  /** The same items with what a server-sent event says besides its data. */
  events(): AsyncIterableIterator<StreamEvent<T>>;
  /** Ends the request. A loop that waits for the next item ends too. */
  cancel(): void;
}

/** An item of a stream. */
export interface StreamEvent<T> {
  readonly data: T;
  /** The name of a server-sent event; else `message`. */
  readonly event: string;
  /** The last id that the server gave; else empty. */
  readonly id: string;
}

/** A stream that is asked for when it is awaited or iterated. */
export interface Streamed<T, Answers = unknown>
  extends
    Pick<Promise<ItemStream<T>>, 'then' | 'catch' | 'finally'>,
    AsyncIterable<T>,
    Telling<Answers> {}

/** Reads items out of a body's text as it arrives. */
export interface ItemParser<T> {
  /** The items that a piece of text completes. */
  feed(text: string): Iterable<StreamEvent<T>>;
  /** The item that the end of the body completes. */
  end(): Iterable<StreamEvent<T>>;
  /** Whether the server says that no more items come. */
  readonly done?: boolean;
  /** Where a lost stream can go on. */
  readonly resume?: { readonly id: string; readonly wait: number | undefined } | undefined;
}

/** Makes a parser for each connection; one that goes on from another takes that one. */
export type ParserFactory<T> = (exchange: Exchange, before?: ItemParser<T>) => ItemParser<T>;

const DEFAULT_IDLE_TIMEOUT = 300_000;
const DEFAULT_RESUME_ATTEMPTS = 5;
const DEFAULT_RESUME_WAIT = 1000;
const MAX_RESUME_WAIT = 30_000;
const MAX_DELAY = 2_147_483_647;
const STATUS_NO_CONTENT = 204;

/** What a status without content holds: 204 ends server-sent events. */
const noItems: ItemStream<never> = {
  events: async function* () {},
  cancel: () => {},
  async *[Symbol.asyncIterator]() {},
};

/** Sends a request whose success is a stream. */
export function openStream<T, Answers = unknown>(
  client: Client,
  options: CallOptions | undefined,
  request: () => Request,
): Streamed<T, Answers> {
  let opened: Promise<ItemStream<T>> | undefined;
  const open = (): Promise<ItemStream<T>> =>
    // The table of the request has a stream in each of its rows; a status without content has none.
    (opened ??= (async () =>
      ((await client.request(request(), options)).body ?? noItems) as ItemStream<T>)());
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a stream gives it once it is open
    then: (...handlers) => open().then(...handlers),
    catch: (handler) => open().catch(handler),
    finally: (handler) => open().finally(handler),
    async *[Symbol.asyncIterator]() {
      yield* await open();
    },
  };
}

/** A stream of what a parser finds in an answer's body. */
export function itemStream<T>(first: Exchange, parserOf: ParserFactory<T>): ItemStream<T> {
  const { settings, fail } = first;
  const { signal: outer, idleTimeout = DEFAULT_IDLE_TIMEOUT } = settings;
  const cancelled = new AbortController();
  const { signal } = cancelled;
  let exchange = first;
  let used = false;

  const abort = (): void => cancelled.abort('aborted');
  let release: (() => void) | undefined;
  const end = (): void => {
    release?.();
    exchange.control.abort();
  };
  signal.addEventListener('abort', end);
  if (outer) release = onAbort(outer, abort);

  async function* connections(): AsyncGenerator<StreamEvent<T>, void, undefined> {
    let parser = parserOf(exchange);
    let failures = 0;
    try {
      for (;;) {
        try {
          for await (const event of eventsOf(exchange.response, parser)) {
            failures = 0;
            yield event;
          }
          return;
        } catch (error) {
          if (signal.reason === 'aborted') throw ended();
          if (signal.aborted) return;
          if (error instanceof ApiError) throw error;
          failures += 1;
          const next = await resume(parser, failures, error);
          if (!next) return;
          exchange = next;
          parser = parserOf(exchange, parser);
        }
      }
    } finally {
      end();
    }
  }

  async function* eventsOf(
    response: Response,
    parser: ItemParser<T>,
  ): AsyncGenerator<StreamEvent<T>, void, undefined> {
    if (!response.body) return;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await withinIdleTime(reader.read());
        const text = decoder.decode(value, { stream: !done });
        for (const event of parser.feed(text)) {
          if (signal.aborted) break;
          yield event;
        }
        if (done) yield* parser.end();
        if (signal.reason === 'aborted') throw ended();
        if (done || parser.done || signal.aborted) return;
      }
    } finally {
      // What is broken or aborted cannot be cancelled, and need not be.
      void reader.cancel().catch(() => {});
    }
  }

  async function withinIdleTime<R>(
    reading: Promise<R>,
  ): Promise<R | { done: true; value?: undefined }> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: (() => void) | undefined;
    const limit = new Promise<{ done: true }>((resolve, reject) => {
      const late = (): void => reject(fail('timeout', `no byte in ${idleTimeout} ms`));
      timer = setTimeout(late, Math.min(idleTimeout, MAX_DELAY));
      stop = (): void => {
        if (signal.reason === 'aborted') reject(ended());
        else resolve({ done: true });
      };
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
    try {
      return await Promise.race([reading, limit]);
    } finally {
      clearTimeout(timer);
      if (stop) signal.removeEventListener('abort', stop);
    }
  }

  /** The next connection of a stream that was lost; undefined where the server has no more. */
  async function resume(
    parser: ItemParser<T>,
    failures: number,
    error: unknown,
  ): Promise<Exchange | undefined> {
    const { request, send } = first;
    const { resume: from } = parser;
    const { attempts = DEFAULT_RESUME_ATTEMPTS } = settings.retry ?? {};
    const again = request.idempotent ?? isIdempotent(request.method);
    const { cause } = Object(error) as { readonly cause?: unknown };
    if (!from || !again || failures >= attempts) throw fail('network', `${cause ?? error}`);
    const { wait: asked = DEFAULT_RESUME_WAIT } = from;
    // A stream that is lost is silent too.
    if (asked > idleTimeout) throw fail('timeout', `the server asks to wait ${asked} ms`);
    const wait = Math.min(asked * 2 ** (failures - 1), Math.max(MAX_RESUME_WAIT, asked));
    await sleep(wait, signal);
    if (signal.aborted) {
      if (signal.reason === 'aborted') throw ended();
      return undefined;
    }
    const answer = await send({
      ...request,
      headers: [...(request.headers ?? []), ['Last-Event-ID', from.id || undefined]],
      answers: { ...request.answers, streams: () => true, read: async (another) => another },
    });
    // The reader above gives it.
    const next = answer.body as Exchange;
    if (next.response.status === STATUS_NO_CONTENT) return undefined;
    if (typeOf(next.response) !== typeOf(first.response))
      throw fail(
        'content-type',
        `${next.response.status} ${typeOf(next.response)}, expected a stream`,
      );
    return next;
  }

  function ended(): ApiError {
    return fail('aborted', undefined, { cause: outer?.reason });
  }

  const events = (): AsyncGenerator<StreamEvent<T>, void, undefined> => {
    if (used) throw new TypeError('A stream can be read once.');
    used = true;
    return connections();
  };

  return {
    events,
    cancel: () => cancelled.abort('cancelled'),
    async *[Symbol.asyncIterator]() {
      for await (const { data } of events()) yield data;
    },
  };
}
