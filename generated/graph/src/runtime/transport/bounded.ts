// @ts-nocheck
import type { Attempt } from '../call.js';
import { depthOf } from './depth.js';
import { type Bytes, type ByteStream, LazyResponse } from './lazy-response.js';

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
 * A response whose body is read within bounds. No stream is put around its stream, which costs more than
 * reading it, but for those who ask for one.
 */
export class BoundedResponse extends LazyResponse {
  readonly #response: Response;
  readonly #bounds: Bounds;

  constructor(response: Response, bounds: Bounds) {
    super(response);
    this.#response = response;
    this.#bounds = bounds;
  }

  protected override whole(): Promise<Bytes> {
    const bounds = this.#bounds;
    const response = this.#response;
    return this.#read(async () => {
      if (!isShort(response, bounds.max)) return collect(response.body, bounds);
      const bytes = new Uint8Array(await bounds.until(response.arrayBuffer()));
      if (bytes.length > bounds.max) throw tooLarge(bounds);
      return bytes;
    });
  }

  /** A short body is read as text by the platform, which copies its bytes once less. */
  protected override wholeText(): Promise<string> {
    const bounds = this.#bounds;
    const response = this.#response;
    if (!isShort(response, bounds.max)) return super.wholeText();
    return this.#read(async () => {
      const text = await bounds.until(response.text());
      if (isOver(text, bounds.max)) throw tooLarge(bounds);
      return text;
    });
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    try {
      const body = await read();
      this.#bounds.end();
      return body;
    } catch (error) {
      throw this.#bounds.broken(error);
    }
  }

  protected override stream(): ByteStream | null {
    const { body } = this.#response;
    if (body) return boundedStream(body, this.#bounds);
    this.#bounds.end();
    return null;
  }

  override async text(): Promise<string> {
    const text = await super.text();
    const { parsed, broken, fail } = this.#bounds;
    if (parsed && depthOf(text) > MAX_DEPTH) throw broken(fail('invalid-body', 'nested too deep'));
    return text;
  }
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

/**
 * Whether a text takes more bytes than it may. Only the platform's own `fetch` holds a server to the length that it
 * says.
 */
function isOver(text: string, max: number): boolean {
  // No code unit takes more than three.
  return text.length * 3 > max && new TextEncoder().encode(text).length > max;
}

/** Reads a stream to its end, or to where it may not be longer. */
async function collect(source: ByteStream | null, bounds: Bounds): Promise<Bytes> {
  if (!source) return new Uint8Array();
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
function boundedStream(source: ByteStream, bounds: Bounds): ByteStream {
  const reader = source.getReader();
  let left = bounds.max;
  return new ReadableStream<Bytes>({
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
function pieceOf(chunk: Bytes, left: number, bounds: Bounds): Bytes {
  if (chunk.length > left && !bounds.cuts) throw tooLarge(bounds);
  return chunk.subarray(0, left);
}

function tooLarge({ fail, max }: Bounds): Error {
  return fail('too-large', `body over ${max} bytes`);
}

function joined(chunks: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
