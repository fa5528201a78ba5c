import { depthMeter } from './depth.js';
import { ApiError } from '../answers/errors.js';
import type { Transmit } from '../call.js';

/** What a single exchange may take. A platform's own limit on connecting comes on top. */
export interface Limits {
  /** Milliseconds from sending, connecting included, to the answer's head. Default 60,000. */
  readonly headersTimeout?: number | undefined;
  /** Milliseconds from there to the end of the body. Default 60,000. */
  readonly bodyTimeout?: number | undefined;
  /** Bytes of a body, after decompression. Default 64,000,000. What is said about an error is cut off at a million. */
  readonly maxResponseBytes?: number | undefined;
}

/** JSON nested deeper than this means nothing, and breaks code that recurses over it. */
const MAX_DEPTH = 500;
/** Bytes of what is said about an error: its status matters, and how it begins. */
const MAX_ERROR = 1e6;
/** Bytes of a body that is read in one piece where its length is known. */
const MAX_PIECE = 65_536;
/** Timers take no longer delay, and fire at once. */
const MAX_DELAY = 0x7fffffff;

/** Ends an exchange that takes too long, and a body that is too large or nested too deep. */
export function limited(
  next: Transmit,
  { headersTimeout = 6e4, bodyTimeout = 6e4, maxResponseBytes = 64e6 }: Limits,
): Transmit {
  return async (url, init, attempt) => {
    const control = new AbortController();
    const { signal } = control;
    const stop = (): void => control.abort(init.signal.reason);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = (ms: number, what: string): void => {
      clearTimeout(timer);
      const late = (): void => control.abort(attempt.fail('timeout', `no ${what} in ${ms} ms`));
      timer = setTimeout(late, Math.min(ms, MAX_DELAY));
    };
    const end = (): void => {
      clearTimeout(timer);
      init.signal.removeEventListener('abort', stop);
    };
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    // It is only ever waited for beside something else.
    aborted.catch(() => {});

    init.signal.addEventListener('abort', stop);
    if (init.signal.aborted) stop();
    limit(headersTimeout, 'headers');
    try {
      const response = await Promise.race([next(url, { ...init, signal }, attempt), aborted]);
      const { answers } = attempt.request;
      // A stream ends when it ends; its reader limits the time without a byte.
      if (response.ok && answers?.streams?.(response)) {
        clearTimeout(timer);
        return response;
      }
      if (!response.body) {
        end();
        return response;
      }
      limit(bodyTimeout, 'end of the body');
      const source = response.body;
      const said = /json/i.test(response.headers.get('Content-Type') ?? '');
      // What is parsed is measured, whatever its type says.
      const depth = said || (response.ok && !answers) ? depthMeter() : () => 0;
      let left = response.ok ? maxResponseBytes : Math.min(maxResponseBytes, MAX_ERROR);
      const broken = (error: unknown): Error => {
        end();
        control.abort(error);
        if (error instanceof ApiError) return error;
        const { cause } = Object(error) as { readonly cause?: unknown };
        return attempt.fail('invalid-body', `cut off: ${cause ?? error}`);
      };
      // The response's own, before another takes its place.
      const whole = response.arrayBuffer.bind(response);
      const piece = async (): Promise<ArrayBuffer> => {
        try {
          const bytes = await Promise.race([whole(), aborted]);
          // Only the platform's own `fetch` holds a server to the length that it says.
          if (bytes.byteLength > left)
            throw attempt.fail('too-large', `body over ${maxResponseBytes} bytes`);
          if (depth(new Uint8Array(bytes)) > MAX_DEPTH)
            throw attempt.fail('invalid-body', 'nested too deep');
          end();
          return bytes;
        } catch (error) {
          throw broken(error);
        }
      };
      const stream = (): ReadableStream<Uint8Array> => {
        const reader = source.getReader();
        return new ReadableStream<Uint8Array>({
          async pull(sink) {
            try {
              const { done, value } = await Promise.race([reader.read(), aborted]);
              if (done) {
                end();
                return sink.close();
              }
              if (value.length > left && response.ok)
                throw attempt.fail('too-large', `body over ${maxResponseBytes} bytes`);
              if (depth(value) > MAX_DEPTH) throw attempt.fail('invalid-body', 'nested too deep');
              sink.enqueue(value.subarray(0, left));
              left -= value.length;
              if (left >= 0) return;
              end();
              sink.close();
              control.abort('enough');
            } catch (error) {
              throw broken(error);
            }
          },
          cancel(reason) {
            end();
            control.abort(reason);
          },
        });
      };
      return isPiece(response, left)
        ? withPiece(response, piece, stream)
        : withBody(response, stream());
    } catch (error) {
      end();
      throw error;
    }
  };
}

/**
 * Whether a body is short for certain, so that it needs no stream around its stream: it is not
 * compressed, and nothing hides from this code what its headers say, as a browser does.
 */
function isPiece({ headers, type }: Response, left: number): boolean {
  const length = headers.get('Content-Length');
  if (length === null || headers.has('Content-Encoding') || type === 'cors') return false;
  return Number(length) <= Math.min(left, MAX_PIECE);
}

/** The response, whose body is read in one piece, or as a stream by those who ask for one. */
function withPiece(
  response: Response,
  piece: () => Promise<ArrayBuffer>,
  stream: () => ReadableStream<Uint8Array>,
): Response {
  const type = response.headers.get('Content-Type') ?? '';
  const text = async (): Promise<string> => new TextDecoder().decode(await piece());
  let body: ReadableStream<Uint8Array> | undefined;
  return Object.defineProperties(response, {
    text: { value: text },
    json: { value: async (): Promise<unknown> => JSON.parse(await text()) },
    arrayBuffer: { value: piece },
    blob: { value: async () => new Blob([await piece()], { type }) },
    body: { get: () => (body ??= stream()) },
  });
}

/**
 * A response with another body. The constructor takes neither a status above 599 nor a reason phrase
 * beyond Latin-1, both of which servers send and `fetch` lets through.
 */
function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { headers, status, statusText, ok, url } = response;
  const copy = new Response(body, { headers });
  for (const [name, value] of Object.entries({ status, statusText, ok, url }))
    Object.defineProperty(copy, name, { value });
  return copy;
}
