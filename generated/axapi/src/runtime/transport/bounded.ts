// @ts-nocheck
import type { Attempt } from '../call.js';
import { depthOf } from './depth.js';
import { responseOf } from './response-of.js';

/** JSON nested deeper than this means nothing, and breaks code that recurses over it. */
const MAX_DEPTH = 500;

/** What bounds a body, and whom to tell of its end. */
export interface Bounds {
  /** Bytes, after decompression. */
  readonly max: number;
  /** Whether a body that is longer is cut off there, rather than an error. */
  readonly cuts: boolean;
  /** Whether its text is parsed as JSON. */
  readonly parsed: boolean;
  /** Waits for a part of the body as long as the exchange may take. */
  readonly until: <T>(work: Promise<T>) => Promise<T>;
  readonly fail: Attempt['fail'];
  /** The body was read as far as it is wanted. */
  readonly end: () => void;
  /** Ends the exchange. */
  readonly stop: (reason: unknown) => void;
  /** It broke off, or is not wanted; gives the error to throw. */
  readonly broken: (error: unknown) => unknown;
}

/**
 * A response whose body is read within bounds. It stays the platform's own object, since the
 * constructor takes neither a status above 599 nor a reason phrase beyond Latin-1, both of which
 * servers send and `fetch` lets through; and no stream is put around its stream, which costs more
 * than reading it, but for those who ask for one.
 */
export function bounded(
  response: Response,
  source: ReadableStream<Uint8Array>,
  bounds: Bounds,
): Response {
  const type = response.headers.get('Content-Type') ?? '';
  // Of the platform, before what is set below takes their place.
  const whole = response.arrayBuffer.bind(response);
  const short = isShort(response, bounds.max);
  let body: ReadableStream<Uint8Array> | undefined;
  let kept: Promise<Uint8Array<ArrayBuffer>> | undefined;

  const read = async (): Promise<Uint8Array<ArrayBuffer>> => {
    try {
      const bytes = short
        ? new Uint8Array(await bounds.until(whole()))
        : await collect(body ?? source, bounds);
      // Only the platform's own `fetch` holds a server to the length that it says.
      if (short && bytes.length > bounds.max) throw tooLarge(bounds);
      bounds.end();
      return bytes;
    } catch (error) {
      throw bounds.broken(error);
    }
  };
  const bytes = (): Promise<Uint8Array<ArrayBuffer>> => kept ?? read();
  const text = async (): Promise<string> => {
    const decoded = new TextDecoder().decode(await bytes());
    if (bounds.parsed && depthOf(decoded) > MAX_DEPTH)
      throw bounds.broken(bounds.fail('invalid-body', 'nested too deep'));
    return decoded;
  };
  return Object.defineProperties(response, {
    text: { value: text },
    json: { value: async (): Promise<unknown> => JSON.parse(await text()) },
    arrayBuffer: { value: async () => (await bytes()).buffer },
    blob: { value: async () => new Blob([await bytes()], { type }) },
    body: { get: () => (body ??= boundedStream(source, bounds)) },
    clone: {
      value() {
        kept ??= read();
        return copyOf(response, kept);
      },
    },
  });
}

/**
 * Whether a body is short for certain: it is not compressed, and nothing hides from this code what its
 * headers say, as a browser does.
 */
function isShort({ headers, type }: Response, max: number): boolean {
  const length = headers.get('Content-Length');
  if (length === null || headers.has('Content-Encoding') || type === 'cors') return false;
  return Number(length) <= max;
}

/** Reads a stream to its end, or to where it may not be longer. */
async function collect(
  source: ReadableStream<Uint8Array>,
  bounds: Bounds,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  const chunks: Uint8Array[] = [];
  let left = bounds.max;
  const reading = async (): Promise<void> => {
    while (left >= 0) {
      const { done, value } = await reader.read();
      if (done) return;
      chunks.push(pieceOf(value, left, bounds));
      left -= value.length;
    }
  };
  await bounds.until(reading());
  if (left < 0) bounds.stop('enough');
  return joined(chunks);
}

/** The body as a stream, for those who ask for one. */
function boundedStream(
  source: ReadableStream<Uint8Array>,
  bounds: Bounds,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let left = bounds.max;
  return new ReadableStream<Uint8Array>({
    async pull(sink) {
      try {
        const { done, value } = await bounds.until(reader.read());
        if (!done) {
          sink.enqueue(pieceOf(value, left, bounds));
          left -= value.length;
          if (left >= 0) return;
        }
        bounds.end();
        sink.close();
        if (!done) bounds.stop('enough');
      } catch (error) {
        throw bounds.broken(error);
      }
    },
    cancel(reason) {
      bounds.end();
      // Not the exchange: where this was a redirect, it goes on.
      reader.cancel(reason).catch(() => {});
    },
  });
}

/** A chunk, as far as the body may be long. */
function pieceOf(chunk: Uint8Array, left: number, bounds: Bounds): Uint8Array {
  if (chunk.length > left && !bounds.cuts) throw tooLarge(bounds);
  return chunk.subarray(0, left);
}

function tooLarge({ fail, max }: Bounds): Error {
  return fail('too-large', `body over ${max} bytes`);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The same answer with the same body, once more. */
function copyOf(response: Response, bytes: Promise<Uint8Array<ArrayBuffer>>): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(sink) {
      sink.enqueue(await bytes);
      sink.close();
    },
  });
  return responseOf(body, response);
}
