// @ts-nocheck
import { ApiError } from '../answers/errors.js';
import type { Transmit } from '../call.js';
import { BoundedResponse } from './bounded.js';

/** What a single exchange may take. A platform's own limit on connecting comes on top. */
export interface Limits {
  /** Milliseconds from sending, connecting included, to the answer's head. Default 60,000. */
  readonly headersTimeout?: number | undefined;
  /** Milliseconds from there to the end of the body. Default 60,000. */
  readonly bodyTimeout?: number | undefined;
  /** Bytes of a body, after decompression. Default 64,000,000. What is said about an error is cut off at a million. */
  readonly maxResponseBytes?: number | undefined;
}

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
    const { control, fail } = attempt;
    const { signal } = init;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reject: (reason: unknown) => void = () => {};
    const limit = (ms: number, what: string): void => {
      clearTimeout(timer);
      const late = (): void => control.abort(fail('timeout', `no ${what} in ${ms} ms`));
      timer = setTimeout(late, Math.min(ms, MAX_DELAY));
    };
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener('abort', giveUp);
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    };
    // Also what takes no notice of the signal is waited for no longer. One thing at a time is waited for.
    const until = <T>(work: Promise<T>): Promise<T> =>
      new Promise<T>((resolve, no) => {
        reject = no;
        if (signal.aborted) no(signal.reason);
        work.then(resolve, no);
      });

    limit(headersTimeout, 'headers');
    try {
      const response = await until(next(url, init, attempt));
      const { answers } = attempt.request;
      // A stream ends when it ends; its reader limits the time without a byte.
      if (response.ok && answers?.streams?.(response)) {
        end();
        return response;
      }
      limit(bodyTimeout, 'end of the body');
      const said = /json/i.test(response.headers.get('Content-Type') ?? '');
      return new BoundedResponse(response, {
        max: response.ok ? maxResponseBytes : Math.min(maxResponseBytes, MAX_ERROR),
        cuts: !response.ok,
        // What is parsed is measured, whatever its type says.
        parsed: said || (response.ok && !answers),
        until,
        fail,
        end,
        stop: (reason) => control.abort(reason),
        broken(error) {
          end();
          control.abort(error);
          if (error instanceof ApiError) return error;
          const { cause } = Object(error) as { readonly cause?: unknown };
          return fail('invalid-body', `cut off: ${cause ?? error}`);
        },
      });
    } catch (error) {
      end();
      throw error;
    }
  };
}
