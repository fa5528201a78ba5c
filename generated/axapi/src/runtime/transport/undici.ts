// @ts-nocheck
import type { Transmit } from '../call.js';
import { responseOf } from './response-of.js';

/** What is used of the package `undici`, 7 or newer. */
export interface Undici {
  request(
    url: URL,
    options: {
      readonly method: never;
      readonly headers: Record<string, string>;
      readonly body: never;
      readonly signal: AbortSignal;
      readonly dispatcher: never;
    },
  ): Promise<UndiciAnswer>;
  readonly EnvHttpProxyAgent: new () => unknown;
}

/** What `undici` answers. */
export interface UndiciAnswer {
  readonly statusCode: number;
  readonly statusText?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { arrayBuffer(): Promise<ArrayBuffer> };
}

/** How requests travel. */
export interface UndiciOptions {
  /**
   * An agent of `undici`: with a time to connect or certificates of your own, say. Default: one that
   * goes through the proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name.
   */
  readonly dispatcher?: object | undefined;
}

/**
 * Sends through the package `undici` instead of the platform's `fetch`: for Node, through the
 * environment's proxies, and at less cost a call. `createClient({ fetch: undiciFetch(undici) })`, or
 * the same option of `transport` and of the client object.
 */
export function undiciFetch(undici: Undici, options: UndiciOptions = {}): Transmit {
  const dispatcher = options.dispatcher ?? new undici.EnvHttpProxyAgent();
  return async (url, { method, headers, body, signal }) => {
    const [type, content] = await contentOf(body);
    const sent = Object.fromEntries(headers);
    if (type !== null) sent['content-type'] ??= type;
    sent['accept-encoding'] ??= 'gzip';
    const answer = await undici.request(url, {
      headers: sent,
      signal,
      // The types of the package are its own.
      method: method as never,
      body: content as never,
      dispatcher: dispatcher as never,
    });
    return answered(answer, url, method);
  };
}

/** A body as `undici` takes it, with the media type that `fetch` would give it. */
async function contentOf(body: BodyInit | null): Promise<readonly [string | null, unknown]> {
  if (body === null || body instanceof ReadableStream || ArrayBuffer.isView(body))
    return [null, body];
  if (typeof body === 'string') return ['text/plain;charset=UTF-8', body];
  const packed = new Response(body);
  return [packed.headers.get('Content-Type'), new Uint8Array(await packed.arrayBuffer())];
}

/** The answer as `fetch` gives it. */
function answered(answer: UndiciAnswer, url: URL, method: string): Response {
  const { statusCode: status, statusText = '' } = answer;
  const headers = headersOf(answer);
  const ok = status >= 200 && status < 300;
  const isEmpty = method === 'HEAD' || status === 204 || status === 205 || status === 304;
  // The connection is free when the body is read.
  if (isEmpty) answer.body.arrayBuffer().catch(() => {});
  const body = isEmpty ? null : decoded(streamOf(answer.body), headers);
  return responseOf(body, { headers, status, statusText, ok, url: url.href });
}

function headersOf({ headers }: UndiciAnswer): Headers {
  const result = new Headers();
  for (const [name, values = []] of Object.entries(headers))
    for (const value of [values].flat()) result.append(name, value);
  return result;
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        const { done, value } = await chunks.next();
        if (done) sink.close();
        else sink.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    // Nothing is read before somebody asks.
    { highWaterMark: 0 },
  );
}

/** Undoes the codings of a body, the last one first. */
function decoded(body: ReadableStream<Uint8Array>, headers: Headers): ReadableStream<Uint8Array> {
  const codings = (headers.get('Content-Encoding') ?? '').toLowerCase().split(/[\s,]+/);
  return codings
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reduceRight((read, coding) => {
      if (!/^(x-)?gzip$/.test(coding)) {
        void read.cancel();
        throw new TypeError(`nobody asked for the Content-Encoding ${coding}`);
      }
      // Streams of bytes of the platform differ in the type of their memory alone.
      const gunzip = new DecompressionStream('gzip') as ReadableWritablePair<
        Uint8Array,
        Uint8Array
      >;
      return read.pipeThrough(gunzip);
    }, body);
}
