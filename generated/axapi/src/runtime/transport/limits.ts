import { depthMeter } from './depth.js';
import { ApiError } from '../answers/errors.js';
import type { Transmit } from './transmit.js';

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
      const reader = response.body.getReader();
      const said = /json/i.test(response.headers.get('Content-Type') ?? '');
      // What is parsed is measured, whatever its type says.
      const depth = said || (response.ok && !answers) ? depthMeter() : () => 0;
      let left = response.ok ? maxResponseBytes : Math.min(maxResponseBytes, MAX_ERROR);
      const body = new ReadableStream<Uint8Array>({
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
            end();
            control.abort(error);
            if (error instanceof ApiError) throw error;
            const { cause } = Object(error) as { readonly cause?: unknown };
            throw attempt.fail('invalid-body', `cut off: ${cause ?? error}`);
          }
        },
        cancel(reason) {
          end();
          control.abort(reason);
        },
      });
      return withBody(response, body);
    } catch (error) {
      end();
      throw error;
    }
  };
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
